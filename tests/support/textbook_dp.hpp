// Dual-affine alignment as a textbook writes it: three full matrices of scores, no band, no trace. A judge for the kernels.
#pragma once

#include <cstdint>
#include <span>

#include "weft/kernel/scoring.hpp"
#include "weft/model/cigar.hpp"
#include "weft/model/sequence.hpp"

namespace weft::test {

struct TextbookScores {
    std::int64_t global = 0;      // all of both
    std::int64_t best = 0;        // from the start to anywhere
    std::int64_t best_whole = 0;  // from the start to anywhere in the last query row
};

/// Aligns from the common start of both. A cell is allowed when `low` <= reference - query bases used <= `high`.
TextbookScores textbook_scores(std::span<const Code> query, std::span<const Code> reference, const Scoring& scoring,
                               std::int64_t low, std::int64_t high);

/// Score of an alignment from the starts of both sequences.
std::int64_t path_score(std::span<const Code> query, std::span<const Code> reference, const Scoring& scoring, const Cigar& cigar);

}  // namespace weft::test
