// What a task costs in the task engine and in oneTBB's flow graph: building the graph and running it, empty bodies, two threads.
//
// The engine notes begin and end of every task meanwhile, as it always does. Names read graph/<shape>/<executor>; items are tasks.
#include <benchmark/benchmark.h>
#include <oneapi/tbb/flow_graph.h>
#include <oneapi/tbb/task_arena.h>

#include <deque>
#include <functional>
#include <memory>
#include <string>

#include "executor/graph_shapes.hpp"
#include "weft/executor/hierarchical_executor.hpp"
#include "weft/executor/task_engine.hpp"

namespace weft::bench {
namespace {

constexpr int threads = 2;
constexpr std::uint32_t tasks = 1U << 18;

void with_engine(const Shape& shape) {
    TaskEngine engine({.threads = threads, .resources = {.cpu = threads}});
    for (const auto& after : shape) engine.add([](NodeId) { return BodyEnd::done; }, after);
    engine.run();
}

void with_flow_graph(const Shape& shape) {
    tbb::task_arena arena(threads);
    arena.execute([&] {
        using Node = tbb::flow::continue_node<tbb::flow::continue_msg>;
        tbb::flow::graph graph;
        std::deque<Node> nodes;
        std::deque<std::size_t> roots;
        for (std::size_t i = 0; i < shape.size(); ++i) {
            nodes.emplace_back(graph, [](const tbb::flow::continue_msg&) {});
            for (const std::uint32_t other : shape[i]) tbb::flow::make_edge(nodes[other], nodes[i]);
            if (shape[i].empty()) roots.push_back(i);
        }
        for (const std::size_t root : roots) nodes[root].try_put(tbb::flow::continue_msg());
        graph.wait_for_all();
    });
}

/// With everything: names, handles, results, an end and a beginning told of each task.
HierarchicalExecutor executor_with_events() {
    return HierarchicalExecutor({.threads = threads, .events = [](const TaskEvent& event) { benchmark::DoNotOptimize(event.kind); }});
}

void with_executor(const Shape& shape) {
    HierarchicalExecutor executor = executor_with_events();
    std::vector<TaskId> tasks_so_far, after;
    for (const auto& others : shape) {
        after.clear();
        for (const std::uint32_t other : others) after.push_back(tasks_so_far[other]);
        tasks_so_far.push_back(executor.add(std::to_string(tasks_so_far.size()), [](TaskContext&) {}, after).id());
    }
    if (executor.execute().exit_code() != 0) std::abort();
}

/// Dependencies by name, as pipelines have them.
void with_executor_by_name(const Shape& shape) {
    HierarchicalExecutor executor = executor_with_events();
    std::vector<std::string> after;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        after.clear();
        for (const std::uint32_t other : shape[i]) after.push_back(std::to_string(other));
        executor.add(std::to_string(i), [](TaskContext&) {}, after);
    }
    if (executor.execute().exit_code() != 0) std::abort();
}

void measure(benchmark::State& state, const Shape& shape, const std::function<void(const Shape&)>& run) {
    for (auto _ : state) run(shape);
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(shape.size()));
}

[[maybe_unused]] const bool registered = [] {
    const std::pair<const char*, Shape (*)(std::uint32_t)> shapes[] = {
        {"linear_chain", linear_chain}, {"binary_tree", binary_tree}, {"wavefront", wavefront}, {"traversal", traversal}, {"wide_fan_out", wide_fan_out}};
    const auto add = [](const std::string& name, const std::shared_ptr<const Shape>& shape, void (*run)(const Shape&)) {
        benchmark::RegisterBenchmark(name.c_str(), [shape, run](benchmark::State& state) { measure(state, *shape, run); })
            ->UseRealTime()->Unit(benchmark::kMillisecond);
    };
    for (const auto& [name, make] : shapes) {
        const auto shape = std::make_shared<const Shape>(make(tasks));
        add(std::string("graph/") + name + "/engine", shape, with_engine);
        add(std::string("graph/") + name + "/flow_graph", shape, with_flow_graph);
        add(std::string("graph/") + name + "/executor", shape, with_executor);
        add(std::string("graph/") + name + "/executor_by_name", shape, with_executor_by_name);
    }
    return true;
}();

}  // namespace
}  // namespace weft::bench
