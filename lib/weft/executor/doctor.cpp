#include "weft/executor/doctor.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>
#include <optional>

#include <fmt/format.h>

#include "weft/executor/held_threads.hpp"
#include "weft/executor/run_timeline.hpp"
#include "weft/executor/timeline_sweep.hpp"
#include "weft/model/readable.hpp"
#include "weft/model/utf8.hpp"

namespace weft {
namespace {

// From where on something is worth telling.
constexpr double shortest_run = 1;               // seconds
constexpr std::uint64_t many_tasks = 100;
constexpr double little_work = 0.5e-3;           // seconds of a task
constexpr double poor_efficiency = 0.8;          // of a stage's threads
constexpr double long_blocked = 0.2;             // of the run
constexpr double uneven = 3;                     // longest task to mean
constexpr double long_tail = 0.2;                // of a stage
constexpr double large_stage = 0.1;              // of the run
constexpr double long_alone = 0.3;               // of the run
constexpr double long_waiting = 0.4;             // of the time that tasks ran
constexpr double much_idle = 0.4;                // of the threads' time
constexpr double nearly_full = 0.9;              // of the memory
constexpr std::uint64_t much_swapped = 64 << 20; // bytes
constexpr std::uint64_t many_retries = 3;
constexpr double often = 0.05;                   // retries to tasks, or lost work to all

double in_seconds(Microseconds time) { return std::chrono::duration<double>(time).count(); }

/// Something of which there is a limited number, and how much a task of each stage takes.
struct Limit {
    std::string name{};
    std::int64_t capacity = 0;
    std::vector<std::int64_t> demand{};
    bool is_memory = false;
};

class Doctor {
public:
    explicit Doctor(const RunEvents& run)
        : run_(run),
          timeline_(timeline_of(run)),
          threads_(std::max(1, run.head.threads)),
          wall_(in_seconds(timeline_.end)),
          tasks_(timeline_.stages.size()) {
        for (const WorkSpan& span : timeline_.spans) {
            busy_ += timeline_.stages[span.stage].plan.blocking ? 0 : in_seconds(span.length());
            if (timeline_.stages[span.stage].sub_tasks > 0 && span.name.starts_with(timeline_.stages[span.stage].plan.name + "/"))
                tasks_[span.stage].push_back(&span);
        }
    }

    std::vector<Finding> findings() {
        if (wall_ >= shortest_run) {
            look_for_little_work();
            look_for_bottlenecks();
            look_for_imbalance();
            look_for_serial_stretches();
            const bool explained = !findings_.empty();
            look_for_waiting_inside();
            if (!explained) look_for_idle_threads();
        }
        look_at_memory();
        look_at_retries();
        std::stable_sort(findings_.begin(), findings_.end(), [](const Finding& a, const Finding& b) { return a.seconds > b.seconds; });
        return std::move(findings_);
    }

private:
    const std::string& name(std::size_t stage) const { return timeline_.stages[stage].plan.name; }

    /// When the sub-tasks of a stage ran, and what they make of the threads.
    struct SubTasks {
        double length = 0;      // seconds from the first begin to the last end
        double busy = 0;        // seconds of all of them
        double longest = 0;
        const WorkSpan* slowest = nullptr;
    };
    SubTasks sub_tasks(std::size_t stage) const {
        SubTasks result;
        Microseconds begin = Microseconds::max(), end{};
        for (const WorkSpan* task : tasks_[stage]) {
            begin = std::min(begin, task->begin);
            end = std::max(end, task->end);
            result.busy += in_seconds(task->length());
            if (result.slowest != nullptr && task->length() <= result.slowest->length()) continue;
            result.slowest = task;
            result.longest = in_seconds(task->length());
        }
        if (!tasks_[stage].empty()) result.length = in_seconds(end - begin);
        return result;
    }

    void look_for_little_work() {
        for (std::size_t stage = 0; stage < tasks_.size(); ++stage) {
            if (tasks_[stage].size() < many_tasks) continue;
            std::vector<double> lengths;
            for (const WorkSpan* task : tasks_[stage]) lengths.push_back(in_seconds(task->length()));
            const auto middle = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() / 2);
            std::nth_element(lengths.begin(), middle, lengths.end());
            const SubTasks all = sub_tasks(stage);
            const double efficiency = all.busy / std::max(1e-9, all.length * threads_);
            if (*middle >= little_work || efficiency >= poor_efficiency || all.length < large_stage * wall_) continue;
            small_tasks_.push_back(stage);
            findings_.push_back(
                {.pitfall = Pitfall::little_work_per_task,
                 .place = name(stage),
                 .seconds = all.length - all.busy / threads_,
                 .numbers = fmt::format("{}, half of them shorter than {}; {} of the threads' time was work",
                                        count_text(lengths.size(), "task"), time_text(*middle), share_text(efficiency)),
                 .change = fmt::format("in stage '{}' set `chunk: large`, or a number some {} times what it is now", name(stage),
                                       grouped(static_cast<std::uint64_t>(std::max(10.0, 20e-3 / std::max(1e-6, *middle)))))});
        }
    }

