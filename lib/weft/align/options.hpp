// Base-level alignment: scores, ends, and when to give up.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "weft/kernel/scoring.hpp"

namespace weft {

struct AlignOptions {
    Scoring scoring{};            // -A -B -O -E
    int end_bonus = 10;           // score that reaching an end of the query is worth (--end-bonus)
    bool end_to_end = true;       // feature mode: both ends are wanted, clipping needs evidence
    int drop = 400;               // an alignment is cut where its score falls by more than this (-z)
    int min_score = 40;           // alignments below this score are not reported (-s); scaled down for short features
    int bandwidth = 500;          // widest band of the base-level alignment
    std::int64_t max_cells = 100'000'000;   // largest matrix filled for one gap; larger gaps are cut

    std::vector<std::string> problems() const;
};

}  // namespace weft
