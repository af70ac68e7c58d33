// How a task runs: attempts, sub-tasks, timeouts, retries, and what its failure means for the others.
#include <algorithm>

#include <fmt/format.h>

#include "weft/executor/executor_state.hpp"
#include "weft/model/error.hpp"

namespace weft {
namespace {

using Clock = std::chrono::steady_clock;

std::string text_of(const std::exception_ptr& thrown) {
    try {
        std::rethrow_exception(thrown);
    } catch (const std::exception& error) {
        return error.what();
    } catch (...) {
        return "it threw something that is no std::exception";
    }
}

bool is_cancelled(const std::exception_ptr& thrown) {
    try {
        std::rethrow_exception(thrown);
    } catch (const Cancelled&) {
        return true;
    } catch (...) {
        return false;
    }
}

/// Ends what runs too long, until it goes out of scope.
class Deadline {
public:
    Deadline(Timer& timer, const std::optional<std::chrono::milliseconds>& limit, CancellationSource source) : timer_(timer) {
        if (!limit) return;
        const auto expire = [expired = expired_, source, limit = *limit]() mutable {
            expired->store(true);
            source.request(fmt::format("it took longer than its timeout of {} ms", limit.count()));
        };
        ticket_ = timer_.after(*limit, expire);
    }
    ~Deadline() {
        if (ticket_) timer_.cancel(*ticket_);
    }
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;

