// Batches of the aligner by size class (many short features, few long ones) beside batches of one size for all, on a mix of features of
// 100, 1,500 and 12,000 bases.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>

#include "executor/align_sample.hpp"
#include "weft/parallel_aligner.hpp"

namespace weft::bench {
namespace {

constexpr int threads = 2;

void align(benchmark::State& state, const ParallelOptions& options) {
    const AlignSample& sample = align_sample();
    const ParallelAligner aligner(sample.index, options);
    std::size_t found = 0;
    for (auto _ : state)
        aligner.align_features(sample.features, [&](const Feature&, const FeatureAlignments& result) { found += result.alignments.size(); });
    if (found == 0) state.SkipWithError("nothing was aligned");
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(sample.features.size()));
}

[[maybe_unused]] const bool registered = [] {
    const auto add = [](const std::string& name, const ParallelOptions& options) {
        benchmark::RegisterBenchmark(("batch/" + name).c_str(), [options](benchmark::State& state) { align(state, options); })
            ->UseRealTime()->Unit(benchmark::kMillisecond);
    };
    add("by_class", {.threads = threads});
    for (const int size : {1, 4, 16, 64, 256}) {
        ParallelOptions options{.threads = threads};
        for (SizeClassOptions& one : options.classes) {
            one.batch_features = size;
            one.batch_bases = INT64_MAX;
        }
        add("fixed_" + std::to_string(size), options);
    }
    return true;
}();

}  // namespace
}  // namespace weft::bench
