// Which chains are worth a base-level alignment.
//
// Chains are ranked by matched bases, which is a good guess but not the verdict: all that come near the best one of their part of
// the query are aligned, and the cut never falls inside a tie.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "weft/model/anchor.hpp"
#include "weft/seed/query.hpp"
#include "weft/select/options.hpp"

namespace weft {

struct CandidateLimits {
    double score_share = 0.7;        // of the best chain's score that a rival must have ...
    std::int32_t score_margin = 0;   // ... or no more than this below it, in matched bases: short chains say little
    int rivals = 5;                  // per best chain, ties expanded
};

struct Candidate {
    std::size_t chain = 0;          // rank in the list given
    std::int32_t rival_score = 0;   // of the best other chain for the same part of the query, 0 if none
};

/// Candidates among chains that are sorted best first. Two chains are rivals when what the better one covers with blocks shares
/// more than options.mask_overlap of the shorter one (its covered bases, or the other's query interval); what lies in a long gap of
/// the better one is not covered.
std::vector<Candidate> choose_candidates(const Query& query, std::span<const Chain> chains, const SelectOptions& options,
                                         const CandidateLimits& limits);

}  // namespace weft
