// parallel_map beside oneTBB's parallel_for, and beside a loop where there is too little to share. Both write one number per item; what
// parallel_map does on top is to keep how each item ended.
#include <benchmark/benchmark.h>
#include <oneapi/tbb/parallel_for.h>

#include <cstdint>
#include <string>
#include <vector>

#include "executor/spin.hpp"
#include "weft/executor/parallel_map.hpp"

namespace weft::bench {
namespace {

using Items = std::vector<std::uint64_t>;   // rounds of work

void with_map(const Items& items) { benchmark::DoNotOptimize(parallel_map(items, [](std::uint64_t rounds) { return spin(rounds); }).data()); }

void with_parallel_for(const Items& items) {
    std::vector<std::uint64_t> results(items.size());
    tbb::parallel_for(std::size_t{0}, items.size(), [&](std::size_t i) { results[i] = spin(items[i]); });
    benchmark::DoNotOptimize(results.data());
}

void with_loop(const Items& items) {
    std::vector<std::uint64_t> results(items.size());
    for (std::size_t i = 0; i < items.size(); ++i) results[i] = spin(items[i]);
    benchmark::DoNotOptimize(results.data());
}

[[maybe_unused]] const bool registered = [] {
    const auto add = [](const std::string& name, std::size_t count, double microseconds, void (*run)(const Items&)) {
        benchmark::RegisterBenchmark(("map/" + name).c_str(), [=](benchmark::State& state) {
            const Items items(count, rounds_of(microseconds));
            for (auto _ : state) run(items);
            state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(count));
        })->UseRealTime()->Unit(benchmark::kMicrosecond);
    };
    add("10us_x_2000/parallel_map", 2'000, 10, with_map);
    add("10us_x_2000/parallel_for", 2'000, 10, with_parallel_for);
    add("1us_x_8/parallel_map", 8, 1, with_map);
    add("1us_x_8/loop", 8, 1, with_loop);
    add("1us_x_100000/parallel_map", 100'000, 1, with_map);
    add("1us_x_100000/parallel_for", 100'000, 1, with_parallel_for);
    return true;
}();

}  // namespace
}  // namespace weft::bench
