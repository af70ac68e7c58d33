// One task seen from outside: whether it has ended, what it gave, how far it is.
#pragma once

#include <any>
#include <array>
#include <chrono>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "weft/executor/task_event.hpp"
#include "weft/executor/task_state.hpp"
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

/// A shared view; any thread. A handle outlives its executor, and keeps the results of all its tasks while it lives.
template <class T>
class TaskHandle {
public:
    TaskHandle(std::shared_ptr<TaskBoard> board, TaskState& state, TaskId id) : board_(std::move(board)), state_(&state), id_(id) {}

    /// For `after`.
    TaskId id() const { return id_; }

    bool ready() const { return state_->ended(); }

    /// The outcome, when the task has ended.
    std::optional<Outcome<T>> try_get() const {
        if (!state_->ended()) return std::nullopt;
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
        board_->wait(*state_);
        return outcome();
    }

    /// Whether the task ended within that time.
    bool wait_for(std::chrono::milliseconds time) const { return board_->wait_for(*state_, time); }

    /// Asks the task to stop; it ends as cancelled, unless it was faster.
    void cancel() { board_->extras_of(*state_).cancel.request("the task was cancelled"); }

    TaskProgress progress() const { return state_->progress(); }
    TaskMeta meta() const { return state_->meta(); }

private:
    Outcome<T> outcome() const {
        Outcome<T> result{.status = state_->status.load()};
        if (result.status == TaskStatus::done) {
            const T* const value = std::any_cast<T>(&state_->value);
            if (value == nullptr) throw std::logic_error("the task's result is of another type than its handle");
            result.value = *value;
        } else if (const TaskExtras* const its = state_->extras.load()) {
            if (result.status == TaskStatus::failed) result.failure = its->failure;
            result.reason = its->reason;
        }
        return result;
    }

    std::shared_ptr<TaskBoard> board_;
    TaskState* state_;
    TaskId id_;
};

/// The tasks that another one waits for: executor.add("join", work, after(left, right)).
template <class... T>
std::array<TaskId, sizeof...(T)> after(const TaskHandle<T>&... tasks) {
    return {tasks.id()...};
}

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
