// From the source genome to its evolved target: where an interval lies now, and how much of it is left.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "weft/simulate/mutation.hpp"

namespace weft {

/// One place of a source interval on the target: from its first to its last base that one piece still has.
struct TruePlace {
    ContigId contig{};
    ReferenceInterval interval{};
    Strand strand = Strand::forward;   // on which the feature reads forward
    std::int64_t covered = 0;          // bases of the source interval that exist there

    bool operator==(const TruePlace&) const = default;
};

/// All blocks of an evolved genome. Immutable after construction; safe to share between threads.
class CoordinateMap {
public:
    explicit CoordinateMap(std::span<const SharedBlock> blocks);

    /// Places of a source interval, the one with most bases first; ties by contig, position, strand. Bases that large events
    /// tore into several pieces give several places. Empty when nothing is left.
    std::vector<TruePlace> places(ContigId source, SourceInterval interval, Strand strand) const;

private:
    struct Row { SourceInterval span{}; std::vector<SharedBlock> blocks{}; };   // one piece, its blocks in source order
    std::map<ContigId, std::vector<Row>> pieces_;                        // by source contig, sorted by begin
};

}  // namespace weft
