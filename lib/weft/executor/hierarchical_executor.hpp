// Named tasks with dependencies, each of which may split into sub-tasks, under one budget of threads, memory and other resources.
//
//     HierarchicalExecutor executor({.threads = 4});
//     executor.add("load_data", [](TaskContext&) { return load(); });
//     executor.add("parse", [](TaskContext& task) { return parse(task.input<Data>("load_data")); }, {"load_data"});
//     const ExecutionReport report = executor.execute();
//
// A task starts when its own dependencies are done, the one with the most work behind it first. One that fails takes down what its
// OnError says and no more; what depends on it says so. Nothing prints, nothing exits.
//
// Graphs of very many small tasks are welcome: where none of them asks for anything (no options, more than 1,000 tasks per thread), they
// go straight to the threads, without tokens and in no promised order, for less than a microsecond each (benchmarks/executor).
#pragma once

#include <any>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "weft/executor/cancellation.hpp"
#include "weft/executor/executor_snapshot.hpp"
#include "weft/executor/resources.hpp"
#include "weft/executor/retry.hpp"
#include "weft/executor/task_event.hpp"
#include "weft/executor/task_handle.hpp"

namespace weft {

/// What a task needs and how it is treated. Sub-tasks have the options of their task: its demand is that of each of them.
struct TaskOptions {
    Demand demand{};
    bool blocking = false;                                       // it mostly sleeps (reads, downloads): threads of their own
    RetryPolicy retry{};
    std::optional<std::chrono::milliseconds> timeout{};          // of one attempt of the task or sub-task
    OnError on_error = OnError::fail;                            // for its sub-tasks too: `skip` leaves out those that fail
    int priority = 0;                                            // before the critical path: larger first
    std::optional<std::chrono::milliseconds> expected{};         // how long it will take, from an earlier run; unknown counts as 1 s
};

class TaskContext;
struct ExecutorState;
using TaskFunction = std::function<std::any(TaskContext&)>;

/// One run of one task, as the task sees it. Sub-tasks have a context of their own.
class TaskContext {
public:
    /// The result of a dependency. std::logic_error when it is not one of this task's, or of another type.
    template <class T>
    const T& input(std::string_view task) const {
        const T* const value = std::any_cast<T>(&input_value(task));
        if (value == nullptr) wrong_type(task);
        return *value;
    }
    /// False when that dependency failed and was left out (OnError::skip).
    bool has_input(std::string_view task) const;

    /// Adds a sub-task, which starts as soon as the resources allow. The task ends when its sub-tasks have ended; meanwhile its
    /// own tokens are free. `name` is seen behind the task's own: "align/chunk 3".
    void spawn(std::string name, std::function<void(TaskContext&)> work);
    /// The same for a sub-task with a demand of its own; std::logic_error when it can never be met.
    void spawn(std::string name, std::function<void(TaskContext&)> work, Demand demand);

    /// What makes the task's result once all sub-tasks have ended, instead of the value that its function returned.
    void afterwards(TaskFunction work);

    /// Of this task's cancellation, its timeout and that of the run.
    const CancellationToken& cancel() const;

    void progress(std::uint64_t done, std::uint64_t total = 0);
    /// Progress of the whole task, told by a sub-task.
    void task_progress(std::uint64_t done, std::uint64_t total = 0);
    void log(std::string_view line);
    int attempt() const;
    const std::string& name() const;

    // Made by the executor alone.
    struct Run;
    explicit TaskContext(Run& run) : run_(run) {}

private:
    const std::any& input_value(std::string_view task) const;
    [[noreturn]] void wrong_type(std::string_view task) const;

    Run& run_;
};

/// How one task ended.
struct TaskRecord {
    std::string name{};
    TaskStatus status = TaskStatus::waiting;
    Failure failure = Failure::error;     // when failed
    std::string reason{};                 // why it failed, was skipped or cancelled
    std::exception_ptr thrown{};          // when failed
    std::string cause{};                  // when skipped: the task whose failure it was
    OnError on_error = OnError::fail;
    TaskMeta meta{};
};

/// How all of it ended. The records are made when they are asked for: a graph may have a million tasks of which nobody wants to hear.
class ExecutionReport {
public:
    std::chrono::nanoseconds wall{};
    std::uint64_t sink_errors = 0;
    Demand peak{};                               // most granted at one moment
    std::vector<TaskRecord> failed_sub_tasks{};  // in the order of their tasks

