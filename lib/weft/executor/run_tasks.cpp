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
    Deadline(Timer& timer, std::chrono::milliseconds limit, CancellationSource source) : timer_(timer) {
        const auto expire = [expired = expired_, source, limit]() mutable {
            expired->store(true);
            source.request(fmt::format("it took longer than its timeout of {} ms", limit.count()));
        };
        ticket_ = timer_.after(limit, expire);
    }
    ~Deadline() { timer_.cancel(ticket_); }
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;

    bool expired() const { return expired_->load(); }

private:
    Timer& timer_;
    Timer::Ticket ticket_{};
    std::shared_ptr<std::atomic<bool>> expired_ = std::make_shared<std::atomic<bool>>(false);
};

}  // namespace

const std::shared_ptr<Attempt>& TaskContext::Run::its_attempt() {
    const std::lock_guard lock{mutex};
    return made_attempt();
}

const std::shared_ptr<Attempt>& TaskContext::Run::made_attempt() {
    if (!attempt) {
        attempt = std::make_shared<Attempt>();
        attempt->task = task;
        attempt->number = number;
        attempt->demand = demand;
        attempt->cancel.follow(executor.board->extras_of(*executor.tasks[task].state).cancel.token());
    }
    return attempt;
}

const CancellationToken& TaskContext::Run::token() {
    const std::lock_guard lock{mutex};
    if (!cancel) cancel = made_attempt()->cancel.token();
    return *cancel;
}

void ExecutorState::note_progress(std::size_t index, std::uint64_t done, std::uint64_t total) {
    TaskExtras& extras = board->extras_of(*tasks[index].state);
    extras.progress_done.store(done);
    extras.progress_total.store(total);
}

void ExecutorState::emit(TaskEvent event) {
    if (!options.events) return;
    if (event.time.count() == 0) event.time = since_start(Clock::now());
    try {
        options.events(event);
    } catch (...) {
        sink_errors.fetch_add(1);
    }
}

/// Calls a function of a task under its timeout; what it threw, if it threw.
std::optional<Thrown> ExecutorState::call(TaskContext::Run& run, const std::function<void(TaskContext&)>& work, std::size_t rank) {
    const TaskOptions& its_options = *tasks[run.task].options;
    std::optional<Deadline> deadline;
    if (its_options.timeout) {
        const CancellationSource source(run.token());
        run.cancel = source.token();
        deadline.emplace(engine->scheduler().timer(), *its_options.timeout, source);
    }
    try {
        const TaskExtras* const extras = tasks[run.task].state->extras.load(std::memory_order_acquire);
        if (run.attempt || board->cancel().requested() || (extras != nullptr && extras->cancel.requested())) run.token().throw_if_requested();
        if (draining.load(std::memory_order_relaxed) && run.role == TaskContext::Run::Role::sub_task)
            throw Cancelled{{"", "the run was asked to end before this began", ""}};
        TaskContext context(run);
        work(context);
        // What was asked to stop and came to its end all the same has an answer, and an answer in time is kept.
        if (deadline && deadline->expired()) run.token().throw_if_requested();
        return std::nullopt;
    } catch (...) {
        const std::exception_ptr thrown = std::current_exception();
        if (deadline && deadline->expired()) return Thrown{thrown, Failure::timeout, false, rank};
        return Thrown{thrown, failure_of(thrown), is_cancelled(thrown), rank};
    }
}

/// Runs a task's function; it holds the task's tokens. A task that did all in its function is done with it; what else there is
/// (sub-tasks, a failure) belongs to an attempt, whose last member ends the node.
BodyEnd ExecutorState::begin_attempt(std::size_t index, int number, const Demand& demand) {
    const Task& task = tasks[index];
    TaskState& state = *task.state;
    const NodeTimes times = engine->times(task.node);
    const std::chrono::nanoseconds ready = since_start(times.ready), begin = since_start(number == 1 ? times.begin : Clock::now());
    if (number > 1) board->extras_of(state).attempts.store(number);
    state.ready.store(ready.count(), std::memory_order_relaxed);
    state.begin.store(begin.count(), std::memory_order_relaxed);
    state.thread.store(std::this_thread::get_id(), std::memory_order_release);
    state.status.store(TaskStatus::running, std::memory_order_release);
    emit({.kind = TaskEventKind::started, .task = task.name, .attempt = number, .time = begin, .ready = ready});

    TaskContext::Run run{*this, index, task.name, number, demand, TaskContext::Run::Role::task};
    std::any value;
    auto thrown = call(run, [&](TaskContext& context) { value = task.work(context); }, 0);
    state.thread.store({}, std::memory_order_relaxed);
    if (!thrown && !run.attempt) {
        const TaskEngine::Time now = Clock::now();
        engine->ended_at(task.node, now);
        state.value = std::move(value);
        state.end.store(since_start(now).count(), std::memory_order_relaxed);
        board->end(state, TaskStatus::done);
        emit({.kind = TaskEventKind::ended, .task = task.name, .status = TaskStatus::done, .attempt = number, .time = since_start(now)});
        return BodyEnd::done;
    }
    if (number == 1) engine->scheduler().hold();   // until the node is finished
    const std::shared_ptr<Attempt> attempt = run.its_attempt();
    if (thrown) {
        attempt->fail(std::move(*thrown));
        attempt->cancel.request(fmt::format("task '{}' failed", task.name));   // its sub-tasks have lost their purpose
    } else {
        attempt->value = std::move(value);
    }
    leave(attempt);
    return BodyEnd::later;
}

void ExecutorState::begin_again(std::size_t index, int number, const Demand& demand) {
    if (begin_attempt(index, number, demand) == BodyEnd::done) engine->finish(tasks[index].node, BodyEnd::done);
}

