// Which of a feature's candidate alignments are primary, supplementary and secondary, and how sure the place is.
//
// Everything here goes by alignment score, after base-level alignment: the primary never has a lower score than a secondary of the
// same part, whatever the chains said.
#pragma once

#include "weft/kernel/scoring.hpp"
#include "weft/model/alignment.hpp"
#include "weft/select/options.hpp"

namespace weft {

/// The order of alignments: by falling score, then contig, position, strand, query position.
bool better_alignment(const Alignment& a, const Alignment& b);

/// Takes candidates in any order (score, counts, intervals, chain scores set) and the feature's repeat_length; drops duplicates, sets
/// role, mapq, ties and second_chain_score, applies the options and leaves primary, supplementary, then secondary alignments by
/// falling score.
/// The outcome does not depend on the order of the candidates. -N never cuts inside a tie. Copies within
/// options.neighbour_margin of the primary also go to `result.alternatives` when options.neighbours is set.
void select_alignments(const Scoring& scoring, const SelectOptions& options, FeatureAlignments& result);

}  // namespace weft
