// Which blocks of a chain the alignment is pinned to, and so where its pieces lie.
//
// A maximal exact match often runs a few bases past the true place of an indel, and a short block off the diagonal may be chance.
// Blocks are therefore pulled back beside gaps, doubtful ones dissolve into the pieces around them, and blocks at the ends of a
// chain that cost more than they bring are left to the extension.
#pragma once

#include <cstdint>
#include <vector>

#include "weft/align/options.hpp"
#include "weft/model/anchor.hpp"

namespace weft {

/// An exact stretch that the alignment must go through.
struct Pin {
    std::uint64_t reference = 0;
    std::uint32_t query = 0;   // on the oriented query
    std::uint32_t length = 0;

    std::uint64_t reference_end() const { return reference + length; }
    std::uint32_t query_end() const { return query + length; }
};

/// Pins of a chain, in order; at least one. The pieces are what lies between neighbouring pins.
std::vector<Pin> cut_pieces(const Chain& chain, const AlignOptions& options);

}  // namespace weft