    /// In the order in which the tasks were added.
    std::vector<TaskRecord> tasks() const;
    /// The longest path of tasks by the times that were measured.
    std::vector<std::string> critical_path() const;
    std::size_t count(TaskStatus status) const;
    /// 0 all done, 3 done in part (failures under skip or keep_going), 1 failed (under fail), cancelled, or nothing done at all.
    int exit_code() const;
    /// Throws what the first failed task threw, if one failed.
    void rethrow() const;

    // Made by the executor alone.
    explicit ExecutionReport(std::shared_ptr<const ExecutorState> run) : run_(std::move(run)) {}

private:
    std::shared_ptr<const ExecutorState> run_;
};

struct ExecutorOptions {
    int threads = 0;                             // 0: as many as this process may use
    Resources resources{};                       // cpu 0: as many as threads
    EventSink events{};
};

class HierarchicalExecutor {
public:
    explicit HierarchicalExecutor(ExecutorOptions options = {});
    ~HierarchicalExecutor();
    HierarchicalExecutor(const HierarchicalExecutor&) = delete;
    HierarchicalExecutor& operator=(const HierarchicalExecutor&) = delete;

    /// Adds a task. `work` takes a TaskContext& and returns any copyable value, or nothing. Dependencies are names of tasks, which may be
    /// added later.
    template <class Work>
    auto add(std::string name, Work work, std::span<const std::string> dependencies = {}) {
        return added<Work>(add_task(std::move(name), function_of(std::move(work)), dependencies, nullptr));
    }
    template <class Work>
    auto add(std::string name, Work work, std::initializer_list<std::string> dependencies) {
        return add(std::move(name), std::move(work), std::span(dependencies.begin(), dependencies.size()));
    }
    template <class Work>
    auto add(std::string name, Work work, std::span<const std::string> dependencies, TaskOptions options) {
        return added<Work>(add_task(std::move(name), function_of(std::move(work)), dependencies, &options));
    }
    template <class Work>
    auto add(std::string name, Work work, std::initializer_list<std::string> dependencies, TaskOptions options) {
        return add(std::move(name), std::move(work), std::span(dependencies.begin(), dependencies.size()), std::move(options));
    }
    /// The same, waiting for tasks that were added before, as `after(a, b)` or a list of ids: cheaper than names, for large graphs.
    template <class Work>
    auto add(std::string name, Work work, std::span<const TaskId> dependencies) {
        return added<Work>(add_task(std::move(name), function_of(std::move(work)), dependencies, nullptr));
    }
    template <class Work>
    auto add(std::string name, Work work, std::span<const TaskId> dependencies, TaskOptions options) {
        return added<Work>(add_task(std::move(name), function_of(std::move(work)), dependencies, &options));
    }

    /// Runs everything; returns when each task has ended. Once per object: std::logic_error on a second call. Throws UsageError
    /// naming all faults (unknown dependency, cycle, name used twice, demand that can never be met) before any task has run.
    ExecutionReport execute(const CancellationToken& cancel = {});

    /// From now on nothing starts; what runs comes to its end. Any thread may ask, while `execute` runs or before.
    void drain();

    /// Who runs and who waits for what, now. Any thread, at any time; empty before tasks run.
    ExecutorSnapshot snapshot() const;

private:
    template <class Work>
    static TaskFunction function_of(Work work) {
        return [work = std::move(work)](TaskContext& context) -> std::any {
            if constexpr (std::is_void_v<std::invoke_result_t<Work, TaskContext&>>) {
                work(context);
                return std::monostate{};
            } else {
                return work(context);
            }
        };
    }
    template <class Work>
    auto added(std::pair<TaskState*, TaskId> task) const {
        using Result = std::invoke_result_t<Work, TaskContext&>;
        return TaskHandle<std::conditional_t<std::is_void_v<Result>, std::monostate, Result>>(board(), *task.first, task.second);
    }

    const std::shared_ptr<TaskBoard>& board() const;
    std::pair<TaskState*, TaskId> add_task(std::string name, TaskFunction work, std::span<const std::string> dependencies, TaskOptions* options);
    std::pair<TaskState*, TaskId> add_task(std::string name, TaskFunction work, std::span<const TaskId> dependencies, TaskOptions* options);

    std::shared_ptr<ExecutorState> state_;
};

}  // namespace weft