    std::vector<Limit> limits() const {
        std::vector<Limit> result;
        const auto add = [&](Limit limit, const std::function<std::int64_t(const Demand&)>& demand_of) {
            for (const StageTime& stage : timeline_.stages) limit.demand.push_back(demand_of(stage.plan.demand));
            result.push_back(std::move(limit));
        };
        if (run_.head.memory > 0) add({"memory", run_.head.memory, {}, true}, [](const Demand& demand) { return demand.memory; });
        if (run_.head.io > 0) add({"io", run_.head.io, {}, false}, [](const Demand& demand) { return demand.io; });
        for (const auto& [name, count] : run_.head.limits)
            add({name, count, {}, false}, [&name = name](const Demand& demand) {
                const auto found = demand.named.find(name);
                return std::int64_t{found == demand.named.end() ? 0 : found->second};
            });
        return result;
    }

    int running_on_threads(const Stretch& stretch) const {
        int running = 0;
        for (std::size_t stage = 0; stage < tasks_.size(); ++stage)
            running += timeline_.stages[stage].plan.blocking ? 0 : stretch.running[stage];
        return running;
    }

    void look_for_bottlenecks() {
        for (const Limit& limit : limits()) {
            double blocked = 0, idle = 0;
            std::vector<double> by_stage(tasks_.size());
            sweep(timeline_, [&](const Stretch& stretch) {
                std::int64_t used = 0;
                for (std::size_t stage = 0; stage < tasks_.size(); ++stage) used += stretch.running[stage] * limit.demand[stage];
                const int free_threads = threads_ - running_on_threads(stretch);
                const double length = in_seconds(stretch.end - stretch.begin);
                bool waits = false;
                for (std::size_t stage = 0; stage < tasks_.size(); ++stage) {
                    if (stretch.waiting[stage] == 0 || limit.demand[stage] == 0 || used + limit.demand[stage] <= limit.capacity) continue;
                    if (free_threads <= 0 && !timeline_.stages[stage].plan.blocking) continue;   // it would wait for a thread all the same
                    by_stage[stage] += length;
                    waits = true;
                }
                if (!waits) return;
                blocked += length;
                idle += length * std::max(1, free_threads);
            });
            if (blocked < long_blocked * wall_) continue;
            const auto most = static_cast<std::size_t>(std::max_element(by_stage.begin(), by_stage.end()) - by_stage.begin());
            const std::string numbers =
                fmt::format("for {} of the run it was used up while tasks waited for it and threads were idle; most of them of stage '{}'",
                            share_text(blocked / wall_), name(most));
            findings_.push_back({.pitfall = Pitfall::shared_bottleneck,
                                 .place = limit.name,
                                 .seconds = idle / threads_,
                                 .numbers = numbers,
                                 .change = more_of(limit, most)});
        }
    }

    std::string more_of(const Limit& limit, std::size_t stage) const {
        if (limit.is_memory) {
            const auto all = static_cast<std::uint64_t>(limit.capacity);
            const auto each = static_cast<std::uint64_t>(std::max<std::int64_t>(1, limit.demand[stage]));
            return fmt::format("`memory: {}` lets {} of stage '{}' run at a time, which ask for {} each: ask for less, or raise the budget",
                               size_text(all), count_text(all / each, "task"), name(stage), size_text(each));
        }
        if (limit.name == "io") return fmt::format("lower `io:` of stage '{}', if the disk bears more readers at a time", name(stage));
        return fmt::format(
            "raise `limits: {{ {0}: {1} }}`, if what it stands for bears more; else take `uses: {0}` from stages that can do "
            "without",
            limit.name, limit.capacity);
    }

