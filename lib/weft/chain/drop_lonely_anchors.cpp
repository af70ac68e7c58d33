#include "weft/chain/drop_lonely_anchors.hpp"

#include <algorithm>
#include <bit>

namespace weft {

void drop_lonely_anchors(std::int64_t query_length, int k, const ChainOptions& options, std::vector<std::uint8_t>& counts,
                         std::vector<Anchor>& anchors) {
    if (options.min_minimizers < 2 || anchors.empty()) return;
    const int band_bits = std::bit_width(static_cast<unsigned>(options.bandwidth));   // a band is wider than any step of a chain
    // Bands are counted in a table without collision chains: two bands that share a slot only keep more.
    const std::size_t slots = std::bit_ceil(4 * anchors.size());
    counts.assign(slots, 0);
    const int shift = 64 - std::countr_zero(slots);
    const auto slot = [&](std::uint64_t band) { return static_cast<std::size_t>((band * 0x9e3779b97f4a7c15U) >> shift); };
    const auto band_of = [&](const Anchor& anchor) {
        const bool forward = anchor.strand == Strand::forward;
        const std::int64_t oriented = forward ? anchor.query : query_length - anchor.query - k;
        const std::uint64_t diagonal = anchor.reference + static_cast<std::uint64_t>(query_length - oriented);
        return ((diagonal >> band_bits) + 1) << 1 | static_cast<std::uint64_t>(!forward);
    };
    for (const Anchor& anchor : anchors) {
        std::uint8_t& count = counts[slot(band_of(anchor))];
        if (count < 2) ++count;
    }
    std::erase_if(anchors, [&](const Anchor& anchor) {
        const std::uint64_t band = band_of(anchor);
        return counts[slot(band)] < 2 && counts[slot(band - 2)] == 0 && counts[slot(band + 2)] == 0;
    });
}

}  // namespace weft
