// Random sequences and evolved copies of them, the same in every run: what the kernels are measured on.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "weft/model/sequence.hpp"

namespace weft::bench {

inline std::vector<Code> random_bases(std::int64_t length, std::uint32_t seed) {
    std::mt19937 random(seed);
    std::vector<Code> codes(static_cast<std::size_t>(length));
    for (Code& code : codes) code = static_cast<Code>(random() & 3);
    return codes;
}

/// A copy in which the share `divergence` of the bases has changed: six of seven changes substitute a base, the seventh inserts or
/// deletes one to three.
inline std::vector<Code> evolved(const std::vector<Code>& codes, double divergence, std::uint32_t seed) {
    std::mt19937 random(seed);
    std::bernoulli_distribution changes(divergence);
    std::vector<Code> copy;
    copy.reserve(codes.size() + codes.size() / 8);
    for (std::size_t i = 0; i < codes.size(); ++i) {
        if (!changes(random)) {
            copy.push_back(codes[i]);
            continue;
        }
        if (random() % 7 != 0) {
            copy.push_back(static_cast<Code>((codes[i] + 1 + random() % 3) & 3));
            continue;
        }
        const auto bases = static_cast<std::uint32_t>(1 + random() % 3);
        if (random() % 2 == 0) {
            i += bases - 1;
            continue;
        }
        copy.push_back(codes[i]);
        for (std::uint32_t n = 0; n < bases; ++n) copy.push_back(static_cast<Code>(random() & 3));
    }
    return copy;
}

}  // namespace weft::bench
