// Work of a known length: so many rounds of arithmetic that nothing can leave out. Rounds and not a look at the clock, so that the work
// stays the same when the machine has other things to do.
#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace weft::bench {

inline std::uint64_t spin(std::uint64_t rounds) {
    std::uint64_t value = rounds;
    for (std::uint64_t i = 0; i < rounds; ++i) benchmark::DoNotOptimize(value = value * 6364136223846793005U + 1442695040888963407U);
    return value;
}

/// Rounds that take a microsecond when nobody else is at work: the fastest of many tries, found once.
inline double rounds_per_microsecond() {
    static const double rate = [] {
        constexpr std::uint64_t rounds = 20'000;
        double best = 0;
        for (int i = 0; i < 200; ++i) {
            const auto begin = std::chrono::steady_clock::now();
            spin(rounds);
            const std::chrono::duration<double, std::micro> time = std::chrono::steady_clock::now() - begin;
            best = std::max(best, static_cast<double>(rounds) / time.count());
        }
        return best;
    }();
    return rate;
}

inline std::uint64_t rounds_of(double microseconds) { return static_cast<std::uint64_t>(microseconds * rounds_per_microsecond()); }

}  // namespace weft::bench
