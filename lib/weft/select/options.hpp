// Which alignments are reported.
#pragma once

#include <string>
#include <vector>

namespace weft {

struct SelectOptions {
    bool secondary = true;          // report secondary alignments at all (--secondary)
    int max_secondary = 5;          // at most this many per feature, ties expanded (-N)
    double secondary_ratio = 0.8;   // placement score of a secondary over that of its primary, at least (-p)
    double mask_overlap = 0.5;      // share of the shorter one's query that two alignments share to count as the same part (-M)
    bool neighbours = false;        // features before an undecided one in the input decide between its copies (--neighbours)
    int neighbour_distance = 100'000;   // bases to the last confidently placed feature
    int neighbour_margin = 12;      // placement score that a copy may be below the best to be an alternative

    std::vector<std::string> problems() const;
};

}  // namespace weft
