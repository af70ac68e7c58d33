#include "weft/report/analysis_json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "weft/model/sequence.hpp"
#include "weft/report/size_classes.hpp"
#include "weft/report/table.hpp"

namespace weft {
namespace {

using Json = nlohmann::ordered_json;

constexpr int form_version = 1;
constexpr std::size_t most_points = 5'000;    // of a plot
constexpr std::size_t most_skipped = 1'000;   // rows

// A whole number is written as one: edges of lengths are 10, not 10.0.
Json number(double value) {
    const double short_value = rounded(value);
    const auto whole = static_cast<std::int64_t>(short_value);
    return static_cast<double>(whole) == short_value ? Json(whole) : Json(short_value);
}

void put(Json& object, const char* key, const std::optional<double>& value) {
    if (value) object[key] = number(*value);
}

Json numbers(const std::vector<double>& values) {
    Json array = Json::array();
    for (const double value : values) array.push_back(number(value));
    return array;
}

Json features_of(const FeatureCounts& features) {
    return {{"total", features.total()},
            {"placed", features.placed()},
            {"lost", features.total() - features.placed()},
            {"bases", features.bases()},
            {"aligned_bases", features.aligned_bases},
            {"secondary", features.secondary},
            {"supplementary", features.supplementary}};
}

Json middle_of(const Distribution& values) {
    Json object = Json::object();
    put(object, "median", values.median());
    put(object, "mean", values.mean());
    return object;
}

Json classes_of(const FeatureCounts& features) {
    Json array = Json::array();
    for (const FeatureClass feature_class : feature_classes) {
        Json by_size = Json::array();
        for (const SizeClassCounts& size : features.by_size) by_size.push_back(size.by_class[static_cast<std::size_t>(feature_class)]);
        array.push_back(
            {{"class", word_of(feature_class)}, {"features", features.features(feature_class)}, {"by_size", std::move(by_size)}});
    }
    return array;
}

Json size_classes_of(const FeatureCounts& features) {
    Json array = Json::array();
    for (std::size_t i = 0; i < size_classes; ++i) {
        const SizeClassCounts& size = features.by_size[i];
        Json row{{"name", size_class_names[i]}, {"features", size.features()}, {"placed", size.placed()}, {"bases", size.bases}};
        put(row, "identity_mean", size.identity.mean());
        array.push_back(std::move(row));
    }
    return array;
}

Json lost_reasons_of(const FeatureCounts& features) {
    Json array = Json::array();
    for (const ReasonCount& row : features.lost_reasons()) array.push_back({{"reason", row.reason}, {"features", row.features}});
    return array;
}

Json histogram_of(const Histogram& histogram) { return {{"edges", numbers(histogram.edges())}, {"counts", histogram.counts()}}; }

Json log_histogram_of(const Histogram& histogram) {
    Json object = histogram_of(histogram.trimmed());
    object["log"] = true;
    return object;
}

Json histograms_of(const Analysis& analysis) {
    return {{"identity", histogram_of(analysis.features.identity_histogram)},
            {"coverage", histogram_of(analysis.features.coverage_histogram)},
            {"length", log_histogram_of(analysis.features.length_histogram)},
            {"gaps", log_histogram_of(analysis.errors.gap_histogram())}};
}

Json length_identity_of(const LengthIdentity& density) {
    const LengthIdentityGrid grid = density.grid();
    return {{"length_edges", numbers(grid.length_edges)}, {"identity_edges", numbers(grid.identity_edges)}, {"counts", grid.counts}};
}

Json depth_of(const Analysis& analysis) {
    Json array = Json::array();
    for (const DepthBins& bins : analysis.depth.bins(analysis.contigs, most_points)) {
        const ContigRecord& contig = analysis.contigs[bins.contig];
        array.push_back({{"contig", contig.name}, {"length", contig.length}, {"bin", bins.bin}, {"mean", numbers(bins.mean)}});
    }
    return array;
}

Json substitutions_of(const SubstitutionMatrix& matrix) {
    Json object = Json::object();
    for (int from = 0; from < 4; ++from) {
        Json row = Json::object();
        for (int to = 0; to < 4; ++to)
            if (to != from) row[std::string(1, letter_of_code(static_cast<Code>(to)))] = matrix.count(from, to);
        object[std::string(1, letter_of_code(static_cast<Code>(from)))] = std::move(row);
    }
    return object;
}

Json length_counts_of(const LengthCounts& lengths) {
    Json array = Json::array();
    for (const auto& [length, count] : lengths.counts()) array.push_back({length, count});
    return array;
}

// The part of the errors that is a handful of numbers.
Json error_sums_of(const ErrorProfile& errors) {
    Json object{{"mismatches", errors.mismatches()},
                {"insertions", errors.insertions()},
                {"inserted_bases", errors.inserted_bases()},
                {"deletions", errors.deletions()},
                {"deleted_bases", errors.deleted_bases()}};
    Json rates = Json::object();
    put(rates, "mismatches", errors.mismatches_per_kilobase());
    put(rates, "insertions", errors.insertions_per_kilobase());
    put(rates, "deletions", errors.deletions_per_kilobase());
    object["per_kilobase"] = std::move(rates);
    return object;
}

Json errors_of(const Analysis& analysis) {
    const ErrorProfile& errors = analysis.errors;
    Json object = Json::object();
    if (const auto matrix = errors.substitutions()) object["substitutions"] = substitutions_of(*matrix);
    object.update(error_sums_of(errors));
    object["insertion_lengths"] = length_counts_of(errors.insertion_lengths());
    object["deletion_lengths"] = length_counts_of(errors.deletion_lengths());
    object["ends"] = {{"left_clipped", length_counts_of(analysis.features.begin_missing)},
                      {"right_clipped", length_counts_of(analysis.features.end_missing)}};
    return object;
}

// Lays what has a place on an axis one behind the other, and remembers where each begins.
class Axis {
public:
    std::int64_t add(const std::string& name, std::int64_t length) {
        rows_.push_back({{"name", name}, {"length", length}, {"offset", end_}});
        return std::exchange(end_, end_ + length);
    }
    Json take() { return std::move(rows_); }

private:
    Json rows_ = Json::array();
    std::int64_t end_ = 0;
};

Json dot_plot_of(const Analysis& analysis) {
    const std::vector<DotPlotSegment> segments = analysis.dot_plot.segments();
    Axis queries;
    std::map<std::int64_t, std::int64_t> query_offsets;
    for (const auto& [feature, query] : analysis.dot_plot.queries()) query_offsets[feature] = queries.add(query.name, query.length);
    Axis contigs;
    std::map<std::size_t, std::int64_t> contig_offsets;
    for (const DotPlotSegment& segment : segments) contig_offsets[segment.contig] = 0;
    for (auto& [contig, offset] : contig_offsets) offset = contigs.add(analysis.contigs[contig].name, analysis.contigs[contig].length);

    Json lines = Json::array();
    for (const DotPlotSegment& segment : segments) {
        const std::int64_t query = query_offsets.at(segment.feature);
        const std::int64_t contig = contig_offsets.at(segment.contig);
        lines.push_back({query + segment.query.begin, query + segment.query.end, contig + segment.reference.begin,
                         contig + segment.reference.end, segment.strand == Strand::forward ? 1 : -1,
                         segment.identity ? number(*segment.identity) : Json()});
    }
    return {{"queries", queries.take()}, {"contigs", contigs.take()}, {"segments", std::move(lines)}, {"shown", segments.size()},
            {"total", analysis.dot_plot.total()}};
}

Json filtered_of(const FilteredFeatures& filtered) {
    Json terms = Json::array();
    for (const FilteredFeatures::Term& term : filtered.terms) terms.push_back({{"term", term.term}, {"rejected", term.rejected}});
    return {{"passed", filtered.passed}, {"terms", std::move(terms)}};
}

Json skipped_of(const std::vector<SkippedInput>& skipped) {
    Json array = Json::array();
    for (const SkippedInput& row : skipped) {
        if (array.size() == most_skipped) break;
        array.push_back({{"where", row.where}, {"name", row.name}, {"reason", row.reason}});
    }
    return array;
}

Json lost_of(const LostFeatures& lost) {
    Json rows = Json::array();
    for (const LostFeature& row : lost.rows()) {
        Json object{{"name", row.name}};
        if (row.length > 0) object["length"] = row.length;
        object["class"] = word_of(row.feature_class);
        object["reason"] = row.reason;
        rows.push_back(std::move(object));
    }
    return {{"total", lost.total()}, {"rows", std::move(rows)}};
}

Json variants_of(const VariantCounts& variants) {
    return {{"snv", variants.snv}, {"insertion", variants.insertion}, {"deletion", variants.deletion}, {"sites", variants.sites}};
}

Json front_of(const char* kind, const Analysis& analysis) {
    Json document{{kind, form_version}, {"source", {{"label", analysis.label}}}};
    document["features"] = features_of(analysis.features);
    document["identity"] = middle_of(analysis.features.identity());
    document["coverage"] = middle_of(analysis.features.coverage);
    document["classes"] = classes_of(analysis.features);
    document["size_classes"] = size_classes_of(analysis.features);
    document["lost_reasons"] = lost_reasons_of(analysis.features);
    return document;
}

}  // namespace

std::string analysis_json(const Analysis& analysis) {
    Json document = front_of("weft_analysis", analysis);
    document["mapq"] = analysis.features.mapq;
    document["mapq_unknown"] = analysis.features.mapq_unknown;
    document["histograms"] = histograms_of(analysis);
    document["length_identity"] = length_identity_of(analysis.length_identity);
    document["depth"] = depth_of(analysis);
    document["errors"] = errors_of(analysis);
    document["dot_plot"] = dot_plot_of(analysis);
    if (analysis.filtered) document["filtered"] = filtered_of(*analysis.filtered);
    document["inputs_skipped"] = skipped_of(analysis.skipped);
    document["inputs_skipped_total"] = analysis.skipped_total;
    document["lost_features"] = lost_of(analysis.lost);
    if (analysis.variants) document["variants"] = variants_of(*analysis.variants);
    return document.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string summary_json(const Analysis& analysis) {
    Json document = front_of("weft_summary", analysis);
    document["errors"] = error_sums_of(analysis.errors);
    if (analysis.filtered) document["filtered"] = filtered_of(*analysis.filtered);
    document["inputs_skipped_total"] = analysis.skipped_total;
    document["lost_features"] = {{"total", analysis.lost.total()}};
    if (analysis.variants) document["variants"] = variants_of(*analysis.variants);
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace weft