    bool expired() const { return expired_->load(); }

private:
    Timer& timer_;
    std::optional<Timer::Ticket> ticket_{};
    std::shared_ptr<std::atomic<bool>> expired_ = std::make_shared<std::atomic<bool>>(false);
};

}  // namespace

void ExecutorState::emit(TaskEvent event) {
    if (!options.events) return;
    event.time = since_start(Clock::now());
    try {
        options.events(event);
    } catch (...) {
        sink_errors.fetch_add(1);
    }
}

/// Calls a function of a task under its timeout; what it threw, if it threw.
std::optional<Thrown> ExecutorState::call(TaskContext::Run& run, const std::function<void(TaskContext&)>& work, std::size_t rank) {
    const TaskOptions& task_options = tasks[run.attempt->task].options;
    CancellationSource source(run.cancel);
    run.cancel = source.token();
    const Deadline deadline(engine->scheduler().timer(), task_options.timeout, source);
    try {
        run.cancel.throw_if_requested();
        if (draining.load() && run.role == TaskContext::Run::Role::sub_task) throw Cancelled{{"", "the run was asked to end before this began", ""}};
        TaskContext context(run);
        work(context);
        // What was asked to stop and came to its end all the same has an answer, and an answer in time is kept.
        if (!deadline.expired()) return std::nullopt;
        run.cancel.throw_if_requested();
        return std::nullopt;
    } catch (...) {
        const std::exception_ptr thrown = std::current_exception();
        if (deadline.expired()) return Thrown{thrown, Failure::timeout, false, rank};
        return Thrown{thrown, failure_of(thrown), is_cancelled(thrown), rank};
    }
}

/// Runs a task's function; it holds the task's tokens.
void ExecutorState::begin_attempt(std::size_t index, int number, Demand demand) {
    Task& task = tasks[index];
    const auto attempt = std::make_shared<Attempt>();
    attempt->task = index;
    attempt->number = number;
    attempt->demand = std::move(demand);
    attempt->cancel.follow(task.state->cancel.token());
    const std::chrono::nanoseconds ready = since_start(engine->times(task.node).ready);
    {
        const std::lock_guard lock{task.state->mutex};
        task.state->status = TaskStatus::running;
        task.state->meta.attempts = number;
        task.state->meta.ready = ready;
        task.state->meta.begin = since_start(Clock::now());
    }
    emit({.kind = TaskEventKind::started, .task = task.name, .attempt = number, .ready = ready});
    TaskContext::Run run{*this, attempt, task.name, number, attempt->cancel.token(), TaskContext::Run::Role::task};
    auto thrown = call(run, [&](TaskContext& context) { attempt->value = task.work(context); }, 0);
    if (thrown) {
        attempt->fail(std::move(*thrown));
        attempt->cancel.request(fmt::format("task '{}' failed", task.name));   // its sub-tasks have lost their purpose
    }
    leave(attempt);
}

/// One member of an attempt has ended; the last one makes the result, while it still holds its tokens.
void ExecutorState::leave(const std::shared_ptr<Attempt>& attempt) {
    if (attempt->outstanding.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
    if (!attempt->failed && attempt->afterwards) {
        Task& task = tasks[attempt->task];
        TaskContext::Run run{*this, attempt, task.name, attempt->number, attempt->cancel.token(), TaskContext::Run::Role::afterwards};
        auto thrown = call(run, [&](TaskContext& context) { attempt->value = attempt->afterwards(context); }, 0);
        if (thrown) attempt->fail(std::move(*thrown));
    }
    conclude(*attempt);
}

void ExecutorState::submit(const std::shared_ptr<SubTask>& sub, std::chrono::milliseconds pause) {
    Job job{[this, sub] { run_sub_task(sub); }, priorities[sub->of->task], sub->demand, lane(sub->of->task), &sub->name};
    if (pause.count() == 0) engine->scheduler().submit(std::move(job));
    else engine->scheduler().submit_at(Clock::now() + pause, std::move(job));
}

void ExecutorState::run_sub_task(const std::shared_ptr<SubTask>& sub) {
    const TaskOptions& task_options = tasks[sub->of->task].options;
    const Clock::time_point begin = Clock::now();
    TaskContext::Run run{*this, sub->of, sub->name, sub->number, sub->of->cancel.token(), TaskContext::Run::Role::sub_task};
    emit({.kind = TaskEventKind::started, .task = sub->name, .attempt = sub->number, .ready = since_start(sub->ready)});
    auto thrown = call(run, sub->work, sub->rank);
    if (!thrown) {
        emit({.kind = TaskEventKind::ended, .task = sub->name, .status = TaskStatus::done, .attempt = sub->number});
        return leave(sub->of);
    }
    const bool cancelled = thrown->cancelled;
    const std::string reason = text_of(thrown->exception);
    if (!cancelled && task_options.retry.again(thrown->failure, sub->number)) {
        emit({.kind = TaskEventKind::retrying, .task = sub->name, .attempt = sub->number, .text = reason});
        if (thrown->failure == Failure::memory) sub->demand = engine->scheduler().resources().grown(sub->demand, task_options.retry.memory_factor);
        const std::chrono::milliseconds pause = task_options.retry.pause(sub->number++);
        return submit(sub, pause);
    }
    const TaskStatus status = cancelled ? TaskStatus::cancelled : TaskStatus::failed;
    emit({.kind = TaskEventKind::ended, .task = sub->name, .status = status, .attempt = sub->number, .text = reason});
    if (!cancelled) {
        TaskRecord record{.name = sub->name, .status = status, .failure = thrown->failure, .reason = reason, .thrown = thrown->exception,
                          .meta = {since_start(sub->ready), since_start(begin), since_start(Clock::now()), sub->number, 0}};
        const std::lock_guard lock{sub->of->mutex};
        sub->of->failed_sub_tasks.emplace_back(sub->rank, std::move(record));
    }
    if (cancelled || task_options.on_error != OnError::skip) sub->of->fail(std::move(*thrown));
    if (!cancelled && task_options.on_error == OnError::fail) sub->of->cancel.request(fmt::format("sub-task '{}' failed", sub->name));
    leave(sub->of);
}

/// All of an attempt has ended: the task ends, or is tried again.
void ExecutorState::conclude(Attempt& attempt) {
    Task& task = tasks[attempt.task];
    const RetryPolicy& retry = task.options.retry;
    const bool cancelled = attempt.failed && attempt.failed->cancelled;
    const std::string reason = attempt.failed ? text_of(attempt.failed->exception) : std::string();
    // What a sub-task could not do in its own attempts the task cannot do either.
    if (attempt.failed && !cancelled && attempt.failed->rank == 0 && retry.again(attempt.failed->failure, attempt.number)) {
        emit({.kind = TaskEventKind::retrying, .task = task.name, .attempt = attempt.number, .text = reason});
        Demand demand = attempt.demand;
        if (attempt.failed->failure == Failure::memory) demand = engine->scheduler().resources().grown(demand, retry.memory_factor);
        const auto again = [this, index = attempt.task, number = attempt.number + 1, demand] { begin_attempt(index, number, demand); };
        engine->scheduler().submit_at(Clock::now() + retry.pause(attempt.number),
                                      {again, priorities[attempt.task], demand, lane(attempt.task), &task.name});
        return;
    }
    {
        const std::lock_guard lock{failed_mutex};
        std::sort(attempt.failed_sub_tasks.begin(), attempt.failed_sub_tasks.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        for (auto& [rank, record] : attempt.failed_sub_tasks) failed_sub_tasks.emplace_back(attempt.task, std::move(record));
    }
    const TaskStatus status = !attempt.failed ? TaskStatus::done : cancelled ? TaskStatus::cancelled : TaskStatus::failed;
    {
        const std::lock_guard lock{task.state->mutex};
        task.state->meta.end = since_start(Clock::now());
        task.state->meta.sub_tasks = attempt.spawned;
        task.state->reason = reason;
        if (attempt.failed) {
            task.failure = attempt.failed->failure;
            if (!cancelled) task.state->failure = attempt.failed->exception;
        } else {
            task.state->value = std::move(attempt.value);
        }
    }
    task.state->end(status);
    emit({.kind = TaskEventKind::ended, .task = task.name, .status = status, .attempt = attempt.number, .text = reason});
    const bool left_out = status == TaskStatus::failed && task.options.on_error == OnError::skip;
    if (status == TaskStatus::failed && task.options.on_error == OnError::fail) {
        engine->stop();
        cancel.request(fmt::format("task '{}' failed", task.name));
    }
    engine->finish(task.node, status == TaskStatus::done || left_out ? BodyEnd::done
                              : status == TaskStatus::cancelled      ? BodyEnd::cancelled
                                                                     : BodyEnd::failed);
}

void ExecutorState::not_run(std::size_t index, NodeState state, NodeId cause) {
    TaskState& its = *tasks[index].state;
    const TaskStatus status = state == NodeState::skipped ? TaskStatus::skipped : TaskStatus::cancelled;
    const std::string failed = state == NodeState::skipped ? tasks[task_of_node[cause]].name : std::string();
    const std::string reason = state == NodeState::skipped ? fmt::format("task '{}' failed", failed)
                               : draining.load()            ? "the run was asked to end before this began"
                               : cancel.token().requested() ? cancel.token().reason()
                                                            : "a task that it waits for was cancelled";
    {
        const std::lock_guard lock{its.mutex};
        its.reason = reason;
        its.meta.end = its.meta.begin = its.meta.ready = since_start(Clock::now());
    }
    its.end(status);
    emit({.kind = TaskEventKind::ended, .task = tasks[index].name, .status = status, .attempt = 0, .text = reason, .cause = failed});
}

}  // namespace weft
