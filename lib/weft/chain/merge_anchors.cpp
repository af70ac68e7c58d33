#include "weft/chain/merge_anchors.hpp"

#include <algorithm>
#include <bit>
#include <tuple>

#include "weft/kernel/exact_run.hpp"

namespace weft {
namespace {

constexpr std::uint32_t no_block = UINT32_MAX;

/// The last block seen on each diagonal.
class DiagonalTable {
public:
    DiagonalTable(MergeScratch& scratch, std::size_t entries) : keys_(scratch.keys), blocks_(scratch.blocks) {
        const std::size_t slots = std::bit_ceil(2 * entries + 2);
        keys_.assign(slots, 0);
        blocks_.assign(slots, no_block);
        shift_ = 64 - std::countr_zero(slots);
    }

    /// The block index stored for a diagonal, to be read and replaced; `no_block` for a new one.
    std::uint32_t& operator[](std::uint64_t diagonal) {
        std::size_t slot = (diagonal * 0x9e3779b97f4a7c15U) >> shift_;
        while (blocks_[slot] != no_block && keys_[slot] != diagonal) slot = (slot + 1) & (blocks_.size() - 1);
        keys_[slot] = diagonal;
        return blocks_[slot];
    }

private:
    std::vector<std::uint64_t>& keys_;
    std::vector<std::uint32_t>& blocks_;
    int shift_ = 0;
};

/// Grows exact runs around positions of one query and the reference.
class Extender {
public:
    Extender(const IndexView& index, const Query& query) : index_(index), query_(query) {}

    /// The longest exact run that holds the base pair (reference, query), which must be an equal one; empty otherwise.
    Block run_around(Strand strand, std::uint64_t reference, std::int64_t query) {
        if (!reference_stretch_.contains(static_cast<std::int64_t>(reference)))
            reference_stretch_ = index_.unambiguous_stretch(reference);
        const QueryInterval stretch = query_.unambiguous_stretch(strand, query);
        const auto linear = static_cast<std::int64_t>(reference);
        if (stretch.empty() || reference_stretch_.empty()) return {};
        const std::int64_t room_right = std::min(stretch.end - query, reference_stretch_.end - linear);
        const std::int64_t room_left = std::min(query - stretch.begin, linear - reference_stretch_.begin);
        const std::int64_t right = common_prefix(query_.packed(strand), query, index_.packed, linear, room_right);
        if (right == 0) return {};
        const std::int64_t left = common_suffix(query_.packed(strand), query, index_.packed, linear, room_left);
        return {.reference = reference - static_cast<std::uint64_t>(left),
                .query = static_cast<std::uint32_t>(query - left),
                .length = static_cast<std::uint32_t>(left + right),
                .minimizers = 1,
                .strand = strand};
    }

private:
    const IndexView& index_;
    const Query& query_;
    LinearInterval reference_stretch_{0, 0};
};

}  // namespace

void merge_anchors(const IndexView& index, const Query& query, std::span<const Anchor> anchors, std::uint32_t min_length,
                   MergeScratch& scratch, std::vector<Block>& blocks) {
    blocks.clear();
    DiagonalTable last_block(scratch, anchors.size());
    Extender extender(index, query);
    const std::int64_t length = query.length();
    for (const Anchor& anchor : anchors) {
        const bool forward = anchor.strand == Strand::forward;
        const std::int64_t oriented = forward ? anchor.query : length - anchor.query - index.k;
        const std::uint64_t diagonal = anchor.reference + static_cast<std::uint64_t>(length - oriented);
        std::uint32_t& last = last_block[diagonal << 1 | static_cast<std::uint64_t>(!forward)];
        // Anchors arrive by rising position on the query as given: on the reverse strand that is falling oriented position.
        // Either way a run that held the previous anchors of this diagonal holds this one too, or has been passed for good.
        if (last != no_block) {
            Block& block = blocks[last];
            if (block.query <= oriented && oriented + index.k <= block.query_end()) {
                ++block.minimizers;
                continue;
            }
        }
        const Block run = extender.run_around(anchor.strand, anchor.reference, oriented);
        const std::int64_t matched = run.length == 0 ? 0 : run.query_end() - oriented;
        if (matched >= index.k) {
            last = static_cast<std::uint32_t>(blocks.size());
            blocks.push_back(run);
            continue;
        }
        // One base of the k-mer differs: take the runs on both sides of it.
        if (run.length >= min_length) blocks.push_back(run);
        const std::int64_t beyond = matched + 1;
        if (beyond < index.k) {
            const Block right = extender.run_around(anchor.strand, anchor.reference + static_cast<std::uint64_t>(beyond), oriented + beyond);
            if (right.length >= min_length) blocks.push_back(right);
        }
    }
    const auto place = [](const Block& block) { return std::tie(block.strand, block.reference, block.query, block.length); };
    std::sort(blocks.begin(), blocks.end(), [&](const Block& a, const Block& b) { return place(a) < place(b); });
    // Equal runs found through different anchors are one block with all their minimizers.
    std::size_t kept = 0;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (kept > 0 && place(blocks[kept - 1]) == place(blocks[i]))
            blocks[kept - 1].minimizers += blocks[i].minimizers;
        else
            blocks[kept++] = blocks[i];
    }
    blocks.resize(kept);
}

}  // namespace weft
