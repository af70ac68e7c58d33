// Anchors that no chain can use are dropped before anything costly is done with them.
//
// In a repetitive genome most anchors of a query are chance: one k-mer that also stands somewhere else. A chain needs several
// minimizers whose diagonals differ by no more than the bandwidth from one to the next, so an anchor without company on its own or
// a neighbouring band of diagonals cannot be part of any.
#pragma once

#include <cstdint>
#include <vector>

#include "weft/chain/options.hpp"
#include "weft/model/anchor.hpp"

namespace weft {

/// Removes anchors that cannot be part of a chain of at least min(2, options.min_minimizers) minimizers, keeping the order.
/// Never removes an anchor that can; may keep some that cannot. `counts` is scratch memory. O(anchors).
void drop_lonely_anchors(std::int64_t query_length, int k, const ChainOptions& options, std::vector<std::uint8_t>& counts,
                         std::vector<Anchor>& anchors);

}  // namespace weft
