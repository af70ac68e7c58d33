// The known answers of a simulated set: where each feature lies on the target.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "weft/model/coordinates.hpp"
#include "weft/simulate/feature_sites.hpp"

namespace weft {

/// A place by the name of its contig: alignment files number contigs in their own ways.
struct NamedPlace {
    std::string contig{};
    ReferenceInterval interval{};
    Strand strand = Strand::forward;

    bool operator==(const NamedPlace&) const = default;
};

struct TruthRow {
    Presence presence = Presence::absent;
    std::vector<NamedPlace> places{};   // best first; all are as true; empty when the feature is nowhere
};

/// Rows by the name of the feature.
using TruthTable = std::map<std::string, TruthRow, std::less<>>;

/// Reads a truth table as `weft simulate` writes it: name, contig, begin, end, strand, presence, covered share, others. Throws
/// FormatError with file:line for anything else, and for a name that comes twice.
TruthTable read_truth_table(const std::string& path);

}  // namespace weft
