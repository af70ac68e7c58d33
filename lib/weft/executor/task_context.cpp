// What a running task can ask and say.
#include <stdexcept>

#include <fmt/format.h>

#include "weft/executor/executor_state.hpp"

namespace weft {

namespace {

/// A dependency of a task, by its name; null when it has none of that name.
const TaskState* dependency_of(const TaskContext::Run& run, std::string_view name) {
    for (const std::uint32_t other : run.executor.dependencies[run.task])
        if (run.executor.tasks[other].name == name) return run.executor.tasks[other].state;
    return nullptr;
}

}  // namespace

const std::any& TaskContext::input_value(std::string_view task) const {
    const TaskState* const state = dependency_of(run_, task);
    if (state == nullptr)
        throw std::logic_error(fmt::format("task '{}' asks for the result of '{}', which is not among its dependencies", run_.name, task));
    if (state->status.load() != TaskStatus::done)
        throw std::logic_error(fmt::format("task '{}' asks for the result of '{}', which failed and was left out", run_.name, task));
    return state->value;   // it has ended, so nobody writes to it any more
}

bool TaskContext::has_input(std::string_view task) const {
    const TaskState* const state = dependency_of(run_, task);
    if (state == nullptr) throw std::logic_error(fmt::format("task '{}' asks for '{}', which is not among its dependencies", run_.name, task));
    return state->status.load() == TaskStatus::done;
}

void TaskContext::wrong_type(std::string_view task) const {
    throw std::logic_error(fmt::format("task '{}' asks for the result of '{}' as another type than it is", run_.name, task));
}

void TaskContext::spawn(std::string name, std::function<void(TaskContext&)> work) {
    spawn(std::move(name), std::move(work), run_.demand);
}

void TaskContext::spawn(std::string name, std::function<void(TaskContext&)> work, Demand demand) {
    if (const auto impossible = run_.executor.engine->scheduler().resources().impossible(demand); !impossible.empty())
        throw std::logic_error(fmt::format("task '{}' spawns '{}', which asks for {}", run_.name, name, impossible.front()));
    if (run_.role == Run::Role::afterwards) throw std::logic_error(fmt::format("task '{}' spawns '{}' after its sub-tasks have ended", run_.name, name));
    const std::shared_ptr<Attempt>& attempt = run_.its_attempt();
    const auto sub = std::make_shared<SubTask>();
    sub->name = fmt::format("{}/{}", run_.executor.tasks[run_.task].name, name);   // also when a sub-task spawns it
    sub->work = std::move(work);
    sub->of = attempt;
    sub->demand = std::move(demand);
    sub->ready = std::chrono::steady_clock::now();
    {
        const std::lock_guard lock{attempt->mutex};
        sub->rank = ++attempt->spawned;
    }
    attempt->outstanding.fetch_add(1, std::memory_order_relaxed);   // never from 0: the caller is one of them
    run_.executor.submit(sub, std::chrono::milliseconds{0});
}

void TaskContext::afterwards(TaskFunction work) {
    if (run_.role != Run::Role::task) throw std::logic_error(fmt::format("'{}' is no task: only a task has something to do afterwards", run_.name));
    run_.its_attempt()->afterwards = std::move(work);
}

const CancellationToken& TaskContext::cancel() const { return run_.token(); }

void TaskContext::progress(std::uint64_t done, std::uint64_t total) {
    if (run_.role == Run::Role::task) run_.executor.note_progress(run_.task, done, total);
    run_.executor.emit({.kind = TaskEventKind::progress, .task = run_.name, .attempt = run_.number, .progress = {done, total}});
}

void TaskContext::task_progress(std::uint64_t done, std::uint64_t total) {
    run_.executor.note_progress(run_.task, done, total);
    run_.executor.emit({.kind = TaskEventKind::progress, .task = run_.executor.tasks[run_.task].name, .attempt = run_.number, .progress = {done, total}});
}

void TaskContext::log(std::string_view line) {
    run_.executor.emit({.kind = TaskEventKind::log, .task = run_.name, .attempt = run_.number, .text = line});
}

int TaskContext::attempt() const { return run_.number; }
const std::string& TaskContext::name() const { return run_.name; }

}  // namespace weft
