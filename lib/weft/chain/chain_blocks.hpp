// Chaining: which exact blocks can follow each other along one alignment.
//
// The published minimap2 objective (Li 2018, Bioinformatics 34:3094, eq. 1-2) with blocks of any length in place of k-mers:
//     f(i) = max(length_i, max_j f(j) + new(j, i) - cost(j, i))
// where `new` counts the bases of i that j does not cover and `cost` grows with the difference of the two gaps. Every predecessor
// within a bounded look-back is tried: no heuristic whose outcome depends on the order of visits.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "weft/chain/options.hpp"
#include "weft/index/index_view.hpp"
#include "weft/model/anchor.hpp"
#include "weft/seed/query.hpp"

namespace weft {

struct ChainScratch {
    std::vector<double> score{};
    std::vector<std::uint32_t> parent{};
    std::vector<std::uint64_t> furthest_end{};
    std::vector<std::uint32_t> order{};
    std::vector<std::uint8_t> used{};
};

/// What a chain must reach to be kept.
struct ChainThreshold {
    std::int32_t score = 0;
    std::int32_t minimizers = 0;
};

/// The order of chains: by falling score, then contig, position, strand, query position.
bool better_chain(const Chain& a, const Chain& b);

/// Chains blocks into colinear runs, best first; equal scores by contig, strand, position.
/// `blocks` must be sorted by (strand, reference, query). Chains never cross a contig's border; blocks that overlap their
/// predecessor are trimmed at their begin. O(n h) with h <= options.max_lookback.
std::vector<Chain> chain_blocks(const IndexView& index, const Query& query, std::span<const Block> blocks, const ChainOptions& options,
                                ChainThreshold threshold, ChainScratch& scratch);

/// Joins chains of one contig and strand that follow each other across a long gap (up to options.long_bandwidth on both sequences)
/// where the lesser chain is worth more than the gap costs (`gap_cost(l)`, in matched bases). Keeps the order of `chain_blocks`.
void join_chains(const Query& query, const ChainOptions& options, const std::function<double(std::int64_t)>& gap_cost,
                 std::vector<Chain>& chains);

}  // namespace weft
