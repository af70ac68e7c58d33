// Anchors to blocks: neighbouring anchors of one diagonal become one exact match before anything is sorted or chained.
//
// At one change per 100 bases, ten to eighteen minimizers lie in one exact run; chaining runs instead of minimizers makes the
// chaining five to fifteen times smaller and leaves the base-level alignment only the bases between the runs.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "weft/index/index_view.hpp"
#include "weft/model/anchor.hpp"
#include "weft/seed/query.hpp"

namespace weft {

struct MergeScratch {
    std::vector<std::uint64_t> keys{};    // open-addressing table: diagonal -> its last block
    std::vector<std::uint32_t> blocks{};
};

/// Extends each anchor to both sides until the first difference, ambiguous base or end of contig or query, and merges the anchors
/// that fall into the same run. `anchors` must rise by query position. An anchor with one substitution (from the dense look-up)
/// gives the exact runs on both sides of it, if they have at least `min_length` bases.
/// The blocks come out sorted by (strand, reference, query), each once.
void merge_anchors(const IndexView& index, const Query& query, std::span<const Anchor> anchors, std::uint32_t min_length,
                   MergeScratch& scratch, std::vector<Block>& blocks);

}  // namespace weft
