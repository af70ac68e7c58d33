// Base-level alignment: scores, ends, and when to give up.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "weft/kernel/scoring.hpp"

namespace weft {

struct AlignOptions {
    Scoring scoring{};            // -A -B -O -E
    int end_bonus = 30;           // score that reaching an end of the query is worth (--end-bonus)
    bool end_to_end = true;       // feature mode: both ends are wanted, clipping needs evidence
    int bridge_cost = 40;         // end_to_end: no gap up to max_bridge costs more than this when an end or a place is decided
    int max_bridge = 1'000;       // bases; longer gaps always cost their full price
    int drop = 400;               // an alignment is cut where its score falls by more than this (-z)
    int min_score = 40;           // placement score that an alignment needs to be reported; scaled down for short features
    int min_segment_score = 0;    // score that its best stretch (ms) needs, however short the feature (-s)
    int bandwidth = 500;          // widest band of the base-level alignment
    std::int64_t max_cells = 100'000'000;   // largest matrix filled for one gap; larger gaps are cut

    /// Cost of a gap when it is decided whether the far side of it belongs to the feature, and which place is best: in feature
    /// mode one long indel is one event, however long, and must neither clip the end of a gene nor lose to a paralog.
    std::int64_t placement_gap(std::int64_t length) const {
        const std::int64_t full = scoring.gap(length);
        return end_to_end && length <= max_bridge ? std::min<std::int64_t>(full, bridge_cost) : full;
    }

    std::vector<std::string> problems() const;
};

}  // namespace weft
