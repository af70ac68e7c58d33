#include "weft/executor/run_metrics.hpp"

#include <algorithm>
#include <numeric>

namespace weft {
namespace {

constexpr std::size_t most_slowest = 20;

double in_seconds(Microseconds time) { return std::chrono::duration<double>(time).count(); }

/// The smallest value that a share of them does not exceed (nearest rank).
double percentile(const std::vector<double>& sorted, double share) {
    if (sorted.empty()) return 0;
    const auto rank = static_cast<std::size_t>(std::max(0.0, share * static_cast<double>(sorted.size()) - 1e-9));
    return sorted[std::min(rank, sorted.size() - 1)];
}

WaitingTimes waiting_times(std::vector<double> seconds) {
    std::sort(seconds.begin(), seconds.end());
    WaitingTimes waiting{.total = seconds.size()};
    for (const double one : seconds) {
        const auto limit = std::lower_bound(WaitingTimes::seconds.begin(), WaitingTimes::seconds.end(), one);
        ++waiting.counts[static_cast<std::size_t>(limit - WaitingTimes::seconds.begin())];
        waiting.sum += one;
    }
    waiting.median = percentile(seconds, 0.5);
    waiting.percentile_99 = percentile(seconds, 0.99);
    waiting.longest = seconds.empty() ? 0 : seconds.back();
    return waiting;
}

/// Own work beside sub-tasks is work, but no task.
bool is_task(const WorkSpan& span, const StageTime& stage) { return stage.sub_tasks == 0 || span.name.starts_with(stage.plan.name + "/"); }

void add_spans(RunMetrics& metrics, const RunTimeline& timeline) {
    std::vector<std::vector<double>> waited(timeline.stages.size());
    for (const WorkSpan& span : timeline.spans) {
        const StageTime& stage = timeline.stages[span.stage];
        StageMetrics& its = metrics.stages[span.stage];
        const double length = in_seconds(span.length());
        its.busy += length;
        if (!stage.plan.blocking) metrics.busy += length;
        if (!is_task(span, stage)) continue;
        if (span.ready) waited[span.stage].push_back(in_seconds(span.begin - *span.ready));
        its.longest = std::max(its.longest, length);
        metrics.slowest.emplace_back(span.name, length);
        if (!span.again) ++its.tasks[std::string(name_of(span.status))];
    }
    std::vector<double> all;
    for (std::size_t i = 0; i < waited.size(); ++i) {
        const StageTime& stage = timeline.stages[i];
        if (stage.sub_tasks > 0 && stage.ready && stage.begin) waited[i].push_back(in_seconds(*stage.begin - *stage.ready));
        all.insert(all.end(), waited[i].begin(), waited[i].end());
        metrics.stages[i].waiting = waiting_times(std::move(waited[i]));
    }
    metrics.waiting = waiting_times(std::move(all));
    std::stable_sort(metrics.slowest.begin(), metrics.slowest.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    if (metrics.slowest.size() > most_slowest) metrics.slowest.resize(most_slowest);
}

void add_counts(RunMetrics& metrics) {
    for (StageMetrics& stage : metrics.stages) {
        ++metrics.stage_statuses[stage.status];
        metrics.retries += stage.retries;
        for (const auto& [status, count] : stage.tasks) metrics.task_statuses[status] += count;
    }
    const auto count_of = [&](TaskStatus status) {
        const auto found = metrics.task_statuses.find(std::string(name_of(status)));
        return found == metrics.task_statuses.end() ? 0.0 : static_cast<double>(found->second);
    };
    const double done = count_of(TaskStatus::done), failed = count_of(TaskStatus::failed);
    if (metrics.seconds > 0) metrics.tasks_per_second = done / metrics.seconds;
    if (done + failed > 0) metrics.failed_share = failed / (done + failed);
}

}  // namespace

std::uint64_t StageMetrics::task_count() const {
    return std::accumulate(tasks.begin(), tasks.end(), std::uint64_t{0},
                           [](std::uint64_t sum, const auto& one) { return sum + one.second; });
}

RunMetrics metrics_of(const RunEvents& run) {
    const RunTimeline timeline = timeline_of(run);
    RunMetrics metrics{.pipeline = run.head.pipeline, .status = run.status, .exit_code = run.exit_code, .threads = run.head.threads};
    metrics.seconds = in_seconds(timeline.end);
    metrics.peak_memory = run.peak_memory;
    metrics.critical_path = timeline.critical_path;
    for (const StageTime& stage : timeline.stages) {
        metrics.stages.push_back({.name = stage.plan.name, .kind = stage.plan.kind, .status = stage.status, .critical = stage.critical,
                                  .seconds = in_seconds(stage.length()), .retries = stage.retries});
        if (stage.critical) metrics.critical_seconds += in_seconds(stage.length());
    }
    add_spans(metrics, timeline);
    add_counts(metrics);
    double work = 0;
    for (const WorkSpan& span : timeline.spans) work += in_seconds(span.length());
    if (metrics.seconds > 0) metrics.mean_running = work / metrics.seconds;
    if (metrics.seconds > 0 && metrics.threads > 0) metrics.utilisation = std::min(1.0, metrics.busy / (metrics.seconds * metrics.threads));
    metrics.most_running = timeline.lanes;   // the lowest free lane is taken, so there are as many as were needed at once
    Microseconds last{};
    for (const ResourceSample& sample : run.samples) {
        metrics.cpu_seconds += sample.cpu_percent / 100 * in_seconds(sample.at - last);
        last = sample.at;
    }
    return metrics;
}

}  // namespace weft
