// Random numbers that are the same on every platform, forever.
//
// Simulated sets are identified by their seed: a test, a user and a paper must get the same genome from the same command.
// The generators and above all the distributions of <random> differ between standard libraries, and logarithms between
// mathematical ones, so everything here is integer arithmetic of our own, written down with its source.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace weft {

/// SplitMix64 (Steele 2014, OOPSLA): the next 64 bits, and moves the state on. Also a hash: neighbouring states give bits far apart.
std::uint64_t split_mix(std::uint64_t& state);

/// xoshiro256** 1.0 (Blackman and Vigna 2021, ACM TOMS 47:36), seeded by SplitMix64.
/// Not thread-safe; cheap to copy, a copy continues with the same numbers.
class Random {
public:
    explicit Random(std::uint64_t seed);
    /// A stream of its own for every (seed, name): parts of a simulation that must not disturb each other use different names.
    Random(std::uint64_t seed, std::string_view stream);

    /// 64 random bits.
    std::uint64_t bits();
    /// Uniform in [0, bound); bound >= 1.
    std::uint64_t below(std::uint64_t bound);
    /// Uniform in [low, high], both included; low <= high.
    std::int64_t between(std::int64_t low, std::int64_t high);
    /// True with the given probability (below 0 counts as 0, above 1 as 1).
    bool chance(double probability);
    /// Number of successes of `chance(go_on)` before the first failure; at most `most`.
    std::int64_t run_length(double go_on, std::int64_t most);
    /// About normal: the sum of twelve uniform numbers, so never more than six deviations from the mean.
    std::int64_t normal(std::int64_t mean, std::int64_t deviation);
    /// Exponential with this mean, by comparisons alone (von Neumann 1951, "Various techniques used in connection with random digits").
    std::int64_t exponential(std::int64_t mean);
    /// In [low, high], every power of two equally likely: many small values, a few large ones. 1 <= low <= high.
    std::int64_t over_magnitudes(std::int64_t low, std::int64_t high);
    /// One of A, C, G, T; G or C with probability `gc`.
    char base(double gc = 0.5);

private:
    std::array<std::uint64_t, 4> state_{};
};

}  // namespace weft
