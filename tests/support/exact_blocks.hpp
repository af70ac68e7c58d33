// Anchors and exact blocks as a comparison of all diagonals finds them: the judge of merging, the input of chaining tests.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <vector>

#include "support/small_reference.hpp"
#include "weft/model/anchor.hpp"

namespace weft::test {

inline auto place_of(const Block& block) { return std::tie(block.strand, block.reference, block.query, block.length); }

/// Every maximal exact match of at least `shortest` bases between the query and one contig, on either strand, sorted by (strand,
/// reference, query). `minimizers` is left 0.
inline std::vector<Block> blocks_by_search(const IndexView& view, std::string_view letters, std::int64_t shortest) {
    std::vector<Block> blocks;
    for (const Strand strand : {Strand::forward, Strand::reverse}) {
        const std::vector<Code> query = oriented(letters, strand);
        for (std::size_t contig = 0; contig < view.contig_length.size(); ++contig) {
            const std::vector<Code> reference = contig_codes(view, contig);
            const std::int64_t m = std::ssize(query), n = std::ssize(reference);
            for (std::int64_t diagonal = -m; diagonal <= n; ++diagonal) {
                std::int64_t run = 0;
                const std::int64_t end = std::min(m, n - diagonal);
                for (std::int64_t i = std::max<std::int64_t>(0, -diagonal); i <= end; ++i) {
                    const bool equal = i < end && query[static_cast<std::size_t>(i)] < ambiguous_code &&
                                       query[static_cast<std::size_t>(i)] == reference[static_cast<std::size_t>(i + diagonal)];
                    if (equal) {
                        ++run;
                        continue;
                    }
                    if (run >= shortest)
                        blocks.push_back({.reference = view.contig_begin[contig] + static_cast<std::uint64_t>(i - run + diagonal),
                                          .query = static_cast<std::uint32_t>(i - run),
                                          .length = static_cast<std::uint32_t>(run),
                                          .strand = strand});
                    run = 0;
                }
            }
        }
    }
    std::sort(blocks.begin(), blocks.end(), [](const Block& a, const Block& b) { return place_of(a) < place_of(b); });
    return blocks;
}

}   // namespace weft::test
