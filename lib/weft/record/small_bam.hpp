// A few alignments as the bytes of a BAM, in memory: what a viewer in a page is given in place of a file.
//
// The records are new ones, of plain values, so that they can come from any format and be parts of longer ones. They have no
// qualities and no tags but NM, and the header says nothing of time, place or program: the same records give the same bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "weft/model/alignment.hpp"
#include "weft/model/reference.hpp"

namespace weft {

struct SmallBamRecord {
    std::string name{};
    Role role = Role::primary;
    Strand strand = Strand::forward;
    std::int64_t position = 0;   // 0-based leftmost base
    int mapq = 255;              // 255: not known
    Cigar cigar{};               // along the forward reference, with its clips
    std::string letters{};       // along the forward reference, as many as the CIGAR covers without hard clips; empty: not known
    std::optional<std::int64_t> edit_distance{};
};

/// A whole BAM on one contig; records by position are marked as sorted only when they are. Throws FormatError for what BAM cannot
/// hold.
std::string small_bam(const ContigRecord& contig, std::span<const SmallBamRecord> records);

}   // namespace weft
