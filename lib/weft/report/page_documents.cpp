#include "weft/report/page_documents.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

#include "weft/model/error.hpp"

namespace weft {
namespace {

using nlohmann::json;
using Analysis = AnalysisDocument;
using Run = RunDocument;

constexpr int version = 1;

// A value of a document together with its place, so that a fault can be named: "run.stages[2].name".
class Place {
public:
    Place(const json& value, std::string path) : value_(&value), path_(std::move(path)) {}

    bool has(const char* key) const { return value_->is_object() && value_->contains(key); }
    Place at(const char* key) const {
        static const json nothing;
        return {has(key) ? (*value_)[key] : nothing, path_ + "." + key};
    }
    bool absent() const { return value_->is_null(); }

    template <class T>
    T as() const {
        try {
            return value_->get<T>();
        } catch (const json::exception&) {
            refuse("has another type: " + value_->dump(-1, ' ', true, json::error_handler_t::replace).substr(0, 100));
        }
    }
    std::string text(const char* key) const { return has(key) ? at(key).as<std::string>() : std::string(); }
    std::int64_t count(const char* key) const { return has(key) ? at(key).as<std::int64_t>() : 0; }
    double number(const char* key) const { return has(key) ? at(key).as<double>() : 0.0; }
    template <class T>
    std::optional<T> maybe(const char* key) const {
        return has(key) ? std::optional<T>(at(key).as<T>()) : std::nullopt;
    }
    template <class T>
    std::vector<T> list(const char* key) const {
        return has(key) ? at(key).as<std::vector<T>>() : std::vector<T>();
    }

    /// The elements of an array, read one by one; nothing when it is absent.
    template <class Read>
    auto each(const char* key, Read read) const {
        std::vector<decltype(read(*this))> values;
        const Place array = at(key);
        if (array.absent()) return values;
        if (!array.value_->is_array()) array.refuse("is no array");
        for (std::size_t i = 0; i < array.value_->size(); ++i) values.push_back(read(array.element(i)));
        return values;
    }
    /// An element of an array of a known size: [begin, end, ...].
    Place element(std::size_t i) const {
        if (!value_->is_array() || i >= value_->size()) refuse("has no element " + std::to_string(i));
        return {(*value_)[i], path_ + "[" + std::to_string(i) + "]"};
    }
    const json& value() const { return *value_; }

