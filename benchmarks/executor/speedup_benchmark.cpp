// What the second thread brings: the same features aligned with one thread and with two, in turn. Counters: the speed-up as a median of
// neighbouring runs, the efficiency (1 is perfect), and the share of the work that is parallel by Amdahl's law (1967).
#include <benchmark/benchmark.h>

#include <vector>

#include "executor/align_sample.hpp"
#include "executor/figures.hpp"
#include "weft/parallel_aligner.hpp"

namespace weft::bench {
namespace {

constexpr int pairs_of_runs = 5;   // per iteration

void align(benchmark::State& state) {
    const AlignSample& sample = align_sample();
    const auto seconds_with = [&](int threads) {
        const ParallelAligner aligner(sample.index, {.threads = threads});
        return seconds_of([&] { aligner.align_features(sample.features, [](const Feature&, const FeatureAlignments&) {}); });
    };
    std::vector<double> speedups;
    for (auto _ : state)
        for (int i = 0; i < pairs_of_runs; ++i) {
            const double alone = seconds_with(1);
            speedups.push_back(alone / seconds_with(2));
        }
    const double speedup = median(speedups);
    state.counters["speedup"] = speedup;
    state.counters["efficiency"] = speedup / 2;
    state.counters["parallel_share"] = 2 * (1 - 1 / speedup);
}

BENCHMARK(align)->Name("speedup/align_1_and_2_threads")->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace weft::bench
