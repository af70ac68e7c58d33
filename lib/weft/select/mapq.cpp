#include "weft/select/mapq.hpp"

#include <algorithm>
#include <cmath>

namespace weft {

namespace {

constexpr double highest = 60;

// Fitted on evolved yeast and worm genomes at 0.5 to 8 % divergence, so that the error rate at 60 stays at or below that of the
// published model while at least as many features reach it.
constexpr double chain_power = 6;          // chains of exact blocks differ less than chains of minimizers: weigh their ratio more
constexpr double per_substitution = 26;    // what one substitution of difference is worth when the best place has none
constexpr double spread = 0.6;             // how fast that fades with the number of differences of the best place itself ...
constexpr double diverged = 0.05;          // ... and with their share of the columns, beyond about this

/// A rival with d more differences than the best place, which has n itself. Both places have changed since they were copied, so d
/// must be seen against the chance spread of n: worth d where n is 0, and d^2 / n where n is large.
double by_difference(double more, double own, double columns) {
    const double fading = spread * (1 + std::pow(own / std::max(1.0, columns) / diverged, 3));
    return per_substitution * more * more / (more + fading * (own + 1));
}

}  // namespace

std::uint8_t mapping_quality(const Alignment& alignment, const Competition& competition, const Scoring& scoring) {
    const double match = scoring.match;
    const double best = std::max(alignment.best_segment_score, 1);
    const double second = competition.second_score;
    const double chain = std::max(alignment.chain_score, 1);
    const double chain_ratio = std::min(1.0, competition.second_chain_score / chain);
    const double identity = static_cast<double>(alignment.matches) / static_cast<double>(std::max<std::int64_t>(1, alignment.columns()));
    const double evidence = std::min(std::min(1.0, chain / 100) * competition.unique_share, alignment.minimizers / 10.0);
    const double certain = 40 * identity * evidence * std::log(best / match);

    double quality = certain * (1 - std::pow(chain_ratio, chain_power));
    if (second > 0) {
        const double chains = chain_ratio > 0 ? chain_ratio : second / best;
        const double ratio = second / best * std::pow(chains, chain_power);
        const double points = std::max(0.0, best - second);
        const auto own = static_cast<double>(alignment.mismatches + alignment.gap_opens);
        quality = std::min({certain * (1 - ratio * ratio), 6.02 * identity * identity * points / match,
                            by_difference(points / (scoring.match + scoring.mismatch), own, static_cast<double>(alignment.columns()))});
    }
    quality -= 4.343 * std::log(competition.near_ties + 1.0);
    const bool strictly_best = alignment.ties == 0;
    return static_cast<std::uint8_t>(std::clamp(std::floor(quality + 0.499), strictly_best ? 1.0 : 0.0, highest));
}

}  // namespace weft
