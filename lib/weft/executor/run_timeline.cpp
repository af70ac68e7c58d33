#include "weft/executor/run_timeline.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <queue>
#include <tuple>

#include "weft/executor/dependency_order.hpp"
#include "weft/executor/stage_names.hpp"

namespace weft {
namespace {

constexpr std::size_t log_tail_lines = 20;
constexpr Microseconds shortest_own_work{1'000};   // of a stage beside its sub-tasks that is shown

class TimelineBuilder {
public:
    explicit TimelineBuilder(const RunEvents& run) : run_(run) {
        for (const StageHead& stage : run.head.stages) add_stage(stage);
        for (const std::string& name : run.names) result_.stage_of.push_back(stage_of(name));
        open_.resize(run.names.size());
    }

    RunTimeline build() {
        for (const LoggedEvent& event : run_.events) add(event);
        for (std::size_t task = 0; task < open_.size(); ++task)
            if (open_[task]) close(task, run_.end, TaskStatus::running, false);
        for (StageTime& stage : result_.stages)
            if (stage.begin && !stage.end) stage.end = run_.end;
        add_own_work();
        sort_spans();
        sort_stages();
        result_.end = run_.end;
        return std::move(result_);
    }

private:
    void add_stage(const StageHead& plan) {
        if (names_.add(plan.name) < result_.stages.size()) return;   // named twice
        result_.stages.push_back({.plan = plan});
        attempts_.emplace_back();
    }

    std::size_t stage_of(std::string_view task) {
        const std::size_t stage = names_.of(task);
        add_stage({.name = names_.name(stage)});
        return stage;
    }

    bool is_stage(std::size_t task) const { return run_.names[task] == result_.stages[result_.stage_of[task]].plan.name; }

    void add(const LoggedEvent& event) {
        StageTime& stage = result_.stages[result_.stage_of[event.task]];
        const bool own = is_stage(event.task);
        switch (event.kind) {
            case TaskEventKind::started: start(event, stage, own); break;
            case TaskEventKind::progress:
                if (own) stage.progress = event.progress;
                break;
            case TaskEventKind::log:
                if (stage.log_tail.size() == log_tail_lines) stage.log_tail.erase(stage.log_tail.begin());
                stage.log_tail.push_back(event.text);
                break;
            case TaskEventKind::retrying:
                ++stage.retries;
                close(event.task, event.at, TaskStatus::failed, true);
                break;
            case TaskEventKind::ended: end(event, stage, own); break;
        }
    }

    void start(const LoggedEvent& event, StageTime& stage, bool own) {
        WorkSpan span{.name = run_.names[event.task], .stage = result_.stage_of[event.task], .attempt = event.attempt, .begin = event.at};
        if (event.attempt == 1) span.ready = event.ready;
        open_[event.task] = std::move(span);
        if (!own) {
            stage.sub_tasks += event.attempt == 1 ? 1 : 0;
            return;
        }
        stage.status = name_of(TaskStatus::running);
        stage.attempts = event.attempt;
        if (event.attempt > 1) return;
        stage.ready = event.ready;
        stage.begin = event.at;
    }

    void end(const LoggedEvent& event, StageTime& stage, bool own) {
        close(event.task, event.at, event.status, false);
        if (!own) {
            stage.failed_sub_tasks += event.status == TaskStatus::failed ? 1 : 0;
            return;
        }
        const bool reused = event.status == TaskStatus::done && run_.reused.contains(stage.plan.name);
        stage.status = reused ? "reused" : name_of(event.status);
        stage.reason = event.text;
        stage.cause = event.cause;
        if (stage.begin) stage.end = event.at;
    }

    void close(std::size_t task, Microseconds at, TaskStatus status, bool again) {
        if (!open_[task]) return;   // skipped and cancelled tasks end without a beginning
        WorkSpan span = std::move(*open_[task]);
        open_[task].reset();
        span.end = std::max(span.begin, at);
        span.status = status;
        span.again = again;
        (is_stage(task) ? attempts_[span.stage] : result_.spans).push_back(std::move(span));
    }

    /// What stages did themselves in each attempt: all of it, or what lies before and after the sub-tasks.
    void add_own_work() {
        std::vector<std::vector<std::pair<Microseconds, Microseconds>>> sub_tasks(attempts_.size());
        for (const WorkSpan& span : result_.spans) sub_tasks[span.stage].emplace_back(span.begin, span.end);
        for (std::size_t stage = 0; stage < attempts_.size(); ++stage) {
            std::sort(sub_tasks[stage].begin(), sub_tasks[stage].end());
            auto sub = sub_tasks[stage].begin();
            for (const WorkSpan& attempt : attempts_[stage]) {
                while (sub != sub_tasks[stage].end() && sub->first < attempt.begin) ++sub;
                if (sub == sub_tasks[stage].end() || sub->first > attempt.end) {
                    result_.spans.push_back(attempt);
                    continue;
                }
                const Microseconds first = sub->first;
                Microseconds last = sub->second;
                for (; sub != sub_tasks[stage].end() && sub->first <= attempt.end; ++sub) last = std::max(last, sub->second);
                add_part(attempt, " (before its sub-tasks)", attempt.begin, first, true);
                add_part(attempt, " (after its sub-tasks)", last, attempt.end, false);
            }
        }
    }

    void add_part(WorkSpan part, const char* which, Microseconds begin, Microseconds end, bool first) {
        if (end - begin < shortest_own_work) return;
        part.name += which;
        part.begin = begin;
        part.end = end;
        if (!first) part.ready.reset();
        if (first) {
            part.status = TaskStatus::done;
            part.again = false;
        }
        result_.spans.push_back(std::move(part));
    }

    /// Sorts by begin and gives each span the lowest lane that is free.
    void sort_spans() {
        std::sort(result_.spans.begin(), result_.spans.end(), [](const WorkSpan& a, const WorkSpan& b) {
            return std::tie(a.begin, a.end, a.name, a.attempt) < std::tie(b.begin, b.end, b.name, b.attempt);
        });
        using Busy = std::pair<Microseconds, int>;   // until when, lane
        std::priority_queue<Busy, std::vector<Busy>, std::greater<>> busy;
        std::priority_queue<int, std::vector<int>, std::greater<>> free;
        for (WorkSpan& span : result_.spans) {
            for (; !busy.empty() && busy.top().first <= span.begin; busy.pop()) free.push(busy.top().second);
            if (free.empty()) free.push(result_.lanes++);
            span.lane = free.top();
            free.pop();
            busy.emplace(span.end, span.lane);
        }
    }

    /// Puts stages into an order in which they could run, and marks the longest path.
    void sort_stages() {
        Dependencies needs;
        std::vector<double> seconds;
        for (std::size_t i = 0; i < result_.stages.size(); ++i) {
            seconds.push_back(std::chrono::duration<double>(result_.stages[i].length()).count());
            std::vector<std::uint32_t> others;
            for (const std::string& name : result_.stages[i].plan.needs)
                if (names_.find(name) < names_.size()) others.push_back(static_cast<std::uint32_t>(names_.find(name)));
            needs.add(others);
        }
        const std::vector<std::uint32_t> order = dependency_order(needs);
        if (order.size() != needs.size()) return;   // a cycle: such a log was not written by a run
        for (const std::uint32_t index : weft::critical_path(needs, order, seconds)) {
            result_.stages[index].critical = true;
            result_.critical_path.push_back(result_.stages[index].plan.name);
        }
        std::vector<std::size_t> place(order.size());
        std::vector<StageTime> sorted;
        for (const std::uint32_t index : order) {
            place[index] = sorted.size();
            sorted.push_back(std::move(result_.stages[index]));
        }
        result_.stages = std::move(sorted);
        for (WorkSpan& span : result_.spans) span.stage = place[span.stage];
        for (std::size_t& stage : result_.stage_of) stage = place[stage];
    }

    const RunEvents& run_;
    RunTimeline result_{};
    StageNames names_{};
    std::vector<std::optional<WorkSpan>> open_{};      // of each name of a task
    std::vector<std::vector<WorkSpan>> attempts_{};    // of each stage
};

using Curve = std::vector<std::pair<Microseconds, std::int64_t>>;

Curve all_changes(const RunTimeline& timeline) {
    std::map<Microseconds, std::int64_t> changes{{Microseconds{}, 0}};
    for (const WorkSpan& span : timeline.spans) {
        ++changes[span.begin];
        --changes[span.end];
    }
    Curve curve;
    std::int64_t running = 0;
    for (const auto& [at, change] : changes) {
        running += change;
        if (curve.empty() || running != curve.back().second) curve.emplace_back(at, running);
    }
    return curve;
}

}  // namespace

RunTimeline timeline_of(const RunEvents& run) { return TimelineBuilder(run).build(); }

Curve running_curve(const RunTimeline& timeline, std::size_t most) {
    const Curve exact = all_changes(timeline);
    if (exact.size() <= most) return exact;
    Curve means;
    const std::int64_t end = std::max<std::int64_t>(1, timeline.end.count());
    const auto parts = static_cast<std::int64_t>(most);
    std::size_t at = 0;
    for (std::int64_t part = 0; part < parts; ++part) {
        const std::int64_t begin = end * part / parts, stop = end * (part + 1) / parts;
        std::int64_t area = 0;
        for (std::int64_t now = begin; now < stop;) {
            while (at + 1 < exact.size() && exact[at + 1].first.count() <= now) ++at;
            const std::int64_t next = at + 1 < exact.size() ? std::min(stop, exact[at + 1].first.count()) : stop;
            area += exact[at].second * (next - now);
            now = next;
        }
        if (stop > begin) means.emplace_back(begin, (2 * area + stop - begin) / (2 * (stop - begin)));
    }
    return means;
}

}  // namespace weft
