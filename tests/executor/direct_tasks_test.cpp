// Large graphs of alike tasks, which go straight to the threads: the same promises as for those that wait in the queue.
#include <atomic>
#include <catch2/catch.hpp>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "support/executor_tasks.hpp"
#include "weft/executor/hierarchical_executor.hpp"

using namespace weft;
using namespace weft::test;
using namespace std::chrono_literals;

namespace {

constexpr int many = 3'000;   // more than 1,000 for each of the two threads of the runs below

}  // namespace

TEST_CASE("every task of a large graph runs once, after what it waits for, and sees its results", "[executor]") {
    for (const bool by_name : {false, true}) {
        std::mt19937 random(5);
        std::atomic<int> started{0}, ended{0};
        HierarchicalExecutor executor({.threads = 2, .events = [&](const TaskEvent& event) { ++(event.kind == TaskEventKind::started ? started : ended); }});
        std::vector<TaskHandle<std::uint64_t>> handles;
        std::vector<std::uint64_t> expected;
        for (int i = 0; i < many; ++i) {
            std::vector<TaskId> ids;
            std::vector<std::string> names;
            std::uint64_t sum = 1;
            for (auto edges = i == 0 ? 0 : random() % 3; edges > 0; --edges) {
                const std::size_t other = random() % static_cast<std::size_t>(i);
                ids.push_back(handles[other].id());
                names.push_back("task " + std::to_string(other));
                sum += expected[other];
            }
            expected.push_back(sum);
            const auto work = [names](TaskContext& task) {
                std::uint64_t result = 1;
                for (const std::string& name : names) result += task.input<std::uint64_t>(name);
                return result;
            };
            const std::string name = "task " + std::to_string(i);
            handles.push_back(by_name ? executor.add(name, work, names) : executor.add(name, work, ids));
        }
        const ExecutionReport report = executor.execute();
        CHECK(report.exit_code() == 0);
        CHECK(report.count(TaskStatus::done) == many);
        CHECK(started == many);
        CHECK(ended == many);
        for (int i = 0; i < many; ++i) REQUIRE(handles[static_cast<std::size_t>(i)].get() == expected[static_cast<std::size_t>(i)]);
        for (const TaskRecord& task : report.tasks()) {
            REQUIRE(task.meta.attempts == 1);
            REQUIRE(task.meta.ready <= task.meta.begin);
            REQUIRE(task.meta.begin <= task.meta.end);
        }
    }
}

TEST_CASE("a failure ends a large graph: what had not begun is cancelled or skipped, each task once", "[executor]") {
    HierarchicalExecutor executor({.threads = 2});
    executor.add("bad", [](TaskContext&) { fail_with("poisoned"); });
    const auto behind = executor.add("behind", [](TaskContext&) {}, {"bad"});
    for (int i = 0; i < many; ++i) executor.add(std::to_string(i), [](TaskContext&) { std::this_thread::sleep_for(1ms); });
    const ExecutionReport report = executor.execute();
    CHECK(report.exit_code() == 1);
    CHECK(record_of(report, "bad").reason == "genes.fa:7: poisoned");
    CHECK(record_of(report, "behind").status == TaskStatus::skipped);
    CHECK(record_of(report, "behind").cause == "bad");
    CHECK(report.count(TaskStatus::cancelled) > 0);
    CHECK(report.count(TaskStatus::done) + report.count(TaskStatus::cancelled) == many);
    CHECK_THROWS_WITH(behind.get(), "task 'bad' failed");
    CHECK_THROWS_AS(report.rethrow(), FormatError);
}

