// Joining chains over long gaps: a feature with a long deletion or insertion is one feature.
//
// The chaining itself keeps to a narrow band, because a wide one lets repeats attract each other; what is left as separate but
// colinear chains is joined here when the base-level score will gain from it.
#include <algorithm>
#include <cstdlib>
#include <optional>

#include "weft/chain/chain_blocks.hpp"

namespace weft {
namespace {

constexpr std::size_t most_chains = 256;       // further chains are too weak to be worth a quadratic search
constexpr std::int64_t largest_overlap = 50;   // bases that two chains may share at a breakpoint (microhomology)

struct Joint {
    bool behind = false;       // the lesser chain lies behind the better one
    std::uint32_t excess = 0;  // bases to trim from the begin of the later chain
    double gain = 0;           // matched bases
};

using GapCost = std::function<double(std::int64_t)>;

std::optional<Joint> joint(const Chain& into, const Chain& from, const ChainOptions& options, const GapCost& gap_cost) {
    if (from.contig != into.contig || from.strand != into.strand) return {};
    Joint result;
    result.behind = from.blocks.front().reference > into.blocks.front().reference;
    const Block& left = result.behind ? into.blocks.back() : from.blocks.back();
    const Block& right = result.behind ? from.blocks.front() : into.blocks.front();
    const auto on_reference = static_cast<std::int64_t>(right.reference) - static_cast<std::int64_t>(left.reference_end());
    const std::int64_t on_query = static_cast<std::int64_t>(right.query) - static_cast<std::int64_t>(left.query_end());
    const std::int64_t excess = std::max<std::int64_t>({0, -on_reference, -on_query});
    if (excess > largest_overlap || excess >= static_cast<std::int64_t>(right.length)) return {};
    if (std::max(on_reference, on_query) > options.long_bandwidth) return {};
    result.excess = static_cast<std::uint32_t>(excess);
    result.gain = from.score - static_cast<double>(excess) - gap_cost(std::abs(on_reference - on_query));
    if (result.gain <= 0) return {};
    return result;
}

void join(Chain& into, const Chain& from, const Joint& joint) {
    std::vector<Block> blocks = joint.behind ? into.blocks : from.blocks;
    const std::vector<Block>& later = joint.behind ? from.blocks : into.blocks;
    const std::size_t seam = blocks.size();
    blocks.insert(blocks.end(), later.begin(), later.end());
    blocks[seam].query += joint.excess;
    blocks[seam].reference += joint.excess;
    blocks[seam].length -= joint.excess;
    into.blocks = std::move(blocks);
    into.score += static_cast<std::int32_t>(joint.gain);
    into.minimizers += from.minimizers;
}

}  // namespace

void join_chains(const Query& query, const ChainOptions& options, const GapCost& gap_cost, std::vector<Chain>& chains) {
    const std::size_t count = std::min(chains.size(), most_chains);
    std::vector<std::uint8_t> gone(chains.size(), 0);
    for (std::size_t i = 0; i < count; ++i) {
        if (gone[i]) continue;
        bool grown = true;
        while (grown) {   // each join moves the ends, so the search for the best partner starts again
            grown = false;
            std::size_t partner = i;
            Joint best;
            for (std::size_t j = i + 1; j < count; ++j) {
                if (gone[j]) continue;
                const std::optional<Joint> candidate = joint(chains[i], chains[j], options, gap_cost);
                if (!candidate || candidate->gain <= best.gain) continue;
                best = *candidate;
                partner = j;
            }
            if (partner == i) break;
            join(chains[i], chains[partner], best);
            gone[partner] = 1;
            grown = true;
        }
        chains[i].query = query.turned(chains[i].strand, {chains[i].blocks.front().query, chains[i].blocks.back().query_end()});
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < chains.size(); ++i) {
        if (gone[i]) continue;
        if (kept != i) chains[kept] = std::move(chains[i]);
        ++kept;
    }
    chains.resize(kept);
    std::sort(chains.begin(), chains.end(), better_chain);
}

}  // namespace weft
