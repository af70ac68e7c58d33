// Failures and what they mean for others, retries, timeouts, cancelling, tokens.
#include <atomic>
#include <catch2/catch.hpp>
#include <new>
#include <thread>

#include "support/executor_tasks.hpp"
#include "weft/executor/hierarchical_executor.hpp"

using namespace weft;
using namespace weft::test;
using namespace std::chrono_literals;

TEST_CASE("exit_code_test: one failure under each OnError", "[executor]") {
    struct Row {
        OnError on_error;
        const char* expected;
        int exit_code;
    };
    const Row rows[] = {
        {OnError::keep_going, "bad:failed dependent:skipped further:skipped other:done", 3},
        {OnError::skip, "bad:failed dependent:done further:done other:done", 3},
    };
    for (const Row& row : rows) {
        HierarchicalExecutor executor({.threads = 2});
        const auto bad = executor.add("bad", [](TaskContext&) -> int { fail_with("no such base '*'"); }, {}, {.on_error = row.on_error});
        executor.add("dependent", [](TaskContext& task) { return task.has_input("bad") ? 1 : 0; }, {"bad"});
        executor.add("further", [](TaskContext& task) { return task.input<int>("dependent"); }, {"dependent"});
        executor.add("other", [](TaskContext&) {});
        const ExecutionReport report = executor.execute();
        CHECK(statuses(report) == row.expected);
        CHECK(report.exit_code() == row.exit_code);
        CHECK(record_of(report, "bad").reason == "genes.fa:7: no such base '*'");
        CHECK_THROWS_AS(bad.get(), FormatError);
        CHECK_THROWS_AS(report.rethrow(), FormatError);
        if (row.on_error == OnError::keep_going) {
            CHECK(record_of(report, "further").cause == "bad");
            CHECK(record_of(report, "further").reason == "task 'bad' failed");
        }
    }
}

TEST_CASE("under OnError::fail running tasks are asked to stop and nothing new starts", "[executor]") {
    HierarchicalExecutor executor({.threads = 2});
    std::atomic<bool> running{false};
    executor.add("long", [&](TaskContext& task) {
        running = true;
        sleep_unless_cancelled(task);
    });
    executor.add("bad", [&](TaskContext&) {
        while (!running) std::this_thread::sleep_for(1ms);
        fail_with("truncated");
    });
    executor.add("behind", [](TaskContext&) {}, {"long"});
    const ExecutionReport report = executor.execute();
    CHECK(statuses(report) == "long:cancelled bad:failed behind:cancelled");
    CHECK(report.exit_code() == 1);
    CHECK(record_of(report, "long").reason == "task 'bad' failed");
}

