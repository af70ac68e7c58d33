// Where an indel can stand at several places with the same score, it stands at the leftmost one on the forward reference.
//
// One function for every alignment, whichever method found it: variant callers and people comparing two runs rely on it.
// The normal form is that of Tan et al. 2015 (Bioinformatics 31:2202), without crossing other differences.
#pragma once

#include <cstdint>
#include <span>

#include "weft/index/index_view.hpp"
#include "weft/model/cigar.hpp"
#include "weft/model/sequence.hpp"

namespace weft {

/// Shifts each indel of an exact CIGAR (=, X, I, D) left over matching columns as far as it goes; indels of one kind that meet
/// merge; a gap next to one of the other kind stays. The first and last element stay columns: an indel never moves to an end.
/// `query` is the oriented query from the first column on, `reference` the linear position of the first column.
void left_align(const IndexView& index, std::span<const Code> query, std::uint64_t reference, Cigar& cigar);

}  // namespace weft
