// The five stages, and graphs that are refused.
#include <catch2/catch.hpp>
#include <numeric>
#include <string>
#include <vector>

#include "support/executor_tasks.hpp"
#include "weft/executor/hierarchical_executor.hpp"

using namespace weft;
using namespace weft::test;
using namespace std::chrono_literals;

TEST_CASE("five_stage_test: load_data, parse, filter, analyze, visualize", "[executor]") {
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
        CHECK(report.critical_path() == std::vector<std::string>{"load_data", "parse", "filter", "analyze", "visualize"});
        CHECK(statuses(report) == "visualize:done load_data:done parse:done filter:done analyze:done");
        CHECK(record_of(report, "parse").meta.begin >= record_of(report, "load_data").meta.end);
    }
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
