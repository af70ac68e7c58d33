#include "weft/align/cut_pieces.hpp"

#include <algorithm>
#include <cstdlib>

namespace weft {
namespace {

constexpr std::uint32_t guard = 8;           // bases a block is pulled back beside a gap: free shifts live there
constexpr std::uint32_t shortest_pin = 8;    // shorter pins dissolve
constexpr std::uint32_t doubtful = 40;       // blocks below this dissolve when they leave the diagonal and return

std::int64_t diagonal_step(const Block& from, const Block& to) { return to.diagonal() - from.diagonal(); }

/// The part of the chain whose ends pay for the gaps that lead to them.
std::pair<std::size_t, std::size_t> paying_range(const std::vector<Block>& blocks, const AlignOptions& options) {
    const auto cost = [&](std::size_t i) { return options.placement_gap(std::abs(diagonal_step(blocks[i], blocks[i + 1]))); };
    std::size_t begin = 0, end = blocks.size();
    std::int64_t worth = 0;
    for (std::size_t i = 0; i + 1 < end; ++i) {
        worth += static_cast<std::int64_t>(blocks[i].length) * options.scoring.match - cost(i);
        if (worth < 0) {
            begin = i + 1;
            worth = 0;
        }
    }
    worth = 0;
    for (std::size_t i = end; --i > begin;) {
        worth += static_cast<std::int64_t>(blocks[i].length) * options.scoring.match - cost(i - 1);
        if (worth < 0) {
            end = i;
            worth = 0;
        }
    }
    return {begin, end};
}

/// Short blocks that leave the diagonal and come back: the surrounding piece decides better without them.
bool is_detour(const Block& before, const Block& block, const Block& after, const Scoring& scoring) {
    const std::int64_t there = diagonal_step(before, block);
    const std::int64_t back = diagonal_step(block, after);
    if (there == 0 || back == 0 || (there > 0) == (back > 0) || block.length >= doubtful) return false;
    return static_cast<std::int64_t>(block.length) * scoring.match < 2 * (scoring.gap(std::abs(there)) + scoring.gap(std::abs(back)));
}

}  // namespace

std::vector<Pin> cut_pieces(const Chain& chain, const AlignOptions& options) {
    const auto [begin, end] = paying_range(chain.blocks, options);
    std::vector<Block> blocks;
    blocks.reserve(end - begin);
    for (std::size_t i = begin; i < end; ++i) {
        const bool inner = i > begin && i + 1 < end;
        if (inner && is_detour(blocks.back(), chain.blocks[i], chain.blocks[i + 1], options.scoring)) continue;
        blocks.push_back(chain.blocks[i]);
    }
    std::vector<Pin> pins;
    pins.reserve(blocks.size());
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const Block& block = blocks[i];
        const std::uint32_t front = i > 0 && diagonal_step(blocks[i - 1], block) != 0 ? guard : 0;
        const std::uint32_t back = i + 1 < blocks.size() && diagonal_step(block, blocks[i + 1]) != 0 ? guard : 0;
        if (block.length < front + back + shortest_pin) continue;
        pins.push_back({block.reference + front, block.query + front, block.length - front - back});
    }
    if (pins.empty()) {
        const Block& longest = *std::max_element(blocks.begin(), blocks.end(),
                                                 [](const Block& a, const Block& b) { return a.length < b.length; });
        pins.push_back({longest.reference, longest.query, longest.length});
    }
    return pins;
}

}  // namespace weft