    [[noreturn]] void refuse(const std::string& problem) const { throw FormatError({.where = path_, .problem = problem, .advice = ""}); }

private:
    const json* value_;
    std::string path_;
};

json parsed(std::string_view text, const char* name, const char* version_key) {
    json document = json::parse(text, nullptr, false);
    const Place place(document, name);
    if (!document.is_object()) place.refuse("the document is not a JSON object");
    if (place.count(version_key) != version)
        place.at(version_key)
            .refuse("is " + (place.has(version_key) ? place.at(version_key).value().dump() : "missing") + "; this page reads version " +
                    std::to_string(version));
    return document;
}

Analysis::Histogram histogram(const Place& place) {
    Analysis::Histogram read{place.list<double>("edges"), place.list<std::int64_t>("counts")};
    if (!read.counts.empty() && read.edges.size() != read.counts.size() + 1)
        place.refuse("has " + std::to_string(read.edges.size()) + " edges for " + std::to_string(read.counts.size()) +
                     " bins; one more is needed");
    return read;
}

Analysis::Density density(const Place& place) {
    Analysis::Density read{place.list<double>("length_edges"), place.list<double>("identity_edges"),
                           place.list<std::vector<std::int64_t>>("counts")};
    const bool rows_fit = read.counts.empty() || read.counts.size() + 1 == read.identity_edges.size();
    const auto fits = [&](const auto& row) { return row.size() + 1 == read.length_edges.size(); };
    if (!rows_fit || !std::all_of(read.counts.begin(), read.counts.end(), fits)) place.refuse("has counts that do not fit its edges");
    return read;
}

std::vector<CountOfLength> counts_of_lengths(const Place& place, const char* key) {
    return place.each(
        key, [](const Place& pair) { return CountOfLength(pair.element(0).as<std::int64_t>(), pair.element(1).as<std::int64_t>()); });
}

Analysis::Errors errors(const Place& place) {
    Analysis::Errors read{.mismatches = place.count("mismatches"),
                          .insertions = place.count("insertions"),
                          .inserted_bases = place.count("inserted_bases"),
                          .deletions = place.count("deletions"),
                          .deleted_bases = place.count("deleted_bases"),
                          .insertion_lengths = counts_of_lengths(place, "insertion_lengths"),
                          .deletion_lengths = counts_of_lengths(place, "deletion_lengths"),
                          .left_clipped = counts_of_lengths(place.at("ends"), "left_clipped"),
                          .right_clipped = counts_of_lengths(place.at("ends"), "right_clipped")};
    const Place rates = place.at("per_kilobase");
    read.mismatches_per_kilobase = rates.maybe<double>("mismatches");
    read.insertions_per_kilobase = rates.maybe<double>("insertions");
    read.deletions_per_kilobase = rates.maybe<double>("deletions");
    const Place matrix = place.at("substitutions");
    for (const char reference : std::string_view("ACGT"))
        for (const char query : std::string_view("ACGT"))
            if (const Place row = matrix.at(std::string(1, reference).c_str()); row.has(std::string(1, query).c_str()))
                read.substitutions.push_back({reference, query, row.count(std::string(1, query).c_str())});
    return read;
}

Analysis::Axis axis(const Place& place) { return {place.text("name"), place.count("length"), place.count("offset")}; }

Analysis::Segment segment(const Place& place) {
    const auto position = [&](std::size_t i) { return place.element(i).as<std::int64_t>(); };
    return {position(0), position(1), position(2), position(3), place.element(4).as<int>(), place.element(5).as<double>()};
}

Analysis::DotPlot dot_plot(const Place& place) {
    return {place.each("queries", axis), place.each("contigs", axis), place.each("segments", segment), place.count("shown"),
            place.count("total")};
}

Run::Stage stage(const Place& place) {
    return {.name = place.text("name"),
            .kind = place.text("kind"),
            .status = place.text("status"),
            .needs = place.list<std::string>("needs"),
            .ready_ms = place.maybe<double>("ready_ms"),
            .begin_ms = place.maybe<double>("begin_ms"),
            .end_ms = place.maybe<double>("end_ms"),
            .attempts = place.count("attempts"),
            .sub_tasks = place.count("sub_tasks"),
            .critical = place.maybe<bool>("critical").value_or(false),
            .reason = place.text("reason"),
            .cause = place.text("cause"),
            .rerun = place.text("rerun"),
            .log_tail = place.list<std::string>("log_tail")};
}

// Values of the configuration may be numbers or lists: shown as they are written in JSON.
std::string written(const Place& place) {
    if (place.absent()) return "";
    if (place.value().is_string()) return place.as<std::string>();
    return place.value().dump(-1, ' ', false, json::error_handler_t::replace);
}

Run::Setting setting(const Place& place) { return {place.text("key"), written(place.at("value")), place.text("origin")}; }

}  // namespace

std::int64_t AnalysisDocument::Histogram::total() const { return std::accumulate(counts.begin(), counts.end(), std::int64_t{0}); }

std::int64_t AnalysisDocument::features_of(std::string_view class_word) const {
    const auto found = std::find_if(classes.begin(), classes.end(), [&](const ClassCount& row) { return row.word == class_word; });
    return found == classes.end() ? 0 : found->features;
}

AnalysisDocument read_analysis_document(std::string_view text) {
    const json document = parsed(text, "analysis", "weft_analysis");
    const Place root(document, "analysis");
    AnalysisDocument read;
    read.label = root.at("source").text("label");
    const Place features = root.at("features");
    read.features = {features.count("total"),         features.count("placed"),    features.count("lost"),         features.count("bases"),
                     features.count("aligned_bases"), features.count("secondary"), features.count("supplementary")};
    const auto average = [&](const char* key) {
        return Analysis::Average{root.at(key).maybe<double>("median"), root.at(key).maybe<double>("mean")};
    };
    read.identity = average("identity");
    read.coverage = average("coverage");
    read.classes = root.each("classes", [](const Place& row) {
        return Analysis::ClassCount{row.text("class"), row.count("features"), row.list<std::int64_t>("by_size")};
    });
    read.size_classes = root.each("size_classes", [](const Place& row) {
        return Analysis::SizeClassFigures{row.text("name"), row.count("features"), row.count("placed"), row.count("bases"),
                                          row.maybe<double>("identity_mean")};
    });
    read.lost_reasons = root.each("lost_reasons", [](const Place& row) {
        return Analysis::ReasonCount{row.text("reason"), row.count("features")};
    });
    read.mapq = root.list<std::int64_t>("mapq");
    read.mapq_unknown = root.count("mapq_unknown");
    const Place histograms = root.at("histograms");
    read.identity_histogram = histogram(histograms.at("identity"));
    read.coverage_histogram = histogram(histograms.at("coverage"));
    read.length_histogram = histogram(histograms.at("length"));
    read.gap_histogram = histogram(histograms.at("gaps"));
    read.length_identity = density(root.at("length_identity"));
    read.depth = root.each("depth", [](const Place& row) {
        return Analysis::ContigDepth{row.text("contig"), row.count("length"), row.count("bin"), row.list<double>("mean")};
    });
    if (root.has("errors")) read.errors = errors(root.at("errors"));
    read.dot_plot = dot_plot(root.at("dot_plot"));
    if (const Place filtered = root.at("filtered"); !filtered.absent())
        read.filtered = {filtered.count("passed"), filtered.each("terms", [](const Place& row) {
                             return Analysis::RejectingTerm{row.text("term"), row.count("rejected")};
                         })};
    read.inputs_skipped = root.each("inputs_skipped", [](const Place& row) {
        return Analysis::SkippedInput{row.text("where"), row.text("name"), row.text("reason")};
    });
    read.inputs_skipped_total = std::max(root.count("inputs_skipped_total"), std::ssize(read.inputs_skipped));
    read.lost_features = root.at("lost_features").each("rows", [](const Place& row) {
        return Analysis::LostFeature{row.text("name"), row.text("class"), row.text("reason"), row.count("length")};
    });
    read.lost_features_total = std::max(root.at("lost_features").count("total"), std::ssize(read.lost_features));
    if (const Place variants = root.at("variants"); !variants.absent())
        read.variants = {variants.count("snv"), variants.count("insertion"), variants.count("deletion"), variants.count("sites")};
    return read;
}

RunDocument read_run_document(std::string_view text) {
    const json document = parsed(text, "run", "weft_run");
    const Place root(document, "run");
    RunDocument read{.pipeline = root.text("pipeline"),
                     .status = root.text("status"),
                     .command = root.text("command"),
                     .started = root.text("started"),
                     .exit_code = root.maybe<int>("exit_code"),
                     .wall_ms = root.maybe<double>("wall_ms"),
                     .threads = root.count("threads"),
                     .memory_budget = root.count("memory_budget"),
                     .peak_memory = root.count("peak_memory"),
                     .tasks_total = root.count("tasks_total"),
                     .stages = root.each("stages", stage)};
    read.tasks_shown = std::ssize(root.at("tasks").value());
    read.slowest = root.each("slowest", [](const Place& row) { return Run::SlowTask{row.text("name"), row.number("ms")}; });
    read.running = root.each("running", [](const Place& row) {
        return Run::RunningSample{row.element(0).as<double>(), row.element(1).as<std::int64_t>()};
    });
    read.resources = root.each("resources", [](const Place& row) {
        return Run::ResourceSample{row.element(0).as<double>(), row.element(1).as<double>(), row.element(2).as<std::int64_t>()};
    });
    read.throughput = root.each("throughput", [](const Place& row) {
        return Run::Throughput{row.text("size_class"), row.count("features"), row.count("bases"), row.number("seconds")};
    });
    read.failures = root.each("failures", [](const Place& row) {
        return Run::Failure{row.text("stage"), row.text("feature"), row.text("reason"), row.text("where")};
    });
    read.failures_total = std::max(root.count("failures_total"), std::ssize(read.failures));
    read.config = root.each("config", setting);
    read.inputs = root.each("inputs", [](const Place& row) {
        return Run::Input{row.text("name"), row.text("path"), row.text("digest"), row.count("bytes")};
    });
    if (root.has("versions"))
        for (const auto& [name, value] : root.at("versions").value().items())
            read.versions.emplace_back(name, written(Place(value, "run.versions." + name)));
    return read;
}

}  // namespace weft
