// One walk over a CIGAR that fills in everything an alignment says about itself: score, counts, lengths.
//
// Nothing else computes these numbers, so the score reported is by construction the score of the CIGAR reported.
#pragma once

#include <cstdint>
#include <span>

#include "weft/align/options.hpp"
#include "weft/index/index_view.hpp"
#include "weft/model/alignment.hpp"
#include "weft/model/sequence.hpp"

namespace weft {

/// Fills score, placement_score, best_segment_score, matches, mismatches, ambiguous, inserted, deleted and gap_opens from `alignment.cigar`.
/// `query` is the oriented query from the first column on, `reference` the linear position of the first column.
void measure(const IndexView& index, std::span<const Code> query, std::uint64_t reference, const AlignOptions& options,
             Alignment& alignment);

}  // namespace weft
