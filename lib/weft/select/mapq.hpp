// Mapping quality: -10 log10 of the probability that a placement is wrong, as far as the scores can tell.
#pragma once

#include <cstdint>

#include "weft/kernel/scoring.hpp"
#include "weft/model/alignment.hpp"

namespace weft {

/// What competes with an alignment for its part of the query.
struct Competition {
    std::int32_t second_score = 0;        // best other alignment of the same part; 0 when there is none
    std::int32_t second_chain_score = 0;  // best other chain of the same part
    std::int32_t near_ties = 0;           // other alignments within one mismatch of the best
    double unique_share = 1;              // share of the matched query that is not explained by left-out repeats, 0 to 1
};

/// 0 to 60; `alignment.ties` must be set. Starts from the model of Li 2018 (Bioinformatics 34:3094, section 2.1.3): confidence falls
/// with the ratio of second to best score and with few anchors. Added to it is what the difference in substitutions between the two
/// places is worth against the changes that both have suffered.
std::uint8_t mapping_quality(const Alignment& alignment, const Competition& competition, const Scoring& scoring);

}  // namespace weft
