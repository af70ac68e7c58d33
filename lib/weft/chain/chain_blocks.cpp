#include "weft/chain/chain_blocks.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace weft {
namespace {

constexpr std::uint32_t no_parent = UINT32_MAX;

/// 0.5 log2(difference + 1), from a table where it matters most.
double half_log2(std::int64_t difference) {
    static const std::vector<double> table = [] {
        std::vector<double> values(1024);
        for (std::size_t i = 0; i < values.size(); ++i) values[i] = 0.5 * std::log2(static_cast<double>(i) + 1);
        return values;
    }();
    const auto index = static_cast<std::size_t>(difference);
    return index < table.size() ? table[index] : 0.5 * std::log2(static_cast<double>(difference) + 1);
}

/// Whether block `next` may stand behind `previous`, and the score it gains there.
bool can_follow(const Block& previous, const Block& next, const ChainOptions& options, double per_base, double& gained) {
    const std::int64_t query_step = static_cast<std::int64_t>(next.query) - static_cast<std::int64_t>(previous.query);
    const auto reference_step = static_cast<std::int64_t>(next.reference - previous.reference);
    if (query_step <= 0 || reference_step <= 0) return false;
    const std::int64_t difference = std::abs(reference_step - query_step);
    if (difference > options.bandwidth) return false;
    const std::int64_t gap = std::min(query_step, reference_step) - static_cast<std::int64_t>(previous.length);
    const std::int64_t wider = std::max(query_step, reference_step) - static_cast<std::int64_t>(previous.length);
    if (wider > options.max_gap) return false;
    const std::int64_t fresh = static_cast<std::int64_t>(next.length) + std::min<std::int64_t>(gap, 0);
    if (fresh <= 0) return false;
    gained = static_cast<double>(fresh) - options.skip_scale * static_cast<double>(std::max<std::int64_t>(gap, 0));
    if (difference != 0) gained -= per_base * static_cast<double>(difference) + half_log2(difference);
    return true;
}

/// Drops what of `next` the end of `previous` covers. Nothing remains when it returns false.
bool trim_overlap(const Block& previous, Block& next) {
    const std::int64_t on_query = static_cast<std::int64_t>(previous.query_end()) - static_cast<std::int64_t>(next.query);
    const std::int64_t on_reference = static_cast<std::int64_t>(previous.reference_end()) - static_cast<std::int64_t>(next.reference);
    const std::int64_t excess = std::max<std::int64_t>({on_query, on_reference, 0});
    if (excess >= static_cast<std::int64_t>(next.length)) return false;
    next.query += static_cast<std::uint32_t>(excess);
    next.reference += static_cast<std::uint64_t>(excess);
    next.length -= static_cast<std::uint32_t>(excess);
    return true;
}

void set_query_interval(const Query& query, Chain& chain) {
    chain.query = query.turned(chain.strand, {chain.blocks.front().query, chain.blocks.back().query_end()});
}

}  // namespace

bool better_chain(const Chain& a, const Chain& b) {
    if (a.score != b.score) return a.score > b.score;
    return std::tie(a.contig, a.blocks.front().reference, a.strand, a.blocks.front().query) <
           std::tie(b.contig, b.blocks.front().reference, b.strand, b.blocks.front().query);
}

std::vector<Chain> chain_blocks(const IndexView& index, const Query& query, std::span<const Block> blocks, const ChainOptions& options,
                                ChainThreshold threshold, ChainScratch& scratch) {
    const auto count = static_cast<std::uint32_t>(blocks.size());
    scratch.score.resize(count);
    scratch.parent.assign(count, no_parent);
    scratch.furthest_end.resize(count);
    const double per_base = options.gap_scale * 0.01 * index.k;

    // Blocks are grouped by strand and contig: a look-back never leaves its group.
    std::uint32_t group_begin = 0;
    std::uint64_t contig_end = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        const Block& block = blocks[i];
        const bool new_group = i == 0 || block.strand != blocks[i - 1].strand || block.reference >= contig_end;
        if (new_group) {
            group_begin = i;
            contig_end = index.contig_begin[rank(index.contig_of(block.reference)) + 1];
        }
        scratch.furthest_end[i] = new_group ? block.reference_end() : std::max(scratch.furthest_end[i - 1], block.reference_end());
        double best = block.length;
        const std::uint32_t stop = std::max(group_begin, i - std::min(i, static_cast<std::uint32_t>(options.max_lookback)));
        for (std::uint32_t j = i; j-- > stop;) {
            if (scratch.furthest_end[j] + static_cast<std::uint64_t>(options.max_gap) < block.reference) break;
            double gained = 0;
            if (!can_follow(blocks[j], block, options, per_base, gained)) continue;
            if (scratch.score[j] + gained > best) {
                best = scratch.score[j] + gained;
                scratch.parent[i] = j;
            }
        }
        scratch.score[i] = best;
    }

    // Best ends first; a chain stops where a better one has already taken the block.
    scratch.order.clear();
    for (std::uint32_t i = 0; i < count; ++i)
        if (scratch.score[i] >= threshold.score) scratch.order.push_back(i);
    std::sort(scratch.order.begin(), scratch.order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return scratch.score[a] != scratch.score[b] ? scratch.score[a] > scratch.score[b] : a < b;
    });
    scratch.used.assign(count, 0);
    std::vector<Chain> chains;
    std::vector<std::uint32_t> members;
    for (const std::uint32_t end : scratch.order) {
        if (scratch.used[end]) continue;
        members.clear();
        std::uint32_t at = end;
        for (; at != no_parent && !scratch.used[at]; at = scratch.parent[at]) members.push_back(at);
        const double score = scratch.score[end] - (at == no_parent ? 0 : scratch.score[at]);
        if (score < threshold.score) continue;
        Chain chain;
        chain.blocks.reserve(members.size());
        for (auto member = members.rbegin(); member != members.rend(); ++member) {
            Block block = blocks[*member];
            if (!chain.blocks.empty() && !trim_overlap(chain.blocks.back(), block)) continue;
            chain.blocks.push_back(block);
            chain.minimizers += static_cast<std::int32_t>(block.minimizers);
        }
        for (const std::uint32_t member : members) scratch.used[member] = 1;
        if (chain.minimizers < threshold.minimizers) continue;
        chain.score = static_cast<std::int32_t>(score);
        chain.strand = blocks[end].strand;
        chain.contig = index.contig_of(blocks[end].reference);
        set_query_interval(query, chain);
        chains.push_back(std::move(chain));
    }
    std::sort(chains.begin(), chains.end(), better_chain);
    return chains;
}

}  // namespace weft