    void look_for_imbalance() {
        for (std::size_t stage = 0; stage < tasks_.size(); ++stage) {
            if (tasks_[stage].size() < 4 || timeline_.stages[stage].plan.blocking) continue;
            const SubTasks all = sub_tasks(stage);
            const double mean = all.busy / static_cast<double>(tasks_[stage].size());
            const double lost = all.length - all.busy / threads_;
            if (all.longest < uneven * mean || lost < long_tail * all.length || all.length < large_stage * wall_ || all.longest < lost)
                continue;
            unbalanced_.push_back(stage);
            findings_.push_back(
                {.pitfall = Pitfall::imbalance,
                 .place = name(stage),
                 .seconds = lost,
                 .numbers = fmt::format(
                     "'{}' took {}, {:.1f} times the mean of {} tasks ({}); with even ones the stage would have ended {} earlier",
                     all.slowest->name, time_text(all.longest), all.longest / mean, grouped(tasks_[stage].size()), time_text(mean),
                     time_text(lost)),
                 .change =
                     fmt::format("in stage '{}' set `chunk: small`, or 1, so that the longest items do not sit in one task", name(stage))});
        }
    }

    bool is_among(const std::vector<std::size_t>& stages, std::size_t stage) const {
        return std::find(stages.begin(), stages.end(), stage) != stages.end();
    }

    void look_for_serial_stretches() {
        if (threads_ < 2) return;
        std::vector<double> alone(tasks_.size());
        double tail = 0;
        sweep(timeline_, [&](const Stretch& stretch) {
            const int running = std::accumulate(stretch.running.begin(), stretch.running.end(), 0);
            const double length = in_seconds(stretch.end - stretch.begin);
            tail = running > 1 ? 0 : tail + length;
            if (running != 1 || std::accumulate(stretch.waiting.begin(), stretch.waiting.end(), 0) > 0) return;
            const auto stage =
                static_cast<std::size_t>(std::find(stretch.running.begin(), stretch.running.end(), 1) - stretch.running.begin());
            if (!is_among(unbalanced_, stage) && !is_among(small_tasks_, stage)) alone[stage] += length;
        });
        const double all = std::accumulate(alone.begin(), alone.end(), 0.0);
        if (all < long_alone * wall_) return;
        const auto most = static_cast<std::size_t>(std::max_element(alone.begin(), alone.end()) - alone.begin());
        double critical = 0;
        for (const StageTime& stage : timeline_.stages) critical += stage.critical ? in_seconds(stage.length()) : 0;
        findings_.push_back(
            {.pitfall = Pitfall::serial_stretch,
             .place = name(most),
             .seconds = all * (threads_ - 1) / threads_,
             .numbers = fmt::format(
                 "for {} of the run one task ran alone, {} of that in stage '{}' and {} at the end of the run; the critical path "
                 "takes {} of {}",
                 share_text(all / wall_), time_text(alone[most]), name(most), time_text(tail), time_text(critical), time_text(wall_)),
             .change = fmt::format(
                 "split stage '{}' (`foreach`, or a smaller `chunk` where it has one), or take from its `needs` what it can start "
                 "without, so that others run beside it",
                 name(most))});
    }

    void look_for_waiting_inside() {
        const HeldThreads held = held_threads(run_, timeline_);
        if (held.ran < large_stage * wall_) return;
        const double waited = held.ran - held.worked - held.crowded;
        const auto most = static_cast<std::size_t>(std::max_element(held.waited.begin(), held.waited.end()) - held.waited.begin());
        if (held.crowded >= long_waiting * held.ran)
            findings_.push_back(
                {.pitfall = Pitfall::crowded_processors,
                 .seconds = held.crowded / threads_,
                 .numbers = fmt::format("for {} of the time that tasks ran they stood in line for a processor; {} were meant to run "
                                        "at a time",
                                        share_text(held.crowded / held.ran), count_text(static_cast<std::uint64_t>(threads_), "thread")),
                 .change = "take as many `threads` as there are processors that nobody else uses, or run it when others have ended"});
        if (waited < long_waiting * held.ran) return;
        const ResourceSample& first = run_.samples.front();
        const ResourceSample& last = run_.samples.back();
        const double between = std::max(1e-3, in_seconds(last.at - first.at));
        const auto per_second = [&](std::uint64_t from, std::uint64_t to) {
            return size_text(static_cast<std::uint64_t>(static_cast<double>(to - std::min(from, to)) / between));
        };
        findings_.push_back(
            {.pitfall = Pitfall::io_wait,
             .place = name(most),
             .seconds = waited / threads_,
             .numbers = fmt::format("while tasks ran they wanted a processor for {} of the time, the least in stage '{}'; {}/s were "
                                    "read from disks, {}/s written",
                                    share_text(1 - waited / held.ran), name(most), per_second(first.read_bytes, last.read_bytes),
                                    per_second(first.written_bytes, last.written_bytes)),
             .change = fmt::format("set `kind: io` in stage '{}', so that its tasks wait beside the work of others, or put its "
                                   "files on a faster disk",
                                   name(most))});
    }

