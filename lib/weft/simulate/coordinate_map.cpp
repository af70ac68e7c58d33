#include "weft/simulate/coordinate_map.hpp"

#include <algorithm>
#include <tuple>

namespace weft {

CoordinateMap::CoordinateMap(std::span<const SharedBlock> blocks) {
    std::map<std::pair<ContigId, std::uint32_t>, Row> rows;
    for (const SharedBlock& block : blocks) rows[{block.target, block.piece}].blocks.push_back(block);
    for (auto& [key, row] : rows) {
        std::sort(row.blocks.begin(), row.blocks.end(), [](const SharedBlock& a, const SharedBlock& b) { return a.from < b.from; });
        row.span = {row.blocks.front().from.begin, row.blocks.back().from.end};
        pieces_[row.blocks.front().source].push_back(std::move(row));
    }
    for (auto& [source, list] : pieces_)
        std::stable_sort(list.begin(), list.end(), [](const Row& a, const Row& b) { return a.span < b.span; });
}

std::vector<TruePlace> CoordinateMap::places(ContigId source, SourceInterval interval, Strand strand) const {
    std::vector<TruePlace> found;
    const auto list = pieces_.find(source);
    if (list == pieces_.end()) return found;
    for (const Row& row : list->second) {
        if (row.span.begin >= interval.end) break;
        if (overlap(row.span, interval) == 0) continue;
        TruePlace place{};
        auto block = std::partition_point(row.blocks.begin(), row.blocks.end(),
                                          [&](const SharedBlock& b) { return b.from.end <= interval.begin; });
        for (; block != row.blocks.end() && block->from.begin < interval.end; ++block) {
            const SourceInterval kept{std::max(block->from.begin, interval.begin), std::min(block->from.end, interval.end)};
            const std::int64_t shift = block->strand == Strand::forward ? kept.begin - block->from.begin : block->from.end - kept.end;
            const ReferenceInterval to{block->to.begin + shift, block->to.begin + shift + kept.length()};
            if (place.covered == 0)
                place = {block->target, to, block->strand == Strand::forward ? strand : opposite(strand), 0};
            place.interval = {std::min(place.interval.begin, to.begin), std::max(place.interval.end, to.end)};
            place.covered += kept.length();
        }
        if (place.covered > 0) found.push_back(place);
    }
    std::sort(found.begin(), found.end(), [](const TruePlace& a, const TruePlace& b) {
        return std::tuple(-a.covered, a.contig, a.interval, a.strand) < std::tuple(-b.covered, b.contig, b.interval, b.strand);
    });
    return found;
}

}  // namespace weft
