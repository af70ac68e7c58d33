// Minimizers of random sequence, by length of the query: short ones are all start and end.
#include <benchmark/benchmark.h>

#include "kernels/random_bases.hpp"
#include "weft/kernel/sketch.hpp"

namespace weft::bench {
namespace {

void sketch_bases(benchmark::State& state, int k, int w) {
    const std::vector<Code> codes = random_bases(state.range(0), 1);
    std::vector<Minimizer> minimizers;
    for (auto _ : state) {
        minimizers.clear();
        sketch(codes, k, w, minimizers);
        benchmark::DoNotOptimize(minimizers.data());
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));   // items are bases
    state.counters["per_base"] = static_cast<double>(minimizers.size()) / static_cast<double>(codes.size());
}

BENCHMARK_CAPTURE(sketch_bases, k15_w10, 15, 10)->Arg(100)->Arg(1'000)->Arg(100'000)->Arg(10'000'000);
BENCHMARK_CAPTURE(sketch_bases, k11_w5, 11, 5)->Arg(20)->Arg(100)->Arg(1'000);

}  // namespace
}  // namespace weft::bench