    void look_for_idle_threads() {
        const double idle = 1 - busy_ / (wall_ * threads_);
        if (threads_ < 2 || idle < much_idle) return;
        const double mean = busy_ / wall_;
        findings_.push_back(
            {.pitfall = Pitfall::idle_threads,
             .seconds = 0,
             .numbers = fmt::format("threads had nothing to do for {} of the time: {:.1f} of {} were busy on average", share_text(idle),
                                    mean, threads_),
             .change = fmt::format(
                 "more can run at a time with a smaller `chunk`, `foreach` or fewer `needs`; as it is, `threads: {}` is as fast",
                 std::max(1, std::min(threads_ - 1, timeline_.lanes)))});
    }

    void look_at_memory() {
        std::uint64_t swapped = 0;
        for (const ResourceSample& sample : run_.samples) swapped = std::max(swapped, sample.swapped);
        const bool full =
            run_.head.memory > 0 && static_cast<double>(run_.peak_memory) >= nearly_full * static_cast<double>(run_.head.memory);
        if (!full && swapped < much_swapped) return;
        std::string numbers = fmt::format("{} at most", size_text(run_.peak_memory));
        if (run_.head.memory > 0) numbers += fmt::format(" of a budget of {}", size_text(static_cast<std::uint64_t>(run_.head.memory)));
        if (swapped > 0) numbers += fmt::format("; {} were moved out of memory", size_text(swapped));
        findings_.push_back(
            {.pitfall = Pitfall::memory_pressure,
             .numbers = numbers,
             .change =
                 "tell stages what a task needs (`memory:`), so that fewer run at a time, or take fewer `threads` or a smaller `chunk`"});
    }

    void look_at_retries() {
        std::uint64_t retries = 0;
        double lost = 0;
        std::map<std::string, std::uint64_t> reasons;
        std::vector<std::uint64_t> by_stage(tasks_.size());
        for (const LoggedEvent& event : run_.events) {
            if (event.kind != TaskEventKind::retrying) continue;
            ++retries;
            ++reasons[event.text];
            ++by_stage[timeline_.stage_of[event.task]];
        }
        for (const WorkSpan& span : timeline_.spans) lost += span.again ? in_seconds(span.length()) : 0;
        const auto tasks = static_cast<double>(timeline_.spans.size());
        if (retries < many_retries || (static_cast<double>(retries) < often * tasks && lost < often * busy_)) return;
        const auto most = static_cast<std::size_t>(std::max_element(by_stage.begin(), by_stage.end()) - by_stage.begin());
        const auto reason =
            std::max_element(reasons.begin(), reasons.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
        findings_.push_back(
            {.pitfall = Pitfall::retries,
             .place = name(most),
             .seconds = lost / threads_,
             .numbers = fmt::format("{} further attempts, {} of work lost; {} times because of: {}", grouped(retries), time_text(lost),
                                    grouped(reason->second), printable(reason->first)),
             .change = fmt::format("see to the reason; what cannot be better the next time does not belong into `retry.on` of stage '{}'",
                                   name(most))});
    }

    const RunEvents& run_;
    RunTimeline timeline_;
    int threads_;
    double wall_;
    double busy_ = 0;                                    // seconds of work on threads
    std::vector<std::vector<const WorkSpan*>> tasks_;    // sub-tasks of each stage
    std::vector<std::size_t> small_tasks_{};
    std::vector<std::size_t> unbalanced_{};
    std::vector<Finding> findings_{};
};

}  // namespace

std::string_view name_of(Pitfall pitfall) {
    constexpr std::string_view names[] = {"too little work per task",
                                          "shared bottleneck",
                                          "imbalance",
                                          "long serial stretch",
                                          "waiting inside of tasks",
                                          "crowded processors",
                                          "idle threads",
                                          "memory pressure",
                                          "retries"};
    return names[static_cast<std::size_t>(pitfall)];
}

std::vector<Finding> diagnose(const RunEvents& run) { return Doctor(run).findings(); }

std::string doctor_text(const RunEvents& run) {
    const std::vector<Finding> findings = diagnose(run);
    if (findings.empty()) return "nothing stands out: none of the known pitfalls held this run up\n";
    std::string text;
    for (std::size_t i = 0; i < findings.size(); ++i) {
        const Finding& finding = findings[i];
        text += fmt::format("{}. {}{}{}\n", i + 1, name_of(finding.pitfall), finding.place.empty() ? "" : ": ", printable(finding.place));
        text += fmt::format("   seen    {}\n", printable(finding.numbers));
        if (finding.seconds > 0) text += fmt::format("   cost    {} at most\n", time_text(finding.seconds));
        text += fmt::format("   change  {}\n", printable(finding.change));
    }
    return text;
}

}  // namespace weft
