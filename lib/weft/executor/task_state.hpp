// What tasks and their handles share: how each task stands, and where those wait who wait for its end.
//
// A graph may have a million tasks that do next to nothing, so a task's own part is a few words without a lock: its end is stored last,
// and who sees the end sees all that led to it. What few tasks ever have (a failure, a cancellation of their own) lies elsewhere and is
// made when it is needed. Not for users.
#pragma once

#include <any>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <memory_resource>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "weft/executor/cancellation.hpp"
#include "weft/executor/retry.hpp"
#include "weft/executor/task_event.hpp"

namespace weft {

/// A task, by its executor and its place in the order in which tasks were added.
struct TaskId {
    std::uint32_t executor = 0;
    std::uint32_t task = 0;
};

/// What most small tasks never have.
struct TaskExtras {
    std::exception_ptr failure{};
    Failure failure_class = Failure::error;
    std::string reason{};                    // in words, for every end but done
    std::string cause{};                     // when skipped: the task whose failure it was
    CancellationSource cancel{};             // of this task alone
    std::atomic<int> attempts{0};            // of those that are not over after one
    std::atomic<std::uint64_t> sub_tasks{0};
    std::atomic<std::uint64_t> progress_done{0};
    std::atomic<std::uint64_t> progress_total{0};
};

struct TaskState {
    std::atomic<TaskStatus> status{TaskStatus::waiting};
    std::atomic<std::thread::id> thread{};   // that runs the task's function at this moment
    std::any value{};
    std::atomic<std::int64_t> ready{0};      // nanoseconds since the start of the run, as the two below
    std::atomic<std::int64_t> begin{0};
    std::atomic<std::int64_t> end{0};
    std::atomic<TaskExtras*> extras{nullptr};   // of the board

    bool ended() const { return status.load() >= TaskStatus::done; }
    TaskMeta meta() const;
    TaskProgress progress() const;
};
static_assert(std::atomic<std::thread::id>::is_always_lock_free);

/// The states of all tasks of a run. It outlives the executor when handles do.
class TaskBoard {
public:
    TaskBoard();

    /// Of its executor, like no other in this process.
    std::uint32_t number() const { return number_; }

    /// Not while the run is running.
    TaskState& add() { return states_.emplace_back(); }

    /// Made on the first call.
    TaskExtras& extras_of(TaskState& state);

    /// Gives a task its end: the last that happens to it.
    void end(TaskState& state, TaskStatus with);

    /// Waits for a task's end; meanwhile others can see that this thread waits.
    void wait(const TaskState& state);
    bool wait_for(const TaskState& state, std::chrono::milliseconds time);

    /// Threads that wait, each with the task whose end it waits for.
    std::vector<std::pair<std::thread::id, const TaskState*>> waiting_threads() const;

    /// Of the whole run: cancels all tasks.
    CancellationSource& cancel() { return cancel_; }
    const CancellationSource& cancel() const { return cancel_; }

private:
    void wait(const TaskState& state, const std::optional<std::chrono::steady_clock::time_point>& until);

    const std::uint32_t number_;
    std::pmr::unsynchronized_pool_resource memory_{{.max_blocks_per_chunk = 100, .largest_required_pool_block = 512}};   // a block of a deque
    std::pmr::deque<TaskState> states_{&memory_};
    CancellationSource cancel_{};
    std::atomic<int> waiting_{0};        // threads, so that an end that nobody waits for takes no lock
    mutable std::mutex mutex_{};         // guards what follows
    std::condition_variable changed_{};
    std::deque<TaskExtras> extras_{};
    std::vector<std::pair<std::thread::id, const TaskState*>> waiting_threads_{};
};

}  // namespace weft
