// How seeds are looked up and which are too frequent to use.
#pragma once

#include <string>
#include <vector>

namespace weft {

struct SeedOptions {
    double frequent_fraction = 2e-4;   // share of distinct minimizers that count as too frequent (-f)
    int occurrence_floor = 10;         // the cut-off never falls below this (-U first value)
    int occurrence_ceiling = 1'000;    // nor rises above this (-U second value)
    int rescue_stretch = 500;          // query bases without a seed after which frequent minimizers are used all the same (-e)
    int rescue_occurrences = 4'095;    // but none that occurs more often than this
    int sensitive_below = 1'000;       // bases; shorter features without a confident chain get a second, denser look-up
    bool neighbours = true;            // the denser look-up also tries k-mers with one substitution

    std::vector<std::string> problems() const;
};

}  // namespace weft
