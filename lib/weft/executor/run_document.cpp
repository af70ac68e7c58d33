#include "weft/executor/run_document.hpp"

#include <algorithm>
#include <numeric>

#include <nlohmann/json.hpp>

#include "weft/executor/run_timeline.hpp"

namespace weft {
namespace {

using nlohmann::ordered_json;

constexpr int run_document_version = 1;
constexpr std::size_t most_tasks = 5'000;
constexpr std::size_t most_slowest = 20;
constexpr std::size_t most_points = 5'000;
constexpr std::size_t most_failures = 1'000;

double ms(Microseconds time) { return static_cast<double>(time.count()) / 1e3; }

void set_unless_empty(ordered_json& object, const char* name, const std::string& text) {
    if (!text.empty()) object[name] = text;
}

ordered_json stage_json(const StageTime& stage, const RunDocumentParts& parts) {
    const bool unfinished = stage.status == name_of(TaskStatus::running);   // the run was killed under it
    ordered_json one{{"name", stage.plan.name},
                     {"kind", stage.plan.kind},
                     {"status", unfinished ? "cancelled" : stage.status},
                     {"needs", stage.plan.needs}};
    if (stage.ready) one["ready_ms"] = ms(*stage.ready);
    if (stage.begin) one["begin_ms"] = ms(*stage.begin);
    if (stage.end) one["end_ms"] = ms(*stage.end);
    one["attempts"] = stage.attempts;
    one["sub_tasks"] = stage.sub_tasks;
    one["critical"] = stage.critical;
    set_unless_empty(one, "reason", unfinished ? "the run was killed while it ran" : stage.reason);
    set_unless_empty(one, "cause", stage.cause);
    if (!stage.log_tail.empty()) one["log_tail"] = stage.log_tail;
    if (stage.status != "done" && stage.status != "reused") set_unless_empty(one, "rerun", parts.rerun);
    return one;
}

ordered_json stages_json(const RunTimeline& timeline, const RunDocumentParts& parts) {
    ordered_json stages = ordered_json::array();
    for (const StageTime& stage : timeline.stages) stages.push_back(stage_json(stage, parts));
    return stages;
}

/// Indices of the spans that took longest, longest first.
std::vector<std::size_t> longest(const RunTimeline& timeline, std::size_t most) {
    std::vector<std::size_t> order(timeline.spans.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto middle = order.begin() + static_cast<std::ptrdiff_t>(std::min(most, order.size()));
    std::partial_sort(order.begin(), middle, order.end(), [&](std::size_t a, std::size_t b) {
        const Microseconds left = timeline.spans[a].length(), right = timeline.spans[b].length();
        return left != right ? left > right : a < b;
    });
    order.erase(middle, order.end());
    return order;
}

ordered_json tasks_json(const RunTimeline& timeline) {
    std::vector<std::size_t> kept = longest(timeline, most_tasks);
    std::sort(kept.begin(), kept.end());   // by begin again
    ordered_json tasks = ordered_json::array();
    for (const std::size_t index : kept) {
        const WorkSpan& span = timeline.spans[index];
        const TaskStatus status = span.status == TaskStatus::running ? TaskStatus::cancelled : span.status;
        tasks.push_back({{"name", span.name},
                         {"stage", timeline.stages[span.stage].plan.name},
                         {"lane", span.lane},
                         {"begin_ms", ms(span.begin)},
                         {"end_ms", ms(span.end)},
                         {"status", name_of(status)}});
    }
    return tasks;
}

ordered_json slowest_json(const RunTimeline& timeline) {
    ordered_json slowest = ordered_json::array();
    for (const std::size_t index : longest(timeline, most_slowest))
        slowest.push_back({{"name", timeline.spans[index].name}, {"ms", ms(timeline.spans[index].length())}});
    return slowest;
}

/// Several samples become one where there are too many: mean of the processors, most of the memory.
ordered_json resources_json(const std::vector<ResourceSample>& samples) {
    ordered_json points = ordered_json::array();
    const std::size_t together = samples.size() / (most_points + 1) + 1;
    for (std::size_t begin = 0; begin < samples.size(); begin += together) {
        const std::size_t end = std::min(samples.size(), begin + together);
        double cpu = 0;
        std::uint64_t resident = 0;
        for (std::size_t i = begin; i < end; ++i) {
            cpu += samples[i].cpu_percent;
            resident = std::max(resident, samples[i].resident);
        }
        const double tenths = static_cast<double>(static_cast<std::int64_t>(10 * cpu / static_cast<double>(end - begin) + 0.5));
        points.push_back({ms(samples[end - 1].at), tenths / 10, resident});
    }
    return points;
}

/// Tasks that failed for good, then what the stages told of single features.
void add_failures(ordered_json& document, const RunEvents& run, const RunDocumentParts& parts, const RunTimeline& timeline) {
    ordered_json failures = ordered_json::array();
    std::uint64_t total = parts.further_failures;
    const auto add = [&](ordered_json failure) {
        if (++total; failures.size() < most_failures) failures.push_back(std::move(failure));
    };
    for (const StageTime& stage : timeline.stages)
        if (stage.status == name_of(TaskStatus::failed)) add({{"stage", stage.plan.name}, {"reason", stage.reason}});
    for (const LoggedEvent& event : run.events) {
        if (event.kind != TaskEventKind::ended || event.status != TaskStatus::failed) continue;
        const std::string& task = run.names[event.task];
        const std::string& stage = timeline.stages[timeline.stage_of[event.task]].plan.name;
        if (task != stage) add({{"stage", stage}, {"reason", event.text}, {"where", task}});
    }
    for (const RunDocumentParts::LostFeature& lost : parts.failures) {
        ordered_json failure{{"stage", lost.stage}, {"feature", lost.feature}, {"reason", lost.reason}};
        set_unless_empty(failure, "where", lost.where);
        add(std::move(failure));
    }
    document["failures"] = std::move(failures);
    document["failures_total"] = total;
}

void add_parts(ordered_json& document, const RunDocumentParts& parts) {
    ordered_json& config = document["config"] = ordered_json::array();
    for (const auto& setting : parts.config) config.push_back({{"key", setting.key}, {"value", setting.value}, {"origin", setting.origin}});
    ordered_json& inputs = document["inputs"] = ordered_json::array();
    for (const auto& input : parts.inputs)
        inputs.push_back({{"name", input.name}, {"path", input.path}, {"digest", input.digest}, {"bytes", input.bytes}});
    ordered_json& versions = document["versions"] = ordered_json::object();
    for (const auto& [name, version] : parts.versions) versions[name] = version;
}

}  // namespace

std::string run_json(const RunEvents& run, const RunDocumentParts& parts) {
    const RunTimeline timeline = timeline_of(run);
    ordered_json document{{"weft_run", run_document_version}, {"pipeline", run.head.pipeline}, {"status", run.status}};
    if (run.status != "killed") document["exit_code"] = run.exit_code;
    document["command"] = run.head.command;
    set_unless_empty(document, "started", run.head.started);
    document["wall_ms"] = ms(run.end);
    document["threads"] = run.head.threads;
    if (run.head.memory > 0) document["memory_budget"] = run.head.memory;
    if (run.peak_memory > 0) document["peak_memory"] = run.peak_memory;
    document["stages"] = stages_json(timeline, parts);
    document["tasks"] = tasks_json(timeline);
    document["tasks_total"] = timeline.spans.size();
    document["slowest"] = slowest_json(timeline);
    ordered_json& running = document["running"] = ordered_json::array();
    for (const auto& [at, count] : running_curve(timeline, most_points)) running.push_back({ms(at), count});
    document["resources"] = resources_json(run.samples);
    ordered_json& throughput = document["throughput"] = ordered_json::array();
    for (const auto& one : parts.throughput)
        throughput.push_back({{"size_class", one.size_class}, {"features", one.features}, {"bases", one.bases}, {"seconds", one.seconds}});
    add_failures(document, run, parts, timeline);
    add_parts(document, parts);
    return document.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace weft
