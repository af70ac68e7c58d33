#include "weft/executor/hierarchical_executor.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "weft/bytes/this_machine.hpp"
#include "weft/executor/executor_state.hpp"
#include "weft/model/error.hpp"
#include "weft/model/nearest_names.hpp"

namespace weft {
namespace {

using Clock = std::chrono::steady_clock;

// Beyond so many alike tasks the order in which they start matters little, and a queue of them costs.
constexpr std::size_t direct_tasks_per_thread = 1'000;
constexpr double priority_unit = 1e9;   // seconds of critical path that one step of TaskOptions::priority outweighs

SchedulerOptions scheduler_options(const ExecutorOptions& options) {
    SchedulerOptions result{.threads = options.threads > 0 ? options.threads : available_threads(), .resources = options.resources};
    result.blocking_threads = blocking_threads_beside(result.threads);
    if (result.resources.cpu <= 0) result.resources.cpu = result.threads;
    return result;
}

const TaskOptions& usual_options() {
    static const TaskOptions usual{};
    return usual;
}

}  // namespace

HierarchicalExecutor::HierarchicalExecutor(ExecutorOptions options) : state_(std::make_shared<ExecutorState>()) {
    state_->options = std::move(options);
}
HierarchicalExecutor::~HierarchicalExecutor() {
    if (state_.use_count() == 1) return;
    // A report may outlive the executor. It needs no threads, and what users captured in their functions goes with the executor.
    state_->can_be_seen.store(false);
    state_->engine.reset();
    for (Task& task : state_->tasks) task.work = nullptr;
    state_->options.events = nullptr;
}

const std::shared_ptr<TaskBoard>& HierarchicalExecutor::board() const { return state_->board; }

std::pair<TaskState*, TaskId> HierarchicalExecutor::add_task(std::string name, TaskFunction work, std::span<const std::string> dependencies,
                                                             TaskOptions* options) {
    ExecutorState& its = *state_;
    its.refuse_when_executed(name);
    its.added_after.clear();
    if (!dependencies.empty()) its.index_names();
    for (const std::string& other : dependencies) {
        const auto found = its.by_name.find(std::string_view(other));
        if (found != its.by_name.end()) its.added_after.push_back(*found);
        else its.late_names.push_back({static_cast<std::uint32_t>(its.tasks.size()), its.added_after.size(), other});
    }
    return its.add(std::move(name), std::move(work), its.added_after, options);
}

std::pair<TaskState*, TaskId> HierarchicalExecutor::add_task(std::string name, TaskFunction work, std::span<const TaskId> dependencies,
                                                             TaskOptions* options) {
    ExecutorState& its = *state_;
    its.refuse_when_executed(name);
    its.added_after.clear();
    for (const TaskId other : dependencies) {
        if (other.executor != its.board->number()) throw std::logic_error(fmt::format("task '{}' waits for a task of another executor", name));
        its.added_after.push_back(other.task);
    }
    return its.add(std::move(name), std::move(work), its.added_after, options);
}

void ExecutorState::refuse_when_executed(const std::string& name) const {
    if (executed.load()) throw std::logic_error(fmt::format("task '{}' is added to an executor that has been executed", name));
}

std::pair<TaskState*, TaskId> ExecutorState::add(std::string name, TaskFunction work, std::span<const std::uint32_t> after, TaskOptions* its_options) {
    const TaskOptions* shared = &usual_options();
    if (its_options != nullptr) {
        if (its_options->blocking) its_options->demand.cpu = 0;   // it sleeps
        shared = &task_options.emplace_back(std::move(*its_options));
    }
    dependencies.add(after);
    const Task& task = tasks.emplace_back(Task{std::move(name), std::move(work), shared, &board->add()});
    return {task.state, {board->number(), static_cast<std::uint32_t>(tasks.size() - 1)}};
}

/// Only once somebody is looked up: a graph whose tasks are all waited for by their ids is indexed in one go.
void ExecutorState::index_names() {
    if (tasks.size() - indexed > by_name.size()) by_name.reserve(tasks.size());
    for (; indexed < tasks.size(); ++indexed)
        if (!by_name.insert(indexed).second) names_used_twice.push_back(tasks[indexed].name);
}

/// Decides whether tasks are queued, and turns the names that were not there yet into indices; returns all that is wrong with the graph.
std::vector<std::string> ExecutorState::link(const SchedulerOptions& scheduler) {
    const bool many = tasks.size() > direct_tasks_per_thread * static_cast<std::size_t>(scheduler.threads);
    queued = !(many && task_options.empty() && scheduler.resources.cpu >= scheduler.threads);
    const bool by_names = indexed > 0 || !late_names.empty();
    if (by_names || queued) index_names();
    std::vector<std::string> problems;
    for (const std::string& name : names_used_twice) problems.push_back(fmt::format("two tasks are named '{}'", name));
    for (const LateName& late : late_names) {
        if (by_name.contains(std::string_view(late.name))) continue;
        NearestNames near(late.name);
        for (const Task& other : tasks) near.offer(other.name);
        const std::string question = near.question();
        problems.push_back(fmt::format("task '{}' waits for '{}', which does not exist{}{}", tasks[late.task].name, late.name, question.empty() ? "" : "; ", question));
    }
    const ResourcePool pool{scheduler.resources};
    for (const Task& task : tasks)
        if (task.options != &usual_options())   // one processor there always is
            for (const std::string& problem : pool.impossible(task.options->demand))
                problems.push_back(fmt::format("task '{}' asks for {}", task.name, problem));
    if (late_names.empty()) return problems;   // and no cycle: each waits for such as were there before it

    Dependencies all;
    auto late = late_names.cbegin();
    for (std::uint32_t task = 0; task < tasks.size(); ++task) {
        std::vector<std::uint32_t> others(dependencies[task].begin(), dependencies[task].end());
        for (std::size_t shift = 0; late != late_names.cend() && late->task == task; ++late)
            if (const auto found = by_name.find(std::string_view(late->name)); found != by_name.end())
                others.insert(others.begin() + static_cast<std::ptrdiff_t>(late->behind + shift++), *found);
        all.add(others);
    }
    dependencies = std::move(all);
    if (const std::vector<std::uint32_t> cycle = find_cycle(dependencies); !cycle.empty()) {
        std::string text;
        for (const std::uint32_t index : cycle) text += tasks[index].name + " -> ";
        problems.push_back(fmt::format("tasks wait for each other: {}{}", text, tasks[cycle.front()].name));
    }
    return problems;
}

void ExecutorState::build_engine(const SchedulerOptions& scheduler, std::vector<std::uint32_t> order) {
    engine.emplace(scheduler);
    engine->reserve(tasks.size());
    engine->on_not_run([this](NodeId node, NodeState state) { not_run(task_of_node[node], state, engine->cause(node)); });
    engine->usual_body([this](NodeId node) { return begin_attempt(task_of_node[node], 1, tasks[task_of_node[node]].options->demand); });
    if (queued) {
        std::vector<double> costs;
        costs.reserve(tasks.size());
        for (const Task& task : tasks) costs.push_back(task.options->expected ? std::chrono::duration<double>(*task.options->expected).count() : 1.0);
        priorities = remaining_path(dependencies, order, costs);
        for (std::size_t i = 0; i < tasks.size(); ++i) priorities[i] += priority_unit * tasks[i].options->priority;
    }
    std::vector<NodeId> after;
    for (const std::uint32_t index : order) {
        Task& task = tasks[index];
        after.clear();
        for (const std::uint32_t other : dependencies[index]) after.push_back(tasks[other].node);
        task.node = queued ? engine->add(after, {priorities[index], task.options->demand, lane(index), &task.name}) : engine->add(after);
    }
    task_of_node = std::move(order);
}

ExecutionReport HierarchicalExecutor::execute(const CancellationToken& cancel) {
    ExecutorState& its = *state_;
    if (its.executed.exchange(true)) throw std::logic_error("an executor executes once");
    const SchedulerOptions scheduler = scheduler_options(its.options);
    if (const std::vector<std::string> problems = its.link(scheduler); !problems.empty()) {
        for (const Task& task : its.tasks) {   // whoever waits for one need wait no longer
            its.board->extras_of(*task.state).reason = "the graph was refused";
            its.board->end(*task.state, TaskStatus::cancelled);
        }
        throw UsageError({.where = "tasks", .problem = fmt::format("{}", fmt::join(problems, "; ")), .advice = "nothing was started"});
    }

    its.board->cancel().follow(cancel);
    its.start = Clock::now();
    its.build_engine(scheduler, dependency_order(its.dependencies));
    its.can_be_seen.store(true);
    if (its.draining.load()) its.engine->stop();
    its.engine->run(its.board->cancel().token());
    ExecutionReport report(state_);
    report.wall = its.since_start(Clock::now());
    report.sink_errors = its.sink_errors.load();
    report.peak = its.engine->scheduler().resources().peak();
    std::stable_sort(its.failed_sub_tasks.begin(), its.failed_sub_tasks.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& [index, record] : its.failed_sub_tasks) report.failed_sub_tasks.push_back(std::move(record));
    return report;
}

void HierarchicalExecutor::drain() {
    state_->draining.store(true);
    if (state_->can_be_seen.load()) state_->engine->stop();
}

std::size_t ExecutionReport::count(TaskStatus status) const {
    const std::pmr::deque<Task>& tasks = run_->tasks;
    return static_cast<std::size_t>(std::count_if(tasks.begin(), tasks.end(), [&](const Task& task) { return task.state->status.load() == status; }));
}

int ExecutionReport::exit_code() const {
    const std::pmr::deque<Task>& tasks = run_->tasks;
    if (count(TaskStatus::done) == tasks.size()) return failed_sub_tasks.empty() ? 0 : 3;
    const auto fatal = [](const Task& task) { return task.state->status.load() == TaskStatus::failed && task.options->on_error == OnError::fail; };
    if (std::any_of(tasks.begin(), tasks.end(), fatal)) return 1;
    return count(TaskStatus::cancelled) > 0 || count(TaskStatus::done) == 0 ? 1 : 3;
}

void ExecutionReport::rethrow() const {
    for (const Task& task : run_->tasks) {
        const TaskExtras* const its = task.state->extras.load();
        if (its != nullptr && its->failure) std::rethrow_exception(its->failure);
    }
}

std::vector<TaskRecord> ExecutionReport::tasks() const {
    std::vector<TaskRecord> records;
    records.reserve(run_->tasks.size());
    for (const Task& task : run_->tasks) {
        const TaskState& state = *task.state;
        records.push_back({.name = task.name, .status = state.status.load(), .on_error = task.options->on_error, .meta = state.meta()});
        const TaskExtras* const its = state.extras.load();
        if (its == nullptr || records.back().status == TaskStatus::done) continue;
        records.back().failure = its->failure_class;
        records.back().reason = its->reason;
        records.back().thrown = its->failure;
        records.back().cause = its->cause;
    }
    return records;
}

std::vector<std::string> ExecutionReport::critical_path() const {
    std::vector<double> seconds;
    for (const Task& task : run_->tasks) {
        const TaskMeta meta = task.state->meta();
        seconds.push_back(std::chrono::duration<double>(meta.end - meta.begin).count());
    }
    std::vector<std::string> names;
    for (const std::uint32_t index : weft::critical_path(run_->dependencies, dependency_order(run_->dependencies), seconds))
        names.push_back(run_->tasks[index].name);
    return names;
}

}  // namespace weft
