// Scores of base-level alignment: a match is positive, everything else is a cost given as a positive number.
#pragma once

#include <algorithm>
#include <cstdint>

#include "weft/model/sequence.hpp"

namespace weft {

/// Dual-affine gaps: a gap of l bases costs min(open + l extend, open2 + l extend2) (Gotoh 1982; two pieces as in Li 2018).
struct Scoring {
    int match = 2;
    int mismatch = 4;
    int ambiguous = 1;      // cost of a column with a base that is not A, C, G, T
    int gap_open = 4;
    int gap_extend = 2;
    int gap_open2 = 24;
    int gap_extend2 = 1;

    constexpr int substitution(Code query, Code reference) const {
        if (query >= ambiguous_code || reference >= ambiguous_code) return -ambiguous;
        return query == reference ? match : -mismatch;
    }
    constexpr std::int64_t gap(std::int64_t length) const {
        return length <= 0 ? 0 : std::min(gap_open + length * gap_extend, gap_open2 + length * gap_extend2);
    }
    bool operator==(const Scoring&) const = default;
};

}  // namespace weft
