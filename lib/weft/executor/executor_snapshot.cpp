#include "weft/executor/executor_snapshot.hpp"

#include <algorithm>
#include <map>
#include <thread>

#include "weft/executor/executor_state.hpp"
#include "weft/executor/hierarchical_executor.hpp"

namespace weft {

bool ExecutorSnapshot::is_deadlock() const {
    // A task that is in none of the lists pauses before another attempt, and will come back.
    const auto is_listed = [&](const std::string& task) {
        const auto is_of_it = [&](const auto& one) { return one.name == task || one.name.starts_with(task + "/"); };
        return std::any_of(running.begin(), running.end(), is_of_it) || std::any_of(ready.begin(), ready.end(), is_of_it) ||
               std::any_of(waiting.begin(), waiting.end(), is_of_it);
    };
    const bool all_wait = std::all_of(running.begin(), running.end(),
                                      [&](const Running& task) { return !task.waits_for.empty() && is_listed(task.waits_for); });
    const bool none_can_start = std::none_of(ready.begin(), ready.end(), [](const Ready& task) { return task.lacks.empty(); });
    return !running.empty() && all_wait && none_can_start;
}

ExecutorSnapshot HierarchicalExecutor::snapshot() const {
    const ExecutorState& its = *state_;
    ExecutorSnapshot result;
    if (!its.can_be_seen.load(std::memory_order_acquire)) return result;

    std::multimap<const TaskState*, std::thread::id> awaited;
    for (const auto& [thread, state] : its.board->waiting_threads()) awaited.emplace(state, thread);
    std::map<std::thread::id, std::string> waits_for;   // threads, and the task whose end they wait for
    std::vector<bool> ended;
    for (const Task& task : its.tasks) {
        ended.push_back(task.state->ended());
        for (auto [one, end] = awaited.equal_range(task.state); one != end; ++one) waits_for[one->second] = task.name;
    }
    for (std::size_t index = 0; index < its.tasks.size(); ++index) {
        if (ended[index]) continue;
        ExecutorSnapshot::Waiting waiting{its.tasks[index].name, {}};
        for (const std::uint32_t other : its.dependencies[index])
            if (!ended[other]) waiting.waits_for.push_back(its.tasks[other].name);
        if (!waiting.waits_for.empty()) result.waiting.push_back(std::move(waiting));
        else if (!its.queued && its.tasks[index].state->status.load() == TaskStatus::waiting) result.ready.push_back({its.tasks[index].name, {}});
    }
    const JobScheduler& scheduler = its.engine->scheduler();
    const auto now = std::chrono::steady_clock::now();
    for (JobView& job : scheduler.running_jobs()) {
        const auto other = waits_for.find(job.thread);
        result.running.push_back(
            {std::move(job.name), now - job.since, std::move(job.demand), other == waits_for.end() ? "" : other->second});
    }
    for (std::size_t index = 0; index < its.tasks.size() && !its.queued; ++index) {
        const std::thread::id thread = its.tasks[index].state->thread.load(std::memory_order_acquire);
        if (ended[index] || thread == std::thread::id{}) continue;
        const auto other = waits_for.find(thread);
        const TaskEngine::Time begin = its.start + its.tasks[index].state->meta().begin;
        result.running.push_back({its.tasks[index].name, now - begin, {}, other == waits_for.end() ? "" : other->second});
    }
    for (JobView& job : scheduler.queued_jobs()) result.ready.push_back({std::move(job.name), scheduler.resources().missing(job.demand)});
    return result;
}

}  // namespace weft