TEST_CASE("tasks of a large graph have sub-tasks, a cancellation of their own, and are seen while they run", "[executor]") {
    HierarchicalExecutor executor({.threads = 2});
    std::atomic<int> parts{0};
    const auto split = executor.add("split", [&](TaskContext& task) {
        for (int i = 0; i < 10; ++i) task.spawn(std::to_string(i), [&](TaskContext&) { ++parts; });
        task.afterwards([&](TaskContext&) { return std::any(parts.load()); });
        return 0;
    });
    const auto behind = executor.add("behind", [](TaskContext& task) { return task.input<int>("split"); }, after(split));
    auto stuck = executor.add("stuck", sleep_unless_cancelled, after(behind));
    for (int i = 0; i < many; ++i) executor.add(std::to_string(i), [](TaskContext&) {});
    std::string seen;
    std::thread user([&] {
        for (int i = 0; i < 10'000 && stuck.meta().attempts == 0; ++i) std::this_thread::sleep_for(1ms);
        for (const auto& task : executor.snapshot().running) seen += task.name;
        stuck.cancel();
    });
    const ExecutionReport report = executor.execute();
    user.join();
    CHECK(behind.get() == 10);
    CHECK(split.meta().sub_tasks == 10);
    CHECK(stuck.wait().status == TaskStatus::cancelled);
    CHECK(seen.find("stuck") != std::string::npos);
    CHECK(report.count(TaskStatus::done) == many + 2);
}

TEST_CASE("a task of a large graph may wait for a neighbour: no other stands in its way", "[executor]") {
    HierarchicalExecutor executor({.threads = 2});
    std::optional<TaskHandle<int>> neighbour;
    std::atomic<bool> waited{false};
    executor.add("waiting", [&](TaskContext&) { waited = neighbour->wait_for(20s); });
    neighbour = executor.add("neighbour", [](TaskContext&) { return 1; });
    for (int i = 0; i < many; ++i) executor.add(std::to_string(i), [](TaskContext&) {});
    CHECK(executor.execute().exit_code() == 0);
    CHECK(waited);
}

TEST_CASE("names may repeat only where nobody is looked up by one", "[executor]") {
    for (const bool by_name : {false, true}) {
        HierarchicalExecutor executor({.threads = 2});
        for (int i = 0; i < many; ++i) executor.add("alike", [](TaskContext&) {});
        if (by_name) executor.add("last", [](TaskContext&) {}, {"alike"});
        if (by_name) CHECK_THROWS_WITH(executor.execute(), Catch::Contains("two tasks are named 'alike'"));
        else CHECK(executor.execute().exit_code() == 0);
    }
}

TEST_CASE("a report outlives its executor, what users captured does not", "[executor]") {
    std::optional<ExecutionReport> report;
    const auto captured = std::make_shared<int>(1);
    {
        HierarchicalExecutor executor({.threads = 1});
        const auto first = executor.add("first", [captured](TaskContext&) { std::this_thread::sleep_for(1ms); });
        executor.add("second", [captured](TaskContext&) {}, after(first));
        report = executor.execute();
    }
    CHECK(captured.use_count() == 1);
    CHECK(statuses(*report) == "first:done second:done");
    CHECK(report->critical_path() == std::vector<std::string>{"first", "second"});
}

TEST_CASE("a task can wait only for tasks of its own executor", "[executor]") {
    HierarchicalExecutor one, other;
    one.add("first", [](TaskContext&) {});
    const auto second = one.add("second", [](TaskContext&) {});
    const auto stranger = other.add("stranger", [](TaskContext&) {});
    CHECK_THROWS_AS(one.add("third", [](TaskContext&) {}, after(stranger)), std::logic_error);
    CHECK_NOTHROW(one.add("third", [](TaskContext&) {}, after(second)));
}

TEST_CASE("nothing is added to an executor that has been executed, and a refused graph leaves nobody waiting", "[executor]") {
    HierarchicalExecutor executor;
    const auto first = executor.add("first", [](TaskContext&) {});
    executor.add("second", [](TaskContext&) {}, {"nobody"});
    CHECK_THROWS_AS(executor.execute(), UsageError);
    CHECK(first.wait().status == TaskStatus::cancelled);
    CHECK_THROWS_AS(executor.add("third", [](TaskContext&) {}), std::logic_error);
}
