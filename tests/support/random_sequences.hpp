// Random pairs of sequences for property tests of the kernels: related, unrelated, repetitive, with ambiguous bases.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "weft/kernel/scoring.hpp"
#include "weft/model/sequence.hpp"

namespace weft::test {

class RandomPairs {
public:
    explicit RandomPairs(std::uint32_t seed) : random_(seed) {}

    std::int64_t between(std::int64_t low, std::int64_t high) { return std::uniform_int_distribution<std::int64_t>(low, high)(random_); }
    bool happens(double probability) { return std::bernoulli_distribution(probability)(random_); }

    /// Bases of the first `letters` codes.
    std::vector<Code> sequence(std::int64_t length, int letters = 4) {
        std::vector<Code> codes(static_cast<std::size_t>(length));
        for (Code& code : codes) code = static_cast<Code>(between(0, letters - 1));
        return codes;
    }

    /// A copy with each base substituted, deleted, or followed by inserted bases with the given probability each.
    std::vector<Code> evolved(const std::vector<Code>& codes, double rate) {
        std::vector<Code> copy;
        for (const Code code : codes) {
            if (happens(rate / 3)) continue;
            copy.push_back(happens(rate / 3) ? static_cast<Code>(between(0, 3)) : code);
            if (happens(rate / 3))
                for (std::int64_t more = between(1, happens(0.1) ? 40 : 3); more > 0; --more) copy.push_back(static_cast<Code>(between(0, 3)));
        }
        return copy;
    }

    /// A scoring that the kernels accept; now and then one that needs wider lanes.
    Scoring scoring() {
        if (happens(0.5)) return {};
        if (happens(0.1)) return {1, 19, 1, 39, 3, 81, 1};
        const auto below = [&](int limit) { return static_cast<int>(between(0, limit)); };
        const int scale = happens(0.2) ? 40 : 1;
        return {below(5) * scale, below(9) * scale, below(3) * scale, below(9) * scale, below(4) * scale, below(40) * scale, below(3) * scale};
    }

private:
    std::mt19937 random_;
};

}  // namespace weft::test
