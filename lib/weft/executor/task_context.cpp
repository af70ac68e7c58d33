// What a running task can ask and say.
#include <stdexcept>

#include <fmt/format.h>

#include "weft/executor/executor_state.hpp"

namespace weft {

const std::any& TaskContext::input_value(std::string_view task) const {
    const std::vector<Task>& tasks = run_.executor.tasks;
    for (const std::uint32_t other : run_.executor.dependencies[run_.attempt->task]) {
        if (tasks[other].name != task) continue;
        const TaskState& state = *tasks[other].state;   // it has ended, so nobody writes to it any more
        if (state.status == TaskStatus::done) return state.value;
        throw std::logic_error(fmt::format("task '{}' asks for the result of '{}', which failed and was left out", run_.name, task));
    }
    throw std::logic_error(fmt::format("task '{}' asks for the result of '{}', which is not among its dependencies", run_.name, task));
}

bool TaskContext::has_input(std::string_view task) const {
    const std::vector<Task>& tasks = run_.executor.tasks;
    for (const std::uint32_t other : run_.executor.dependencies[run_.attempt->task])
        if (tasks[other].name == task) return tasks[other].state->status == TaskStatus::done;
    throw std::logic_error(fmt::format("task '{}' asks for '{}', which is not among its dependencies", run_.name, task));
}

void TaskContext::wrong_type(std::string_view task) const {
    throw std::logic_error(fmt::format("task '{}' asks for the result of '{}' as another type than it is", run_.name, task));
}

void TaskContext::spawn(std::string name, std::function<void(TaskContext&)> work) {
    spawn(std::move(name), std::move(work), run_.attempt->demand);
}

void TaskContext::spawn(std::string name, std::function<void(TaskContext&)> work, Demand demand) {
    if (const auto impossible = run_.executor.engine->scheduler().resources().impossible(demand); !impossible.empty())
        throw std::logic_error(fmt::format("task '{}' spawns '{}', which asks for {}", run_.name, name, impossible.front()));
    if (run_.role == Run::Role::afterwards) throw std::logic_error(fmt::format("task '{}' spawns '{}' after its sub-tasks have ended", run_.name, name));
    const auto sub = std::make_shared<SubTask>();
    sub->name = fmt::format("{}/{}", run_.executor.tasks[run_.attempt->task].name, name);   // also when a sub-task spawns it
    sub->work = std::move(work);
    sub->of = run_.attempt;
    sub->demand = std::move(demand);
    sub->ready = std::chrono::steady_clock::now();
    {
        const std::lock_guard lock{run_.attempt->mutex};
        sub->rank = ++run_.attempt->spawned;
    }
    run_.attempt->outstanding.fetch_add(1, std::memory_order_relaxed);   // never from 0: the caller is one of them
    run_.executor.submit(sub, std::chrono::milliseconds{0});
}

void TaskContext::afterwards(TaskFunction work) {
    if (run_.role != Run::Role::task) throw std::logic_error(fmt::format("'{}' is no task: only a task has something to do afterwards", run_.name));
    run_.attempt->afterwards = std::move(work);
}

const CancellationToken& TaskContext::cancel() const { return run_.cancel; }

void TaskContext::progress(std::uint64_t done, std::uint64_t total) {
    TaskState& state = *run_.executor.tasks[run_.attempt->task].state;
    if (run_.role == Run::Role::task) {
        state.progress_done.store(done);
        state.progress_total.store(total);
    }
    run_.executor.emit({.kind = TaskEventKind::progress, .task = run_.name, .attempt = run_.number, .progress = {done, total}});
}

void TaskContext::task_progress(std::uint64_t done, std::uint64_t total) {
    Task& task = run_.executor.tasks[run_.attempt->task];
    task.state->progress_done.store(done);
    task.state->progress_total.store(total);
    run_.executor.emit({.kind = TaskEventKind::progress, .task = task.name, .attempt = run_.number, .progress = {done, total}});
}

void TaskContext::log(std::string_view line) {
    run_.executor.emit({.kind = TaskEventKind::log, .task = run_.name, .attempt = run_.number, .text = line});
}

int TaskContext::attempt() const { return run_.number; }
const std::string& TaskContext::name() const { return run_.name; }

}  // namespace weft
