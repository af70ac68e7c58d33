// Banded dual-affine alignment on every SIMD target of this machine, beside the exact wavefront alignment of WFA2 on the same pairs.
//
// Names read band_dp/<target>/<bases>/<divergence in tenths of a percent>; items are query bases.
#include <benchmark/benchmark.h>

#include <string>

#include "kernels/random_bases.hpp"
#include "support/wfa2.hpp"
#include "weft/kernel/band_dp.hpp"

namespace weft::bench {
namespace {

constexpr std::size_t pairs = 64;   // more than one, so that no branch is learnt by heart

struct Pair {
    std::vector<Code> query{};
    std::vector<Code> reference{};
};

std::vector<Pair> random_pairs(std::int64_t length, double divergence) {
    std::vector<Pair> result(pairs);
    for (std::size_t i = 0; i < pairs; ++i) {
        result[i].reference = random_bases(length, static_cast<std::uint32_t>(i + 1));
        result[i].query = evolved(result[i].reference, divergence, static_cast<std::uint32_t>(i + 1));
    }
    return result;
}

std::int64_t query_bases(const std::vector<Pair>& some) {
    std::int64_t sum = 0;
    for (const Pair& pair : some) sum += static_cast<std::int64_t>(pair.query.size());
    return sum;
}

void band_dp(benchmark::State& state, SimdTarget target) {
    const std::vector<Pair> some = random_pairs(state.range(0), static_cast<double>(state.range(1)) / 1'000);
    const std::int64_t width = 8 + state.range(0) / 16;   // as align/fill_piece.cpp begins
    BandScratch scratch;
    GlobalAlignment result;
    for (auto _ : state) {
        for (const Pair& pair : some) {
            const std::int64_t last = std::ssize(pair.reference) - std::ssize(pair.query);
            const DiagonalBand band{std::min<std::int64_t>(0, last) - width, std::max<std::int64_t>(0, last) + width};
            align_global_on(target, pair.query, pair.reference, {}, band, scratch, result);
            benchmark::DoNotOptimize(result.score);
        }
    }
    state.SetItemsProcessed(state.iterations() * query_bases(some));
}

void wavefront(benchmark::State& state) {
    const std::vector<Pair> some = random_pairs(state.range(0), static_cast<double>(state.range(1)) / 1'000);
    std::vector<std::pair<std::string, std::string>> letters;
    for (const Pair& pair : some) {
        letters.emplace_back();
        for (const Code code : pair.query) letters.back().first += letter_of_code(code);
        for (const Code code : pair.reference) letters.back().second += letter_of_code(code);
    }
    const test::WavefrontAligner aligner = test::wavefront_aligner(Scoring{}, compute_alignment);
    for (auto _ : state) {
        for (const auto& [query, reference] : letters) {
            wavefront_align(aligner.get(), query.data(), static_cast<int>(query.size()), reference.data(), static_cast<int>(reference.size()));
            benchmark::DoNotOptimize(aligner->cigar->score);
        }
    }
    state.SetItemsProcessed(state.iterations() * query_bases(some));
}

void each_size(benchmark::internal::Benchmark* one) {
    for (const std::int64_t length : {20, 50, 200, 1'000})
        for (const std::int64_t tenths_of_a_percent : {10, 50, 100}) one->Args({length, tenths_of_a_percent});
}

[[maybe_unused]] const bool registered = [] {
    for (const SimdTarget target : available_targets())
        each_size(benchmark::RegisterBenchmark(("band_dp/" + std::string(name_of(target))).c_str(), band_dp, target));
    each_size(benchmark::RegisterBenchmark("band_dp/WFA2", wavefront));
    return true;
}();

}  // namespace
}  // namespace weft::bench
