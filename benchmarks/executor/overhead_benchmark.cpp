// What an empty task costs in each of the ways to have one: a thread of its own, a task of oneTBB's pool, a node of the task engine, a
// named task of the executor without events, with events that somebody hears, and with the event log. Items are tasks.
#include <benchmark/benchmark.h>
#include <oneapi/tbb/task_arena.h>
#include <oneapi/tbb/task_group.h>

#include <string>
#include <thread>

#include "executor/scratch_folder.hpp"
#include "weft/executor/event_log.hpp"
#include "weft/executor/hierarchical_executor.hpp"
#include "weft/executor/task_engine.hpp"

namespace weft::bench {
namespace {

constexpr int threads = 2;
constexpr int small_tasks = 100'000;
constexpr int named_tasks = 10'000;

void thread_and_join(benchmark::State& state) {
    for (auto _ : state) std::thread([] {}).join();
    state.SetItemsProcessed(state.iterations());
}

void pool_task(benchmark::State& state) {
    tbb::task_arena arena(threads);
    for (auto _ : state)
        arena.execute([] {
            tbb::task_group group;
            for (int i = 0; i < small_tasks; ++i) group.run([] {});
            group.wait();
        });
    state.SetItemsProcessed(state.iterations() * small_tasks);
}

void engine_node(benchmark::State& state) {
    for (auto _ : state) {
        TaskEngine engine({.threads = threads, .resources = {.cpu = threads}});
        for (int i = 0; i < small_tasks; ++i) engine.add([](NodeId) { return BodyEnd::done; });
        engine.run();
    }
    state.SetItemsProcessed(state.iterations() * small_tasks);
}

void named_tasks_with(benchmark::State& state, const EventSink& events) {
    HierarchicalExecutor executor({.threads = threads, .events = events});
    for (int i = 0; i < named_tasks; ++i) executor.add(std::to_string(i), [](TaskContext&) {});
    if (executor.execute().exit_code() != 0) state.SkipWithError("a task failed");
}

void named_quiet(benchmark::State& state) {
    for (auto _ : state) named_tasks_with(state, {});
    state.SetItemsProcessed(state.iterations() * named_tasks);
}

void named_heard(benchmark::State& state) {
    for (auto _ : state) named_tasks_with(state, [](const TaskEvent& event) { benchmark::DoNotOptimize(event.kind); });
    state.SetItemsProcessed(state.iterations() * named_tasks);
}

void named_logged(benchmark::State& state) {
    const ScratchFolder folder;
    EventLog log(folder.path(), {});
    for (auto _ : state) named_tasks_with(state, log.sink());
    state.SetItemsProcessed(state.iterations() * named_tasks);
}

BENCHMARK(thread_and_join)->Name("overhead/thread_spawn_and_join")->UseRealTime();
BENCHMARK(pool_task)->Name("overhead/pool_task")->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(engine_node)->Name("overhead/engine_node")->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(named_quiet)->Name("overhead/named_task/no_events")->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(named_heard)->Name("overhead/named_task/events")->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(named_logged)->Name("overhead/named_task/event_log")->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace weft::bench
