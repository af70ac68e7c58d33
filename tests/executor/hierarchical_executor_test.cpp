// Named tasks: the five stages, failures and what they mean for others, retries, timeouts, sub-tasks, events.
#include "weft/executor/hierarchical_executor.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <mutex>
#include <numeric>
#include <stdexcept>
#include <thread>

#include "weft/model/error.hpp"

using namespace weft;
using namespace std::chrono_literals;

namespace {

const TaskRecord& record_of(const ExecutionReport& report, const std::string& name) {
    for (const TaskRecord& task : report.tasks)
        if (task.name == name) return task;
    throw std::logic_error("no task " + name);
}

std::string statuses(const ExecutionReport& report) {
    std::string text;
    for (const TaskRecord& task : report.tasks) text += (text.empty() ? "" : " ") + task.name + ":" + std::string(name_of(task.status));
    return text;
}

[[noreturn]] void fail_with(const std::string& text) { throw FormatError{{"genes.fa:7", text, ""}}; }

void sleep_unless_cancelled(TaskContext& task) {
    for (int i = 0; i < 2'000; ++i) {
        task.cancel().throw_if_requested();
        std::this_thread::sleep_for(1ms);
    }
}

}  // namespace

TEST_CASE("load_data, parse, filter, analyze, visualize", "[executor]") {
    for (const int threads : {1, 2, 5}) {
        HierarchicalExecutor executor({.threads = threads});
        // Added in no order: dependencies are names.
        const auto page = executor.add("visualize", [](TaskContext& task) { return "mean " + std::to_string(task.input<double>("analyze")); }, {"analyze"});
        executor.add("load_data", [](TaskContext&) { return std::string("3 x 8 5"); });
        executor.add("parse", [](TaskContext& task) {
            std::vector<int> numbers;
            for (const char c : task.input<std::string>("load_data"))
                if (c != ' ') numbers.push_back(c == 'x' ? -1 : c - '0');
            return numbers;
        }, {"load_data"});
        executor.add("filter", [](TaskContext& task) {
            std::vector<int> numbers = task.input<std::vector<int>>("parse");
            std::erase(numbers, -1);
            return numbers;
        }, {"parse"});
        executor.add("analyze", [](TaskContext& task) {
            const auto& numbers = task.input<std::vector<int>>("filter");
            return std::accumulate(numbers.begin(), numbers.end(), 0.0) / static_cast<double>(numbers.size());
        }, {"filter", "parse"});
        const ExecutionReport report = executor.execute();
        CHECK(report.exit_code() == 0);
        CHECK(page.get() == "mean 5.333333");
        CHECK(report.critical_path == std::vector<std::string>{"load_data", "parse", "filter", "analyze", "visualize"});
        CHECK(statuses(report) == "visualize:done load_data:done parse:done filter:done analyze:done");
        CHECK(record_of(report, "parse").meta.begin >= record_of(report, "load_data").meta.end);
    }
}

TEST_CASE("one failure under each OnError", "[executor]") {
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

TEST_CASE("all faults of a graph are named before anything runs", "[executor]") {
    HierarchicalExecutor executor({.threads = 2, .resources = {.memory = 1'000}});
    bool ran = false;
    executor.add("align", [&](TaskContext&) { ran = true; });
    executor.add("align", [](TaskContext&) {});
    executor.add("filter", [](TaskContext&) {}, {"aling"});
    executor.add("a", [](TaskContext&) {}, {"c"}, {.demand = {.cpu = 3}});
    executor.add("b", [](TaskContext&) {}, {"a"}, {.demand = {.memory = 2'000, .named = {{"gpu", 1}}}});
    executor.add("c", [](TaskContext&) {}, {"b"});
    CHECK_THROWS_WITH(executor.execute(),
                      "tasks: two tasks are named 'align'; task 'filter' waits for 'aling', which does not exist; did you mean align?; "
                      "task 'a' asks for 3 cpu of 2; task 'b' asks for 2000 bytes of memory of 1000; task 'b' asks for unknown limit 'gpu'; "
                      "tasks wait for each other: a -> c -> b -> a; nothing was started");
    CHECK_FALSE(ran);
}

TEST_CASE("a flaky task is tried again, with pauses, and only for what its policy names", "[executor]") {
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

TEST_CASE("a task that hangs ends by its timeout", "[executor]") {
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

TEST_CASE("a task ends when its sub-tasks have ended, and makes its result from theirs", "[executor]") {
    for (const int threads : {1, 2, 6}) {
        HierarchicalExecutor executor({.threads = threads});
        const auto sum = executor.add("sum", [](TaskContext& task) {
            const auto parts = std::make_shared<std::vector<std::int64_t>>(200);
            for (std::size_t i = 0; i < parts->size(); ++i)
                task.spawn("part " + std::to_string(i), [parts, i](TaskContext& part) {
                    if (i % 10 == 0) part.spawn("deeper", [parts, i](TaskContext&) { (*parts)[i] = static_cast<std::int64_t>(i); });
                    else (*parts)[i] = static_cast<std::int64_t>(i);
                });
            task.afterwards([parts](TaskContext&) -> std::any { return std::accumulate(parts->begin(), parts->end(), std::int64_t{0}); });
            return std::int64_t{0};
        });
        executor.add("after", [](TaskContext& task) { CHECK(task.input<std::int64_t>("sum") == 19'900); }, {"sum"});
        const ExecutionReport report = executor.execute();
        CHECK(report.exit_code() == 0);
        CHECK(sum.get() == 19'900);
        CHECK(sum.meta().sub_tasks == 220);
    }
}

TEST_CASE("one poisoned item of 10,000 leaves 9,999", "[executor]") {
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

TEST_CASE("events tell what happens when it happens, and a throwing sink harms nobody", "[executor]") {
    std::mutex mutex;
    std::vector<std::string> seen;
    HierarchicalExecutor executor({.threads = 1, .events = [&](const TaskEvent& event) {
        const std::lock_guard lock{mutex};
        seen.push_back(std::string(event.task) + " " + std::to_string(static_cast<int>(event.kind)) + " " + std::to_string(event.progress.done) +
                       std::string(event.text));
        throw std::runtime_error("sink");
    }});
    executor.add("a", [](TaskContext& task) {
        task.progress(3, 4);
        task.log("half way");
    });
    executor.add("b", [](TaskContext&) {}, {"a"});
    const ExecutionReport report = executor.execute();
    CHECK(report.exit_code() == 0);
    CHECK(seen == std::vector<std::string>{"a 0 0", "a 1 3", "a 2 0half way", "a 4 0", "b 0 0", "b 4 0"});
    CHECK(report.sink_errors == 6);
}

TEST_CASE("a task may ask only for what it waits for, by its type", "[executor]") {
    HierarchicalExecutor executor({.threads = 1});
    executor.add("number", [](TaskContext&) { return 7; });
    executor.add("stranger", [](TaskContext& task) { return task.input<int>("number"); }, {}, {.on_error = OnError::keep_going});
    executor.add("wrong", [](TaskContext& task) { return task.input<std::string>("number"); }, {"number"}, {.on_error = OnError::keep_going});
    const ExecutionReport report = executor.execute();
    CHECK(record_of(report, "stranger").reason == "task 'stranger' asks for the result of 'number', which is not among its dependencies");
    CHECK(record_of(report, "wrong").reason == "task 'wrong' asks for the result of 'number' as another type than it is");
    CHECK_THROWS_AS(executor.execute(), std::logic_error);
}
