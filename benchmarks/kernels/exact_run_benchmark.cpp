// Packing bases, and comparing packed stretches that start at any base of a word.
#include <benchmark/benchmark.h>

#include "kernels/random_bases.hpp"
#include "weft/kernel/exact_run.hpp"

namespace weft::bench {
namespace {

std::vector<std::uint64_t> packed(std::span<const Code> codes) {
    std::vector<std::uint64_t> words(static_cast<std::size_t>(packed_words(static_cast<std::int64_t>(codes.size()))));
    pack(codes, words);
    return words;
}

void pack_bases(benchmark::State& state) {
    const std::vector<Code> codes = random_bases(state.range(0), 1);
    std::vector<std::uint64_t> words(static_cast<std::size_t>(packed_words(state.range(0))));
    for (auto _ : state) {
        pack(codes, words);
        benchmark::DoNotOptimize(words.data());
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(pack_bases)->Arg(1'000)->Arg(100'000);

/// Two equal stretches, the second 7 bases further on: no word of one lines up with a word of the other.
template <std::int64_t (*Common)(PackedBases, std::int64_t, PackedBases, std::int64_t, std::int64_t), bool FromEnd>
void compare_bases(benchmark::State& state) {
    constexpr std::int64_t shift = 7;
    const std::int64_t length = state.range(0);
    const std::vector<Code> longer = random_bases(length + shift, 1);
    const std::vector<std::uint64_t> a = packed(std::span(longer).subspan(shift)), b = packed(longer);
    const std::int64_t begin = FromEnd ? length : 0;
    for (auto _ : state) benchmark::DoNotOptimize(Common(a, begin, b, begin + shift, length));
    state.SetItemsProcessed(state.iterations() * length);
}
BENCHMARK(compare_bases<common_prefix, false>)->Name("common_prefix")->Arg(20)->Arg(200)->Arg(10'000);
BENCHMARK(compare_bases<common_suffix, true>)->Name("common_suffix")->Arg(20)->Arg(200)->Arg(10'000);

}  // namespace
}  // namespace weft::bench
