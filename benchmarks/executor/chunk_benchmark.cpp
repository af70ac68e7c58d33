// How large the pieces of a map should be: chunks of fixed size from one item to all, beside the automatic ones, over items of uneven cost
// (most are small, a few are a hundred times as large, as with genes).
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "executor/spin.hpp"
#include "weft/executor/parallel_map.hpp"

namespace weft::bench {
namespace {

constexpr std::size_t count = 16'384;

const std::vector<std::uint64_t>& uneven_items() {
    static const std::vector<std::uint64_t> items = [] {
        std::mt19937 random(1);
        std::vector<std::uint64_t> rounds(count);
        for (std::uint64_t& item : rounds) {
            const double share = static_cast<double>(random() % 1'000'000) / 1e6;
            item = rounds_of(0.2 * std::pow(100, share * share * share));   // 0.2 to 20 us
        }
        return rounds;
    }();
    return items;
}

[[maybe_unused]] const bool registered = [] {
    for (std::size_t grain = 0; grain <= count; grain = grain == 0 ? 1 : 4 * grain) {
        const std::string name = grain == 0 ? "chunk/automatic" : "chunk/" + std::to_string(grain);
        benchmark::RegisterBenchmark(name.c_str(), [grain](benchmark::State& state) {
            const std::vector<std::uint64_t>& items = uneven_items();
            for (auto _ : state) benchmark::DoNotOptimize(parallel_map(items, [](std::uint64_t rounds) { return spin(rounds); }, {.grain = grain}).data());
            state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(count));
        })->UseRealTime()->Unit(benchmark::kMicrosecond);
    }
    return true;
}();

}  // namespace
}  // namespace weft::bench
