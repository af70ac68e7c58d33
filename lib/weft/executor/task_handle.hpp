// One task seen from outside: whether it has ended, what it gave, how far it is.
#pragma once

#include <any>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "weft/executor/cancellation.hpp"
#include "weft/executor/task_event.hpp"
#include "weft/model/error.hpp"

namespace weft {

/// Whether the failure of one task is the failure of all.
enum class OnError : std::uint8_t {
    fail,         // nothing new starts, what runs is asked to stop
    skip,         // what depends on the task goes on without it
    keep_going,   // what depends on it is skipped, everything else goes on
};

/// What became of a task: a value, or why there is none.
template <class T>
struct Outcome {
    TaskStatus status = TaskStatus::waiting;
    std::optional<T> value{};            // only when done
    std::exception_ptr failure{};        // what the task threw; null unless it failed
    std::string reason{};                // in words, for every end but done
};

/// What a task and its handles share. Not for users.
struct TaskState {
    mutable std::mutex mutex{};          // guards what follows up to `ended`
    std::condition_variable changed{};
    TaskStatus status = TaskStatus::waiting;
    std::any value{};
    std::exception_ptr failure{};
    std::string reason{};
    TaskMeta meta{};
    bool ended = false;
    std::vector<std::thread::id> waiting_threads{};   // that wait for its end; for messages
    std::atomic<std::uint64_t> progress_done{0};
    std::atomic<std::uint64_t> progress_total{0};
    CancellationSource cancel{};         // of this task alone; the executor makes it a child of the run's

    void end(TaskStatus with) {
        {
            const std::lock_guard lock{mutex};
            status = with;
            ended = true;
        }
        changed.notify_all();
    }

    /// Waits for the end under `lock`, by one of the waits of `changed`; meanwhile others can see that this thread waits.
    template <class Wait>
    auto await_end(std::unique_lock<std::mutex>& lock, Wait wait) {
        const std::thread::id self = std::this_thread::get_id();
        if (!ended) waiting_threads.push_back(self);
        const auto result = wait(lock, [this] { return ended; });
        std::erase(waiting_threads, self);
        return result;
    }
};

/// A shared view; any thread. A handle outlives its executor.
template <class T>
class TaskHandle {
public:
    explicit TaskHandle(std::shared_ptr<TaskState> state) : state_(std::move(state)) {}

    bool ready() const {
        const std::lock_guard lock{state_->mutex};
        return state_->ended;
    }

    /// The outcome, when the task has ended.
    std::optional<Outcome<T>> try_get() const {
        const std::lock_guard lock{state_->mutex};
        if (!state_->ended) return std::nullopt;
        return outcome();
    }

    /// Waits. Rethrows the task's own exception; throws Cancelled when the task was cancelled or skipped.
    T get() const {
        Outcome<T> result = wait();
        if (result.failure) std::rethrow_exception(result.failure);
        if (!result.value) throw Cancelled{{"", result.reason, ""}};
        return std::move(*result.value);
    }

    /// Waits, and says how it went without throwing.
    Outcome<T> wait() const {
        std::unique_lock lock{state_->mutex};
        state_->await_end(lock, [&](auto& held, auto ended) {
            state_->changed.wait(held, ended);
            return true;
        });
        return outcome();
    }

    /// Whether the task ended within that time.
    bool wait_for(std::chrono::milliseconds time) const {
        std::unique_lock lock{state_->mutex};
        return state_->await_end(lock, [&](auto& held, auto ended) { return state_->changed.wait_for(held, time, ended); });
    }

    /// Asks the task to stop; it ends as cancelled, unless it was faster.
    void cancel() { state_->cancel.request("the task was cancelled"); }

    TaskProgress progress() const { return {state_->progress_done.load(), state_->progress_total.load()}; }

    TaskMeta meta() const {
        const std::lock_guard lock{state_->mutex};
        return state_->meta;
    }

private:
    Outcome<T> outcome() const {
        Outcome<T> result{.status = state_->status, .failure = state_->failure, .reason = state_->reason};
        if (state_->status == TaskStatus::done) {
            const T* const value = std::any_cast<T>(&state_->value);
            if (value == nullptr) throw std::logic_error("the task's result is of another type than its handle");
            result.value = *value;
        }
        return result;
    }

    std::shared_ptr<TaskState> state_;
};

/// Waits for all. With OnError::fail the first failure, in the order given, is rethrown once all have ended, and cancels the others at once.
template <class T>
std::vector<Outcome<T>> gather(std::span<TaskHandle<T>> handles, OnError on_error = OnError::fail) {
    std::vector<Outcome<T>> outcomes;
    outcomes.reserve(handles.size());
    for (TaskHandle<T>& handle : handles) {
        outcomes.push_back(handle.wait());
        if (on_error == OnError::fail && outcomes.back().failure)
            for (TaskHandle<T>& other : handles) other.cancel();
    }
    if (on_error == OnError::fail)
        for (const Outcome<T>& outcome : outcomes)
            if (outcome.failure) std::rethrow_exception(outcome.failure);
    return outcomes;
}

}  // namespace weft
