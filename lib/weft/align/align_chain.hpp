// From a chain to base-level alignments: pieces between its blocks are filled, its ends are extended, the whole is stitched,
// normalised and measured.
//
// One chain usually gives one alignment. Where a piece cannot be aligned (an inversion, a stretch that was replaced) the score
// would fall by more than options.drop; the chain is cut there and gives several.
#pragma once

#include <vector>

#include "weft/align/fill_piece.hpp"
#include "weft/align/options.hpp"
#include "weft/index/index_view.hpp"
#include "weft/model/alignment.hpp"
#include "weft/model/anchor.hpp"
#include "weft/model/for_each.hpp"
#include "weft/seed/query.hpp"

namespace weft {

struct AlignScratch {
    FillScratch fill{};
    std::vector<Code> query{};        // a flank, reversed
    std::vector<Code> reference{};    // decoded reference of a piece or flank
    Extension extension{};
    Extension bridged{};
};

/// Appends the alignments of a chain: contig, strand, intervals, CIGAR, score and counts are set, role and MAPQ are not.
/// Chain scores and minimizers are the chain's. Pieces are handed to `for_each` when there are many of them; the result does not
/// depend on it.
void align_chain(const IndexView& index, const Query& query, const Chain& chain, const AlignOptions& options, AlignScratch& scratch,
                 const ForEach& for_each, std::vector<Alignment>& alignments);

}  // namespace weft
