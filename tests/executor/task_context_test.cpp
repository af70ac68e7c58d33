// What a task sees and says: inputs, sub-tasks, events.
#include <catch2/catch.hpp>
#include <memory>
#include <mutex>
#include <numeric>
#include <stdexcept>
#include <thread>
#include <vector>

#include "support/executor_tasks.hpp"
#include "weft/executor/hierarchical_executor.hpp"

using namespace weft;
using namespace weft::test;
using namespace std::chrono_literals;

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

TEST_CASE("sink_test: events tell what happens when it happens, and a throwing sink harms nobody", "[executor]") {
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

TEST_CASE("progress_test: progress is an event at once, and the handle has the last one of the task itself", "[executor]") {
    std::vector<std::string> told;
    HierarchicalExecutor executor({.threads = 1, .events = [&](const TaskEvent& event) {
        if (event.kind == TaskEventKind::progress)
            told.push_back(std::string(event.task) + " " + std::to_string(event.progress.done) + "/" + std::to_string(event.progress.total));
    }});
    const auto handle = executor.add("align", [](TaskContext& task) {
        task.progress(1, 4);
        task.spawn("part", [](TaskContext& part) {
            part.progress(7);            // its own
            part.task_progress(3, 4);    // of the whole
        });
    });
    CHECK(handle.progress().done == 0);
    executor.execute();
    CHECK(told == std::vector<std::string>{"align 1/4", "align/part 7/0", "align 3/4"});
    CHECK(handle.progress().done == 3);
    CHECK(handle.progress().total == 4);
}

TEST_CASE("the threads of one task share its cancellation and its sub-tasks", "[executor]") {
    for (int round = 0; round < 200; ++round) {
        HierarchicalExecutor executor({.threads = 2});
        std::atomic<int> parts{0};
        std::vector<const std::atomic<bool>*> flags(4);
        const auto handle = executor.add("task", [&](TaskContext& task) {
            std::vector<std::jthread> threads;
            for (std::size_t i = 0; i < flags.size(); ++i)
                threads.emplace_back([&, i] {
                    flags[i] = task.cancel().flag();
                    task.spawn(std::to_string(i), [&](TaskContext&) { ++parts; });
                });
        });
        REQUIRE(executor.execute().exit_code() == 0);
        REQUIRE(parts == 4);
        REQUIRE(handle.meta().sub_tasks == 4);
        REQUIRE(flags == std::vector(4, flags[0]));
    }
}

TEST_CASE("what a sub-task spawns holds what the task holds, not what the sub-task does", "[executor]") {
    HierarchicalExecutor executor({.threads = 2, .resources = {.memory = 1'000}});
    std::atomic<int> there{0}, met{0};
    executor.add("task", [&](TaskContext& task) {
        task.spawn("large", [&](TaskContext& large) {
            for (int i = 0; i < 2; ++i)
                large.spawn(std::to_string(i), [&](TaskContext&) {
                    ++there;
                    for (int wait = 0; wait < 10'000 && there < 2; ++wait) std::this_thread::sleep_for(std::chrono::milliseconds(1));
                    if (there == 2) ++met;   // never if each held what only one can have
                });
        }, {.cpu = 1, .memory = 900});
    }, {}, {.demand = {.memory = 10}});
    CHECK(executor.execute().exit_code() == 0);
    CHECK(met == 2);
}
