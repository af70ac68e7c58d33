// Regions as people type them: "chr1", "chr1:1,000-2,000", "chr1:5000".
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "weft/model/coordinates.hpp"
#include "weft/model/reference.hpp"

namespace weft {

/// A stretch of a contig.
struct Region {
    std::string contig{};
    ReferenceInterval interval{};

    bool operator==(const Region&) const = default;
};

/// Reads a region as samtools does: positions are 1-based and inclusive, commas in numbers are ignored, "c:5-" runs to the end, "c:5"
/// is one base. A contig name that has colons itself is tried first as a whole. Nothing when the text does not name a contig;
/// throws UsageError when it does but its positions are no numbers, in the wrong order or outside the contig.
std::optional<Region> parse_region(std::string_view text, std::span<const ContigRecord> contigs);

}  // namespace weft
