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

constexpr double priority_unit = 1e9;   // seconds of critical path that one step of TaskOptions::priority outweighs

SchedulerOptions scheduler_options(const ExecutorOptions& options) {
    SchedulerOptions result{.threads = options.threads > 0 ? options.threads : available_threads(), .resources = options.resources};
    result.blocking_threads = 2 * result.threads;
    if (result.resources.cpu <= 0) result.resources.cpu = result.threads;
    return result;
}

}  // namespace

HierarchicalExecutor::HierarchicalExecutor(ExecutorOptions options) : state_(std::make_unique<ExecutorState>()) {
    state_->options = std::move(options);
}
HierarchicalExecutor::~HierarchicalExecutor() = default;

std::shared_ptr<TaskState> HierarchicalExecutor::add_task(std::string name, TaskFunction work, std::vector<std::string> dependencies,
                                                          TaskOptions options) {
    if (options.blocking) options.demand.cpu = 0;   // it sleeps
    if (!state_->by_name.emplace(name, state_->tasks.size()).second) state_->names_used_twice.push_back(name);
    state_->tasks.push_back({.name = std::move(name), .work = std::move(work), .waits_for = std::move(dependencies), .options = std::move(options)});
    return state_->tasks.back().state;
}

/// Turns names into indices; returns all that is wrong with the graph.
std::vector<std::string> ExecutorState::link() {
    std::vector<std::string> problems;
    for (const std::string& name : names_used_twice) problems.push_back(fmt::format("two tasks are named '{}'", name));
    const ResourcePool pool{scheduler_options(options).resources};
    for (const Task& task : tasks) {
        std::vector<std::uint32_t>& after = dependencies.emplace_back();
        for (const std::string& name : task.waits_for) {
            const auto found = by_name.find(name);
            if (found != by_name.end()) {
                after.push_back(static_cast<std::uint32_t>(found->second));
                continue;
            }
            NearestNames near(name);
            for (const Task& other : tasks) near.offer(other.name);
            const std::string question = near.question();
            problems.push_back(fmt::format("task '{}' waits for '{}', which does not exist{}{}", task.name, name, question.empty() ? "" : "; ", question));
        }
        for (const std::string& problem : pool.impossible(task.options.demand))
            problems.push_back(fmt::format("task '{}' asks for {}", task.name, problem));
    }
    if (const std::vector<std::uint32_t> cycle = find_cycle(dependencies); !cycle.empty()) {
        std::string text;
        for (const std::uint32_t index : cycle) text += tasks[index].name + " -> ";
        problems.push_back(fmt::format("tasks wait for each other: {}{}", text, tasks[cycle.front()].name));
    }
    return problems;
}

void ExecutorState::build_engine(const std::vector<std::uint32_t>& order, std::span<const double> costs) {
    priorities = remaining_path(dependencies, order, costs);
    for (std::size_t i = 0; i < tasks.size(); ++i) priorities[i] += priority_unit * tasks[i].options.priority;

    engine.emplace(scheduler_options(options));
    task_of_node.assign(order.begin(), order.end());
    engine->on_not_run([this](NodeId node, NodeState state) { not_run(task_of_node[node], state, engine->cause(node)); });
    for (const std::uint32_t index : order) {
        Task& task = tasks[index];
        task.state->cancel.follow(cancel.token());
        std::vector<NodeId> after;
        for (const std::uint32_t other : dependencies[index]) after.push_back(tasks[other].node);
        const auto body = [this, index](NodeId) {
            engine->scheduler().hold();
            begin_attempt(index, 1, tasks[index].options.demand);
            return BodyEnd::later;
        };
        task.node = engine->add(body, after, {priorities[index], task.options.demand, lane(index), &task.name});
    }
}

ExecutionReport HierarchicalExecutor::execute(const CancellationToken& cancel) {
    ExecutorState& its = *state_;
    if (std::exchange(its.executed, true)) throw std::logic_error("an executor executes once");
    if (const std::vector<std::string> problems = its.link(); !problems.empty())
        throw UsageError({.where = "tasks", .problem = fmt::format("{}", fmt::join(problems, "; ")), .advice = "nothing was started"});

    std::vector<double> costs;
    for (const Task& task : its.tasks)
        costs.push_back(task.options.expected ? std::chrono::duration<double>(*task.options.expected).count() : 1.0);
    const std::vector<std::uint32_t> order = dependency_order(its.dependencies);
    its.cancel.follow(cancel);
    its.start = Clock::now();
    its.build_engine(order, costs);
    its.can_be_seen.store(true);
    if (its.draining.load()) its.engine->stop();
    its.engine->run(its.cancel.token());
    return its.report(order);
}

void HierarchicalExecutor::drain() {
    state_->draining.store(true);
    if (state_->can_be_seen.load()) state_->engine->stop();
}

std::size_t ExecutionReport::count(TaskStatus status) const {
    return static_cast<std::size_t>(std::count_if(tasks.begin(), tasks.end(), [&](const TaskRecord& task) { return task.status == status; }));
}

int ExecutionReport::exit_code() const {
    if (count(TaskStatus::done) == tasks.size()) return failed_sub_tasks.empty() ? 0 : 3;
    const auto fatal = [](const TaskRecord& task) { return task.status == TaskStatus::failed && task.on_error == OnError::fail; };
    if (std::any_of(tasks.begin(), tasks.end(), fatal)) return 1;
    return count(TaskStatus::cancelled) > 0 || count(TaskStatus::done) == 0 ? 1 : 3;
}

void ExecutionReport::rethrow() const {
    for (const TaskRecord& task : tasks)
        if (task.thrown) std::rethrow_exception(task.thrown);
}

ExecutionReport ExecutorState::report(std::span<const std::uint32_t> order) const {
    ExecutionReport result;
    result.wall = since_start(Clock::now());
    result.sink_errors = sink_errors.load();
    result.peak = engine->scheduler().resources().peak();
    std::vector<double> costs;
    for (const Task& task : tasks) {
        const TaskState& its = *task.state;
        TaskRecord record{.name = task.name, .status = its.status, .failure = task.failure, .reason = its.reason, .thrown = its.failure, .on_error = task.options.on_error, .meta = its.meta};
        if (its.status == TaskStatus::skipped) record.cause = tasks[task_of_node[engine->cause(task.node)]].name;
        result.tasks.push_back(std::move(record));
        costs.push_back(std::chrono::duration<double>(its.meta.end - its.meta.begin).count());
    }
    auto failed = failed_sub_tasks;
    std::stable_sort(failed.begin(), failed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& [index, record] : failed) result.failed_sub_tasks.push_back(std::move(record));
    for (const std::uint32_t index : critical_path(dependencies, order, costs)) result.critical_path.push_back(tasks[index].name);
    return result;
}

}  // namespace weft
