// A piece is what lies between two exact blocks of a chain: m query and n reference bases. Each is settled by the cheapest method
// that can prove its answer.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "weft/align/options.hpp"
#include "weft/kernel/band_dp.hpp"
#include "weft/model/cigar.hpp"
#include "weft/model/sequence.hpp"

namespace weft {

/// Reusable memory of one worker, and what it has done so far.
struct FillScratch {
    BandScratch band{};
    GlobalAlignment global{};
    std::vector<std::int32_t> prefix{};   // running scores of the one-gap method
};

/// Aligns all of `query` to all of `reference` with the highest score and appends =, X, I, D to `cigar`.
///   - equal lengths: ungapped, when no gapped alignment can score more;
///   - unequal lengths: one gap at the best (leftmost) split, when no other shape can score more;
///   - else banded dual-affine alignment, the band doubled until leaving it cannot pay or `options.bandwidth` is reached.
/// Returns false, and appends nothing, when the matrix would exceed `options.max_cells`.
bool fill_piece(std::span<const Code> query, std::span<const Code> reference, const AlignOptions& options, FillScratch& scratch,
                Cigar& cigar);

/// Appends a stretch of aligned columns (equal lengths) as = and X.
void append_columns(std::span<const Code> query, std::span<const Code> reference, Cigar& cigar);

/// Appends an alignment in M, I, D with its M columns told apart as = and X.
void append_exact(std::span<const CigarElement> merged, std::span<const Code> query, std::span<const Code> reference, Cigar& cigar);

}  // namespace weft
