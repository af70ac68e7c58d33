#include "weft/select/choose_candidates.hpp"

#include <algorithm>
#include <optional>

namespace weft {
namespace {

constexpr std::int64_t long_gap = 1'000;      // query bases between blocks that count as not covered
constexpr std::size_t ranked_rivals = 128;    // chains behind this rank are aligned only when they have a part to themselves

/// A chosen chain with a part of the query to itself.
struct Best {
    std::size_t candidate = 0;   // rank among the candidates
    std::int32_t score = 0;
    std::vector<QueryInterval> covered{};
    QueryInterval hull{};
    int rivals = 0;
    std::int32_t last_rival_score = -1;
};

std::vector<QueryInterval> covered_by(const Query& query, const Chain& chain) {
    std::vector<QueryInterval> covered;
    for (const Block& block : chain.blocks) {
        if (covered.empty() || static_cast<std::int64_t>(block.query) - covered.back().end > long_gap)
            covered.push_back({block.query, block.query_end()});
        else
            covered.back().end = block.query_end();
    }
    for (QueryInterval& interval : covered) interval = query.turned(chain.strand, interval);
    return covered;
}

bool are_rivals(const Best& best, const Chain& other, double share) {
    if (overlap(best.hull, other.query) == 0) return false;
    std::int64_t shared = 0, length = 0;
    for (const QueryInterval& interval : best.covered) {
        shared += overlap(interval, other.query);
        length += interval.length();
    }
    return static_cast<double>(shared) > share * static_cast<double>(std::min(length, other.query.length()));
}

}  // namespace

std::vector<Candidate> choose_candidates(const Query& query, std::span<const Chain> chains, const SelectOptions& options,
                                         const CandidateLimits& limits) {
    std::vector<Candidate> candidates;
    std::vector<Best> bests;
    for (std::size_t i = 0; i < chains.size(); ++i) {
        const auto best = std::find_if(bests.begin(), bests.end(),
                                       [&](const Best& one) { return are_rivals(one, chains[i], options.mask_overlap); });
        if (best == bests.end()) {
            bests.push_back({.candidate = candidates.size(), .score = chains[i].score, .covered = covered_by(query, chains[i]), .hull = chains[i].query});
            candidates.push_back({i, 0});
            continue;
        }
        Candidate& rivalled = candidates[best->candidate];
        rivalled.rival_score = std::max(rivalled.rival_score, chains[i].score);
        const bool close = chains[i].score >= std::min<double>(limits.score_share * best->score, best->score - limits.score_margin);
        const bool tied = chains[i].score == best->last_rival_score;
        if (i >= ranked_rivals || !close || (best->rivals >= limits.rivals && !tied)) continue;
        ++best->rivals;
        best->last_rival_score = chains[i].score;
        candidates.push_back({i, best->score});
    }
    return candidates;
}

}  // namespace weft
