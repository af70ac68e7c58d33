// The inside of HierarchicalExecutor: its tasks, their attempts and sub-tasks. Included by its source files alone.
//
// A task is a node of the engine. Its body begins an attempt and says `later`; the attempt counts its members (the function and the
// sub-tasks that this spawns), and the member that leaves last concludes it: the node ends, or another attempt is submitted.
#pragma once

#include <any>
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "weft/executor/dependency_order.hpp"
#include "weft/executor/hierarchical_executor.hpp"
#include "weft/executor/task_engine.hpp"

namespace weft {

/// A task as it was added.
struct Task {
    std::string name{};
    TaskFunction work{};
    std::vector<std::string> waits_for{};     // names, as given
    TaskOptions options{};
    Failure failure = Failure::error;
    std::shared_ptr<TaskState> state = std::make_shared<TaskState>();
    NodeId node = no_node;
};

/// What a function threw.
struct Thrown {
    std::exception_ptr exception{};
    Failure failure = Failure::error;
    bool cancelled = false;                   // it was asked to stop, and not because of its timeout
    std::size_t rank = 0;                     // 0: the task's own function; sub-tasks from 1, in the order in which they were spawned
};

/// One attempt of a task: its function and the sub-tasks that this has spawned.
struct Attempt {
    std::size_t task = 0;
    int number = 1;
    Demand demand{};
    CancellationSource cancel{};
    std::atomic<std::uint64_t> outstanding{1};   // the function itself and its sub-tasks
    std::mutex mutex{};                          // guards what follows
    std::any value{};
    TaskFunction afterwards{};
    std::optional<Thrown> failed{};
    std::size_t spawned = 0;
    std::vector<std::pair<std::size_t, TaskRecord>> failed_sub_tasks{};

    /// A real failure counts before a cancellation, then the lowest rank, so that a task fails for the same reason in every run.
    void fail(Thrown thrown) {
        const std::lock_guard lock{mutex};
        if (!failed || std::pair(thrown.cancelled, thrown.rank) < std::pair(failed->cancelled, failed->rank)) failed = std::move(thrown);
    }
};

/// A sub-task between its attempts.
struct SubTask {
    std::string name{};                          // with that of its task
    std::size_t rank = 0;
    std::function<void(TaskContext&)> work{};
    std::shared_ptr<Attempt> of{};
    Demand demand{};
    int number = 1;
    TaskEngine::Time ready{};
};

struct TaskContext::Run {
    ExecutorState& executor;
    std::shared_ptr<Attempt> attempt;
    const std::string& name;
    int number;
    CancellationToken cancel;
    enum class Role : std::uint8_t { task, sub_task, afterwards } role;
};

struct ExecutorState {
    ExecutorOptions options{};
    std::vector<Task> tasks{};
    Dependencies dependencies{};              // of the tasks, from their names; made by link()
    std::map<std::string, std::size_t, std::less<>> by_name{};
    std::vector<std::string> names_used_twice{};
    bool executed = false;
    std::atomic<bool> draining{false};

    std::optional<TaskEngine> engine{};
    std::atomic<bool> can_be_seen{false};     // the engine and all that is made before it runs
    CancellationSource cancel{};
    TaskEngine::Time start{};
    std::vector<std::size_t> task_of_node{};
    std::vector<double> priorities{};
    std::atomic<std::uint64_t> sink_errors{0};
    std::mutex failed_mutex{};
    std::vector<std::pair<std::size_t, TaskRecord>> failed_sub_tasks{};   // with the index of their task

    std::vector<std::string> link();
    void build_engine(const std::vector<std::uint32_t>& order, std::span<const double> costs);
    void begin_attempt(std::size_t index, int number, Demand demand);
    void run_sub_task(const std::shared_ptr<SubTask>& sub);
    void submit(const std::shared_ptr<SubTask>& sub, std::chrono::milliseconds pause);
    std::optional<Thrown> call(TaskContext::Run& run, const std::function<void(TaskContext&)>& work, std::size_t rank);
    void leave(const std::shared_ptr<Attempt>& attempt);
    void conclude(Attempt& attempt);
    void not_run(std::size_t index, NodeState state, NodeId cause);
    void emit(TaskEvent event);
    Lane lane(std::size_t index) const { return tasks[index].options.blocking ? Lane::blocking : Lane::compute; }
    std::chrono::nanoseconds since_start(TaskEngine::Time time) const { return time - start; }
    ExecutionReport report(std::span<const std::uint32_t> order) const;
};

}  // namespace weft
