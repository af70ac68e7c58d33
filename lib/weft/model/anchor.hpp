// What seeding and chaining hand on: anchors, exact blocks, chains.
//
// Reference positions are linear here (contigs laid end to end, see index/index_view.hpp). Query positions of blocks are on the
// oriented query: as given for the forward strand, reverse-complemented for the reverse strand, so that a chain always runs
// upward in both.
#pragma once

#include <cstdint>
#include <vector>

#include "weft/model/coordinates.hpp"

namespace weft {

/// One minimizer of the query at one place of the reference.
struct Anchor {
    std::uint64_t reference = 0;   // linear, first base of the k-mer
    std::uint32_t query = 0;       // first base of the k-mer on the query as given
    Strand strand = Strand::forward;
};

/// An exact match that cannot be extended: no base of it is ambiguous on either side.
struct Block {
    std::uint64_t reference = 0;     // linear, first base
    std::uint32_t query = 0;         // first base, on the oriented query
    std::uint32_t length = 0;        // bases, at least k
    std::uint32_t minimizers = 0;    // anchors merged into it
    Strand strand = Strand::forward;

    std::uint64_t reference_end() const { return reference + length; }
    std::uint32_t query_end() const { return query + length; }
    std::int64_t diagonal() const { return static_cast<std::int64_t>(reference) - static_cast<std::int64_t>(query); }
};

/// A colinear run of blocks on one contig and strand, trimmed so that they do not overlap: both coordinates increase strictly.
struct Chain {
    std::vector<Block> blocks{};
    std::int32_t score = 0;        // matched bases minus gap costs
    std::int32_t minimizers = 0;   // of all blocks
    ContigId contig{};
    Strand strand = Strand::forward;
    QueryInterval query{};         // first to last block, on the query as given
};

}  // namespace weft
