// How often a run is right, against the known places of simulated features.
//
// The criteria are those of paftools' mapeval: an alignment is in the right place when contig and strand agree and the two
// intervals share at least a tenth of their union. Both ends exact is the stricter figure that features are for.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <string_view>

#include "weft/report/placements.hpp"
#include "weft/report/truth_table.hpp"

namespace weft {

/// Whether two places are the same by the criterion above.
bool same_place(const NamedPlace& a, const NamedPlace& b);

enum class Verdict : std::uint8_t { unaligned, wrong, right, exact };   // exact is right, with both ends within the slack
/// Judges a placement (nullptr: the query is not in the file). Copies that are as true count as the truth.
Verdict judge(const TruthRow& truth, const Placement* placement, int slack);

/// Features that are present on the target, and how many of them were found how well.
struct AccuracyCounts {
    std::int64_t present = 0;
    std::int64_t mapped = 0;
    std::int64_t right = 0;   // of the mapped
    std::int64_t exact = 0;   // of the right

    AccuracyCounts& operator+=(const AccuracyCounts& other);
};

/// Classes by the length of the true interval, in bases: up to but not including these, and the rest.
inline constexpr std::array<std::int64_t, 5> length_class_ends{100, 300, 1'000, 3'000, 10'000};
inline constexpr std::size_t length_classes = length_class_ends.size() + 1;

struct MapqCounts {
    std::int64_t aligned = 0;   // present features with a primary of this MAPQ
    std::int64_t wrong = 0;     // of these, in the wrong place
};

struct Accuracy {
    std::array<AccuracyCounts, length_classes> by_length{};
    std::map<int, MapqCounts, std::greater<>> by_mapq{};
    std::int64_t absent = 0;           // features that are not on the target
    std::int64_t absent_mapped = 0;    // yet were aligned
    std::int64_t unknown = 0;          // queries of the file that the truth table does not have

    AccuracyCounts all() const;
    /// Sum over all MAPQ >= `least`.
    MapqCounts at_least(int least) const;
};

/// Scores a run. Partial features are left out: neither finding nor missing them is wrong. `slack` is in bases.
Accuracy score(const TruthTable& truth, const Placements& placements, int slack);

}  // namespace weft
