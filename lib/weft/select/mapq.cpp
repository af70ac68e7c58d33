#include "weft/select/mapq.hpp"

#include <algorithm>
#include <cmath>

namespace weft {

std::uint8_t mapping_quality(const Alignment& alignment, const Competition& competition, const Scoring& scoring) {
    constexpr double highest = 60;
    const double match = scoring.match;
    const double best = std::max(alignment.best_segment_score, 1);
    const double second = competition.second_score;
    const double chain = std::max(alignment.chain_score, 1);
    const double second_chain = competition.second_chain_score;
    const double identity = static_cast<double>(alignment.matches) / static_cast<double>(std::max<std::int64_t>(1, alignment.columns()));
    const double evidence = std::min(std::min(1.0, chain / 100) * competition.unique_share, alignment.minimizers / 10.0);

    double quality = 0;
    if (second > 0) {
        const double ratio = second_chain > 0 ? second * second_chain / (best * chain) : (second / best) * (second / best);
        const double by_ratio = 40 * identity * evidence * (1 - ratio * ratio) * std::log(best / match);
        const double by_difference = 6.02 * identity * identity * (best - second) / match;
        quality = std::min(by_ratio, by_difference);
    } else {
        quality = 40 * identity * evidence * (1 - std::min(1.0, second_chain / chain)) * std::log(best / match);
    }
    quality -= 4.343 * std::log(competition.near_ties + 1.0);
    const bool strictly_best = alignment.score > competition.second_score;
    return static_cast<std::uint8_t>(std::clamp(std::floor(quality + 0.499), strictly_best ? 1.0 : 0.0, highest));
}

}  // namespace weft
