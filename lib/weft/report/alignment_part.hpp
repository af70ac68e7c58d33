// The part of an alignment that lies in a window of the reference, as a record of its own.
//
// A slice of a chromosome is to be small, whatever overlaps it: of a contig that is aligned over a million bases it shows what
// lies in the window. What was cut off on either side is a hard clip, as a part of a query has it anywhere else.
#pragma once

#include <optional>
#include <string>

#include "weft/record/alignment_reader.hpp"
#include "weft/record/small_bam.hpp"

namespace weft {

/// Cuts an aligned record to a window. `letters` are those of record.query along the forward reference, empty when they are not
/// known. A record without CIGAR counts as one match without letters. Gaps at a cut are left out. Nothing when no base of the
/// query lies in the window. The edit distance is kept only where nothing was cut.
std::optional<SmallBamRecord> part_in_window(const AlignmentRecord& record, std::string letters, ReferenceInterval window);

}   // namespace weft
