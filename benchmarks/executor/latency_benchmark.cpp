// From the end of a task's last dependency to its own begin, as the executor notes it: along a chain of empty tasks when nothing else
// runs, and when all threads are busy with tasks of 100 us that matter less. Counters in microseconds.
#include <benchmark/benchmark.h>

#include <chrono>
#include <string>
#include <vector>

#include "executor/figures.hpp"
#include "executor/spin.hpp"
#include "weft/executor/hierarchical_executor.hpp"

namespace weft::bench {
namespace {

constexpr int threads = 2;
constexpr int links = 1'000;
constexpr int busy_tasks = 4'000;

void chain(benchmark::State& state, bool load) {
    const std::uint64_t busy = rounds_of(100);
    std::vector<double> latencies;
    for (auto _ : state) {
        HierarchicalExecutor executor({.threads = threads});
        std::vector<TaskHandle<std::monostate>> handles;
        for (int i = 0; i < links; ++i) {
            std::vector<std::string> after;
            if (i > 0) after.push_back(std::to_string(i - 1));
            handles.push_back(executor.add(std::to_string(i), [](TaskContext&) {}, std::move(after), {.priority = 1}));
        }
        for (int i = 0; load && i < busy_tasks; ++i) executor.add("busy " + std::to_string(i), [busy](TaskContext&) { spin(busy); });
        executor.execute();
        for (std::size_t i = 1; i < handles.size(); ++i) {
            const TaskMeta meta = handles[i].meta();
            latencies.push_back(std::chrono::duration<double, std::micro>(meta.begin - meta.ready).count());
        }
    }
    state.counters["p50_us"] = quantile(latencies, 0.5);
    state.counters["p99_us"] = quantile(latencies, 0.99);
}

BENCHMARK_CAPTURE(chain, idle, false)->Name("latency/idle")->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(chain, load, true)->Name("latency/load")->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace weft::bench