/// One member of an attempt has ended; the last one makes the result, while it still holds its tokens.
void ExecutorState::leave(const std::shared_ptr<Attempt>& attempt) {
    if (attempt->outstanding.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
    if (!attempt->failed && attempt->afterwards) {
        const Task& task = tasks[attempt->task];
        TaskContext::Run run{*this, attempt->task, task.name, attempt->number, attempt->demand, TaskContext::Run::Role::afterwards, attempt};
        auto thrown = call(run, [&](TaskContext& context) { attempt->value = attempt->afterwards(context); }, 0);
        if (thrown) attempt->fail(std::move(*thrown));
    }
    conclude(*attempt);
}

void ExecutorState::submit(const std::shared_ptr<SubTask>& sub, std::chrono::milliseconds pause) {
    Job job{[this, sub] { run_sub_task(sub); }, priority(sub->of->task), sub->demand, lane(sub->of->task), &sub->name};
    if (pause.count() == 0) engine->scheduler().submit(std::move(job));
    else engine->scheduler().submit_at(Clock::now() + pause, std::move(job));
}

void ExecutorState::run_sub_task(const std::shared_ptr<SubTask>& sub) {
    const TaskOptions& its_options = *tasks[sub->of->task].options;
    const Clock::time_point begin = Clock::now();
    TaskContext::Run run{*this, sub->of->task, sub->name, sub->number, sub->of->demand, TaskContext::Run::Role::sub_task, sub->of};
    emit({.kind = TaskEventKind::started, .task = sub->name, .attempt = sub->number, .ready = since_start(sub->ready)});
    auto thrown = call(run, sub->work, sub->rank);
    if (!thrown) {
        emit({.kind = TaskEventKind::ended, .task = sub->name, .status = TaskStatus::done, .attempt = sub->number});
        return leave(sub->of);
    }
    const bool cancelled = thrown->cancelled;
    const std::string reason = text_of(thrown->exception);
    if (!cancelled && its_options.retry.again(thrown->failure, sub->number)) {
        emit({.kind = TaskEventKind::retrying, .task = sub->name, .attempt = sub->number, .text = reason});
        if (thrown->failure == Failure::memory) sub->demand = engine->scheduler().resources().grown(sub->demand, its_options.retry.memory_factor);
        const std::chrono::milliseconds pause = its_options.retry.pause(sub->number++);
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
    if (cancelled || its_options.on_error != OnError::skip) sub->of->fail(std::move(*thrown));
    if (!cancelled && its_options.on_error == OnError::fail) sub->of->cancel.request(fmt::format("sub-task '{}' failed", sub->name));
    leave(sub->of);
}

/// All of an attempt has ended: the task ends, or is tried again.
void ExecutorState::conclude(Attempt& attempt) {
    const Task& task = tasks[attempt.task];
    const RetryPolicy& retry = task.options->retry;
    const bool cancelled = attempt.failed && attempt.failed->cancelled;
    const std::string reason = attempt.failed ? text_of(attempt.failed->exception) : std::string();
    // What a sub-task could not do in its own attempts the task cannot do either.
    if (attempt.failed && !cancelled && attempt.failed->rank == 0 && retry.again(attempt.failed->failure, attempt.number)) {
        emit({.kind = TaskEventKind::retrying, .task = task.name, .attempt = attempt.number, .text = reason});
        Demand demand = attempt.demand;
        if (attempt.failed->failure == Failure::memory) demand = engine->scheduler().resources().grown(demand, retry.memory_factor);
        const auto again = [this, index = attempt.task, number = attempt.number + 1, demand] { begin_again(index, number, demand); };
        engine->scheduler().submit_at(Clock::now() + retry.pause(attempt.number),
                                      {again, priority(attempt.task), demand, lane(attempt.task), &task.name});
        return;
    }
    {
        const std::lock_guard lock{failed_mutex};
        std::sort(attempt.failed_sub_tasks.begin(), attempt.failed_sub_tasks.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        for (auto& [rank, record] : attempt.failed_sub_tasks) failed_sub_tasks.emplace_back(attempt.task, std::move(record));
    }
    const TaskStatus status = !attempt.failed ? TaskStatus::done : cancelled ? TaskStatus::cancelled : TaskStatus::failed;
    TaskState& state = *task.state;
    state.end.store(since_start(Clock::now()).count());
    TaskExtras& extras = board->extras_of(state);
    extras.attempts.store(attempt.number);
    extras.sub_tasks.store(attempt.spawned);
    if (attempt.failed) {
        extras.reason = reason;
        extras.failure_class = attempt.failed->failure;
        if (!cancelled) extras.failure = attempt.failed->exception;
    } else {
        state.value = std::move(attempt.value);
    }
    board->end(state, status);
    emit({.kind = TaskEventKind::ended, .task = task.name, .status = status, .attempt = attempt.number, .text = reason});
    const bool left_out = status == TaskStatus::failed && task.options->on_error == OnError::skip;
    if (status == TaskStatus::failed && task.options->on_error == OnError::fail) {
        board->cancel().request(fmt::format("task '{}' failed", task.name));   // first, so that what is refused from now on knows why
        engine->stop();
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
                               : board->cancel().requested() ? board->cancel().token().reason()
                                                            : "a task that it waits for was cancelled";
    TaskExtras& extras = board->extras_of(its);
    extras.reason = reason;
    extras.cause = failed;
    const std::int64_t now = since_start(Clock::now()).count();
    for (std::atomic<std::int64_t>* const time : {&its.ready, &its.begin, &its.end}) time->store(now);
    board->end(its, status);
    emit({.kind = TaskEventKind::ended, .task = tasks[index].name, .status = status, .attempt = 0, .text = reason, .cause = failed});
}

}  // namespace weft