TEST_CASE("flaky_stage_test: a flaky task is tried again, with pauses, and only for what its policy names", "[executor]") {
    HierarchicalExecutor executor({.threads = 2, .resources = {.memory = 1'000}});
    std::atomic<int> flaky{0}, wrong{0}, hungry{0};
    const RetryPolicy policy{.max = 2, .backoff = 5ms};
    executor.add("flaky", [&](TaskContext& task) {
        if (++flaky < 3) throw SystemError{{"disk", "gone", ""}};
        return task.attempt();
    }, {}, {.retry = policy});
    executor.add("wrong", [&](TaskContext&) {
        ++wrong;
        fail_with("bad");
    }, {}, {.retry = policy, .on_error = OnError::keep_going});
    executor.add("hungry", [&](TaskContext&) {
        ++hungry;
        throw std::bad_alloc();
    }, {}, {.demand = {.memory = 600}, .retry = policy, .on_error = OnError::keep_going});
    const ExecutionReport report = executor.execute();
    CHECK(flaky == 3);
    CHECK(record_of(report, "flaky").status == TaskStatus::done);
    CHECK(record_of(report, "flaky").meta.attempts == 3);
    CHECK(wrong == 1);
    CHECK(hungry == 3);
    CHECK(record_of(report, "hungry").failure == Failure::memory);
    CHECK(report.peak.memory == 1'000);   // 600, 900, then all there is
}

TEST_CASE("hang_test: a task that hangs ends by its timeout", "[executor]") {
    HierarchicalExecutor executor({.threads = 1});
    executor.add("hang", sleep_unless_cancelled, {}, {.timeout = 20ms, .on_error = OnError::keep_going});
    executor.add("quick", [](TaskContext&) {}, {}, {.timeout = 10s});
    const ExecutionReport report = executor.execute();
    CHECK(record_of(report, "hang").status == TaskStatus::failed);
    CHECK(record_of(report, "hang").failure == Failure::timeout);
    CHECK(record_of(report, "hang").reason == "it took longer than its timeout of 20 ms");
    CHECK(record_of(report, "quick").status == TaskStatus::done);
    CHECK(report.wall < 5s);
}

TEST_CASE("poison_test: one poisoned item of 10,000 leaves 9,999", "[executor]") {
    HierarchicalExecutor executor({.threads = 2});
    std::atomic<int> right{0};
    executor.add("align", [&](TaskContext& task) {
        for (int i = 0; i < 10'000; ++i)
            task.spawn("feature " + std::to_string(i), [&right, i](TaskContext&) {
                if (i == 4'711) fail_with("poisoned");
                ++right;
            });
    }, {}, {.on_error = OnError::skip});
    const ExecutionReport report = executor.execute();
    CHECK(right == 9'999);
    CHECK(record_of(report, "align").status == TaskStatus::done);
    REQUIRE(report.failed_sub_tasks.size() == 1);
    CHECK(report.failed_sub_tasks[0].name == "align/feature 4711");
    CHECK(report.failed_sub_tasks[0].reason == "genes.fa:7: poisoned");
    CHECK(report.exit_code() == 3);
}

TEST_CASE("a failing sub-task fails its task: at once, or when the others are done", "[executor]") {
    for (const OnError on_error : {OnError::fail, OnError::keep_going}) {
        HierarchicalExecutor executor({.threads = 1});
        std::atomic<int> ran{0};
        executor.add("stage", [&](TaskContext& task) {
            for (int i = 0; i < 10; ++i)
                task.spawn(std::to_string(i), [&ran, i](TaskContext&) {
                    ++ran;
                    if (i == 3 || i == 5) fail_with("item " + std::to_string(i));
                });
        }, {}, {.on_error = on_error});
        const ExecutionReport report = executor.execute();
        CHECK(record_of(report, "stage").status == TaskStatus::failed);
        CHECK(record_of(report, "stage").reason == "genes.fa:7: item 3");
        CHECK(ran == (on_error == OnError::fail ? 4 : 10));
        CHECK(report.failed_sub_tasks.size() == (on_error == OnError::fail ? 1 : 2));
    }
}

TEST_CASE("a stage that waits for its sub-tasks holds no token", "[executor]") {
    HierarchicalExecutor executor({.threads = 2, .resources = {.memory = 100}});
    std::atomic<int> ran{0};
    for (const char* name : {"a", "b", "c"})
        executor.add(name, [&](TaskContext& task) {
            for (int i = 0; i < 5; ++i) task.spawn(std::to_string(i), [&](TaskContext&) { ++ran; });
        }, {}, {.demand = {.memory = 100}});
    CHECK(executor.execute().exit_code() == 0);
    CHECK(ran == 15);
}

TEST_CASE("cancelling from outside ends the run soon", "[executor]") {
    CancellationSource cancel;
    HierarchicalExecutor executor({.threads = 2});
    std::atomic<bool> running{false};
    executor.add("long", [&](TaskContext& task) {
        running = true;
        sleep_unless_cancelled(task);
    });
    executor.add("next", [](TaskContext&) {}, {"long"});
    std::thread user([&] {
        while (!running) std::this_thread::sleep_for(1ms);
        cancel.request("the user pressed Ctrl-C");
    });
    const ExecutionReport report = executor.execute(cancel.token());
    user.join();
    CHECK(statuses(report) == "long:cancelled next:cancelled");
    CHECK(record_of(report, "next").reason == "the user pressed Ctrl-C");
    CHECK(report.exit_code() == 1);
}

TEST_CASE("order_test: what a task makes ready goes before what has waited and is less urgent", "[executor]") {
    HierarchicalExecutor executor({.threads = 1});
    std::string order;
    const auto note = [&](TaskContext& task) { order += task.name(); };
    executor.add("a", note, {}, {.priority = 5});
    executor.add("b", note);
    executor.add("c", note, {"a"}, {.priority = 4});
    executor.add("d", note, {"c"}, {.priority = 3});
    CHECK(executor.execute().exit_code() == 0);
    CHECK(order == "acdb");
}
