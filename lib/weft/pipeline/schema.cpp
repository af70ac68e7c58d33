#include "weft/pipeline/schema.hpp"

#include <algorithm>
#include <utility>

namespace weft {
namespace {

constexpr std::int64_t most_tokens = 65'536;
constexpr std::int64_t most_chunk = 1'000'000'000;

std::vector<std::string> on_error_words() { return {"fail", "skip", "keep-going"}; }

// `weft`, `vars` and `stages` are read by hand, for they shape how everything else is read.
std::vector<KeySpec> common_file_keys() {
    using namespace value_kind;
    return {
        {.name = "name", .kind = text(), .help = "name of the pipeline, for report and journal", .required = true},
        {.name = "threads", .kind = whole(1, most_tokens, {"auto"}), .help = "threads of the whole run", .default_value = "auto"},
        {.name = "memory", .kind = bytes({"auto"}), .help = "memory that all running tasks share", .default_value = "auto"},
        {.name = "work", .kind = path(), .help = "folder of store, journal and logs", .default_value = "work"},
        {.name = "out", .kind = path(), .help = "folder of the published files", .default_value = "results"},
        {.name = "on_error", .kind = choice(on_error_words()), .help = "what a failed task does to the others", .default_value = "fail"},
        {.name = "limits", .kind = count_map(1, most_tokens), .help = "named limits, used by stages with `uses`", .default_value = "{}"},
    };
}

std::vector<KeySpec> retry_keys() {
    using namespace value_kind;
    return {
        {.name = "max", .kind = whole(0, 100), .help = "further attempts after the first", .default_value = "0"},
        {.name = "backoff", .kind = duration(), .help = "wait before the second attempt", .default_value = "500ms"},
        {.name = "factor", .kind = number(1, 100), .help = "each further wait is so many times the last", .default_value = "2"},
        {.name = "cap", .kind = duration(), .help = "longest wait", .default_value = "1m"},
        {.name = "on",
         .kind = texts({"oom", "signal", "io", "timeout", "error"}),
         .help = "failures worth another attempt",
         .default_value = "[oom, signal, io]"},
    };
}

std::vector<KeySpec> common_stage_keys() {
    using namespace value_kind;
    return {
        {.name = "kind", .kind = choice({"cpu", "io", "mem"}), .help = "which workers it runs on", .default_value = "cpu"},
        {.name = "chunk", .kind = whole(1, most_chunk, {"auto", "small", "large"}), .help = "items per task", .default_value = "auto"},
        {.name = "cpu", .kind = whole(1, most_tokens), .help = "threads per task", .default_value = "1"},
        {.name = "memory", .kind = bytes(), .help = "memory per task"},
        {.name = "io", .kind = whole(0, most_tokens), .help = "input/output tokens per task", .default_value = "0"},
        {.name = "uses", .kind = texts(), .help = "named limits that a running task takes one of"},
        {.name = "rate", .kind = rate(), .help = "most task starts in a stretch of time"},
        {.name = "timeout", .kind = duration(), .help = "longest time of one task"},
        {.name = "retry", .kind = group(), .help = "further attempts after a failure", .members = retry_keys()},
        {.name = "priority", .kind = whole(-1'000, 1'000), .help = "of ready tasks the highest runs first", .default_value = "0"},
        {.name = "on_error", .kind = choice(on_error_words()), .help = "what a failed task does to the others", .inherited = true},
        {.name = "pure",
         .kind = boolean(),
         .help = "same inputs, same outputs: results may be taken from the store",
         .default_value = "false"},
        {.name = "isolation", .kind = choice({"thread", "process"}), .help = "where a task runs", .default_value = "thread"},
        {.name = "cache", .kind = boolean(), .help = "results are kept in the store", .default_value = "true"},
        {.name = "publish", .kind = text_map(), .help = "output name: file below `out`", .role = KeySpec::Role::publishes},
    };
}

}  // namespace

const StageKind* PipelineSchema::find(std::string_view kind) const {
    const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const StageKind& known) { return known.name == kind; });
    return found == kinds.end() ? nullptr : &*found;
}

std::vector<std::string> PipelineSchema::kind_names() const {
    std::vector<std::string> names;
    for (const StageKind& kind : kinds) names.push_back(kind.name);
    return names;
}

PipelineSchema pipeline_schema(std::vector<StageKind> kinds) {
    const std::vector<KeySpec> common = common_stage_keys();
    for (StageKind& kind : kinds) {
        const std::vector<std::string> own = names_of(kind.keys);
        for (const KeySpec& key : common)
            if (std::find(own.begin(), own.end(), key.name) == own.end()) kind.keys.push_back(key);
    }
    return {.file_keys = common_file_keys(), .kinds = std::move(kinds)};
}

std::vector<std::string> names_of(const std::vector<KeySpec>& keys) {
    std::vector<std::string> names;
    for (const KeySpec& key : keys) names.push_back(key.name);
    return names;
}

}  // namespace weft
