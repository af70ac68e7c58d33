// The inside of HierarchicalExecutor: its tasks, their attempts and sub-tasks. Included by its source files alone.
//
// A task is a node of the engine. Its body runs the task's function, and most tasks are done with that. One that has more to do (sub-tasks,
// a failure, another try) has an attempt, and its body says `later`; the attempt counts its members (the function and the
// sub-tasks that this spawns), and the member that leaves last concludes it: the node ends, or another attempt is submitted.
#pragma once

#include <any>
#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <memory_resource>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tsl/robin_set.h>

#include "weft/executor/dependency_order.hpp"
#include "weft/executor/hierarchical_executor.hpp"
#include "weft/executor/task_engine.hpp"

namespace weft {

/// A task as it was added.
struct Task {
    std::string name{};
    TaskFunction work{};
    const TaskOptions* options = nullptr;     // never null
    TaskState* state = nullptr;               // never null
    NodeId node = no_node;
};

/// Tasks by their names, as indices: the names themselves lie in the tasks.
struct TaskNameHash {
    using is_transparent = void;
    const std::pmr::deque<Task>* tasks;
    std::size_t operator()(std::string_view name) const { return std::hash<std::string_view>{}(name); }
    std::size_t operator()(std::uint32_t task) const { return (*this)(std::string_view((*tasks)[task].name)); }
};
struct TaskNameEqual {
    using is_transparent = void;
    const std::pmr::deque<Task>* tasks;
    bool operator()(std::uint32_t a, std::uint32_t b) const { return (*tasks)[a].name == (*tasks)[b].name; }
    bool operator()(std::uint32_t task, std::string_view name) const { return (*tasks)[task].name == name; }
    bool operator()(std::string_view name, std::uint32_t task) const { return (*this)(task, name); }
};
constexpr bool store_hash = true;   // so that most others are told apart, and the table grows, without a look at a name
using TasksByName = tsl::robin_set<std::uint32_t, TaskNameHash, TaskNameEqual, std::allocator<std::uint32_t>, store_hash>;

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

/// One call of a function of a task. The function may use its context from several threads.
struct TaskContext::Run {
    enum class Role : std::uint8_t { task, sub_task, afterwards };

    ExecutorState& executor;
    std::size_t task;
    const std::string& name;
    int number;
    const Demand& demand;                        // of the attempt, and of a sub-task that is spawned without one of its own
    Role role;
    std::shared_ptr<Attempt> attempt{};          // null until it is needed: most small tasks never need one
    std::optional<CancellationToken> cancel{};   // the same
    std::mutex mutex{};                          // while the function runs, guards the making of those two

    const std::shared_ptr<Attempt>& its_attempt();
    const CancellationToken& token();

private:
    const std::shared_ptr<Attempt>& made_attempt();
};

struct ExecutorState {
    ExecutorOptions options{};
    std::shared_ptr<TaskBoard> board = std::make_shared<TaskBoard>();
    std::pmr::unsynchronized_pool_resource memory{{.max_blocks_per_chunk = 100, .largest_required_pool_block = 512}};   // a block of a deque
    std::pmr::deque<Task> tasks{&memory};
    std::deque<TaskOptions> task_options{};   // of the tasks that have some
    Dependencies dependencies{};              // of the tasks; complete after link()
    TasksByName by_name{0, {&tasks}, {&tasks}};
    std::uint32_t indexed = 0;                // so many tasks are in by_name, or in names_used_twice
    struct LateName {
        std::uint32_t task = 0;
        std::size_t behind = 0;               // so many of the task's dependencies stand before it
        std::string name{};
    };
    std::vector<LateName> late_names{};       // dependencies that were not there yet when their task was added
    std::vector<std::string> names_used_twice{};
    std::vector<std::uint32_t> added_after{};   // what the task waits for that is being added; kept for its memory
    std::atomic<bool> executed{false};
    std::atomic<bool> draining{false};

    std::optional<TaskEngine> engine{};
    std::atomic<bool> can_be_seen{false};     // the engine and all that is made before it runs
    TaskEngine::Time start{};
    bool queued = true;                       // ready tasks wait in the queue, by priority and for tokens; otherwise they go straight to the threads
    std::vector<std::uint32_t> task_of_node{};
    std::vector<double> priorities{};         // of each task, when they are queued
    std::atomic<std::uint64_t> sink_errors{0};
    std::mutex failed_mutex{};
    std::vector<std::pair<std::size_t, TaskRecord>> failed_sub_tasks{};   // with the index of their task

    void refuse_when_executed(const std::string& name) const;
    std::pair<TaskState*, TaskId> add(std::string name, TaskFunction work, std::span<const std::uint32_t> after, TaskOptions* its_options);
    void index_names();
    std::vector<std::string> link(const SchedulerOptions& scheduler);
    void build_engine(const SchedulerOptions& scheduler, std::vector<std::uint32_t> order);
    BodyEnd begin_attempt(std::size_t index, int number, const Demand& demand);
    void begin_again(std::size_t index, int number, const Demand& demand);
    void run_sub_task(const std::shared_ptr<SubTask>& sub);
    void submit(const std::shared_ptr<SubTask>& sub, std::chrono::milliseconds pause);
    std::optional<Thrown> call(TaskContext::Run& run, const std::function<void(TaskContext&)>& work, std::size_t rank);
    void leave(const std::shared_ptr<Attempt>& attempt);
    void conclude(Attempt& attempt);
    void not_run(std::size_t index, NodeState state, NodeId cause);
    void note_progress(std::size_t index, std::uint64_t done, std::uint64_t total);
    void emit(TaskEvent event);               // at its time; one without a time happens now
    Lane lane(std::size_t index) const { return tasks[index].options->blocking ? Lane::blocking : Lane::compute; }
    double priority(std::size_t index) const { return queued ? priorities[index] : 0; }
    std::chrono::nanoseconds since_start(TaskEngine::Time time) const { return time - start; }
};

}  // namespace weft
