#include "weft/stages/align_job.hpp"

#include <algorithm>
#include <concepts>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "weft/bytes/output_file.hpp"
#include "weft/model/error.hpp"
#include "weft/stages/engine_fields.hpp"

namespace weft {
namespace {

using nlohmann::ordered_json;

constexpr int job_version = 1;

/// Reads members one by one; what is not as it was written is told by name.
class Reading {
public:
    Reading(std::string_view text, std::string where) : where_(std::move(where)), json_(ordered_json::parse(text, nullptr, false)) {
        if (!json_.is_object()) refuse("is no order for a worker");
    }

    template <class Value>
    void take(const std::string& name, Value& value) const {
        const auto found = json_.find(name);
        if (found == json_.end()) refuse(fmt::format("has no '{}'", name));
        if (!fits<Value>(*found)) refuse(fmt::format("'{}' is no fitting value", name));
        value = found->template get<Value>();
    }

    [[noreturn]] void refuse(const std::string& problem) const { throw FormatError{{where_, problem, ""}}; }

private:
    template <class Value>
    static bool fits(const ordered_json& json) {
        if constexpr (std::same_as<Value, bool>) return json.is_boolean();
        else if constexpr (std::same_as<Value, std::string>) return json.is_string();
        else if constexpr (std::floating_point<Value>) return json.is_number();
        else if constexpr (std::integral<Value>)
            return json.is_number_unsigned() ? std::in_range<Value>(json.get<std::uint64_t>())
                                             : json.is_number_integer() && std::in_range<Value>(json.get<std::int64_t>());
        else
            return json.is_array() && json.size() == Value{}.size() &&
                   std::all_of(json.begin(), json.end(), fits<typename Value::value_type>);
    }

    std::string where_;
    ordered_json json_;
};

/// Calls `field` for every member but the engine's, in one order for writing and reading.
template <class Job, class Field>
void each_field(Job& job, Field field) {
    field("index", job.index);
    field("reference.bytes", job.reference.bytes);
    field("reference.checksum", job.reference.checksum);
    field("threads", job.threads);
    field("features", job.features.file);
    field("features.begin", job.features.first.begin);
    field("features.first", job.features.first.first);
    field("features.end", job.features.last.end);
    field("features.skipped", job.features.skipped);
    field("features.count", job.features.features);
    field("archive", job.archive);
    field("report", job.report);
}

template <class Report, class Field>
void each_class_count(Report& report, Field field) {
    field("features_by_class", report.features_by_class);
    field("bases_by_class", report.bases_by_class);
    field("seconds_by_class", report.seconds_by_class);
}

}  // namespace

std::string text_of(const AlignJob& job) {
    ordered_json json{{"version", job_version}};
    const auto write = [&](const char* name, const auto& value) { json[name] = value; };
    each_field(job, write);
    each_engine_field(job.engine, write);
    try {
        return json.dump(1) + "\n";
    } catch (const ordered_json::exception&) {
        throw UsageError{{"", "the path of a file is not UTF-8, so it cannot be handed to another process",
                          "rename it, or use `isolation: thread`"}};
    }
}

AlignJob read_align_job(std::string_view text, const std::string& where) {
    const Reading reading(text, where);
    int version = 0;
    reading.take("version", version);
    if (version != job_version) reading.refuse(fmt::format("is an order of version {}, this weft takes version {}", version, job_version));
    AlignJob job;
    const auto read = [&](const char* name, auto& value) { reading.take(name, value); };
    each_field(job, read);
    each_engine_field(job.engine, read);
    return job;
}

void do_align_job(const AlignJob& job, const std::atomic<bool>* stop) {
    const Index index = Index::open(job.index);
    if (index.source().bytes != job.reference.bytes || index.source().checksum != job.reference.checksum)
        throw FormatError{{job.index, "is the index of another reference than the one that the run began with", "run again"}};
    const ParallelAligner aligner(index, {.engine = job.engine, .threads = job.threads, .place = false});
    const RunReport report = align_chunk(aligner, job.features, job.archive, stop, [](std::uint64_t) {});
    ordered_json json;
    each_class_count(report, [&](const char* name, const auto& counts) { json[name] = counts; });
    OutputFile file(job.report);
    file.write(json.dump() + "\n");
    file.commit();
}

RunReport read_worker_report(std::string_view text, const std::string& where) {
    const Reading reading(text, where);
    RunReport report;
    each_class_count(report, [&](const char* name, auto& counts) { reading.take(name, counts); });
    return report;
}

}  // namespace weft
