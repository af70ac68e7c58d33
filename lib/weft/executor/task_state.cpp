#include "weft/executor/task_state.hpp"

#include <algorithm>

namespace weft {

TaskMeta TaskState::meta() const {
    const TaskStatus now = status.load();   // first: what led to it is seen with it
    TaskMeta meta{std::chrono::nanoseconds{ready.load()}, std::chrono::nanoseconds{begin.load()}, std::chrono::nanoseconds{end.load()}};
    if (now == TaskStatus::running || now == TaskStatus::done || now == TaskStatus::failed) meta.attempts = 1;
    if (const TaskExtras* const its = extras.load()) {
        meta.attempts = std::max(meta.attempts, its->attempts.load());
        meta.sub_tasks = its->sub_tasks.load();
    }
    return meta;
}

TaskProgress TaskState::progress() const {
    const TaskExtras* const its = extras.load();
    return its == nullptr ? TaskProgress{} : TaskProgress{its->progress_done.load(), its->progress_total.load()};
}

TaskBoard::TaskBoard() : number_([] {
    static std::atomic<std::uint32_t> last{0};
    return last.fetch_add(1) + 1;
}()) {}

TaskExtras& TaskBoard::extras_of(TaskState& state) {
    if (TaskExtras* const known = state.extras.load(std::memory_order_acquire)) return *known;
    const std::lock_guard lock{mutex_};
    if (TaskExtras* const known = state.extras.load(std::memory_order_acquire)) return *known;
    TaskExtras& made = extras_.emplace_back();
    made.cancel.follow(cancel_.token());
    state.extras.store(&made, std::memory_order_release);
    return made;
}

void TaskBoard::end(TaskState& state, TaskStatus with) {
    // Both this store and the look at the counter are sequentially consistent, and so are their counterparts in `wait`: either the
    // waiting thread sees the end, or this one sees the waiting thread.
    state.status.store(with);
    if (waiting_.load() == 0) return;
    { const std::lock_guard lock{mutex_}; }
    changed_.notify_all();
}

void TaskBoard::wait(const TaskState& state) { wait(state, std::nullopt); }

bool TaskBoard::wait_for(const TaskState& state, std::chrono::milliseconds time) {
    wait(state, std::chrono::steady_clock::now() + time);
    return state.ended();
}

void TaskBoard::wait(const TaskState& state, const std::optional<std::chrono::steady_clock::time_point>& until) {
    if (state.ended()) return;
    std::unique_lock lock{mutex_};
    const std::pair<std::thread::id, const TaskState*> self{std::this_thread::get_id(), &state};
    waiting_threads_.push_back(self);
    waiting_.fetch_add(1);
    const auto ended = [&] { return state.ended(); };
    if (until) changed_.wait_until(lock, *until, ended);
    else changed_.wait(lock, ended);
    waiting_.fetch_sub(1);
    waiting_threads_.erase(std::find(waiting_threads_.begin(), waiting_threads_.end(), self));
}

std::vector<std::pair<std::thread::id, const TaskState*>> TaskBoard::waiting_threads() const {
    const std::lock_guard lock{mutex_};
    return waiting_threads_;
}

}  // namespace weft
