#include "weft/select/place_by_neighbours.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace weft {
namespace {

constexpr std::uint8_t confident_mapq = 30;
constexpr std::size_t remembered_places = 32;
constexpr std::int64_t far_away = std::numeric_limits<std::int64_t>::max();

}  // namespace

std::int64_t NeighbourPlacer::distance(const Place& a, const Place& b) {
    if (a.contig != b.contig) return far_away;
    return std::max<std::int64_t>({0, a.reference.begin - b.reference.end, b.reference.begin - a.reference.end});
}

bool NeighbourPlacer::is_taken(const Place& place) const { return std::find(taken_.begin(), taken_.end(), place) != taken_.end(); }

/// The alternative that the neighbours speak for, or the primary itself.
const Alignment* NeighbourPlacer::choose(const FeatureAlignments& result) const {
    const Alignment* primary = &result.alignments.front();
    if (confident_.empty()) return primary;
    const bool in_order = confident_.size() == 2 && distance(confident_[0], confident_[1]) <= options_.neighbour_distance;
    const Alignment* best = primary;
    std::int64_t best_distance = far_away;
    bool best_taken = true;
    const auto consider = [&](const Alignment& candidate) {
        const bool tied = candidate.placement_score == primary->placement_score;
        const std::int64_t away = distance(place_of(candidate), confident_.back());
        if (away > options_.neighbour_distance || (!tied && !in_order)) return;
        const bool taken = is_taken(place_of(candidate));   // a copy in tandem: the next feature gets the next copy
        if (taken != best_taken ? !taken : away < best_distance) {
            best = &candidate;
            best_distance = away;
            best_taken = taken;
        }
    };
    consider(*primary);
    for (const Alignment& alternative : result.alternatives) consider(alternative);
    return best;
}

void NeighbourPlacer::remember(const Alignment& primary) {
    const Place place = place_of(primary);
    taken_.push_back(place);
    if (taken_.size() > remembered_places) taken_.pop_front();
    if (primary.mapq < confident_mapq || primary.moved) return;
    confident_.push_back(place);
    if (confident_.size() > 2) confident_.pop_front();
}

/// Makes a copy the primary; the old primary becomes the first secondary, as its score is at least that of any.
void NeighbourPlacer::promote(const Alignment& chosen, std::vector<Alignment>& alignments) const {
    Alignment promoted = chosen;
    Alignment demoted = std::move(alignments.front());
    promoted.role = Role::primary;
    promoted.mapq = std::min<std::uint8_t>(demoted.mapq, 3);
    promoted.ties = std::exchange(demoted.ties, 0);
    promoted.second_chain_score = demoted.chain_score;
    promoted.moved = true;
    demoted.role = Role::secondary;
    demoted.mapq = 0;
    demoted.second_chain_score = 0;
    alignments.front() = std::move(promoted);

    const auto is_secondary = [](const Alignment& alignment) { return alignment.role == Role::secondary; };
    const Place place = place_of(alignments.front());
    const auto is_promoted = [&](const Alignment& other) { return is_secondary(other) && place_of(other) == place; };
    const bool was_reported = std::erase_if(alignments, is_promoted) > 0;
    if (!was_reported && (!options_.secondary || options_.max_secondary == 0)) return;
    const auto first = alignments.insert(std::find_if(alignments.begin(), alignments.end(), is_secondary), std::move(demoted));
    // One more than before: -N holds again, and still cuts no tie.
    const auto most = static_cast<std::ptrdiff_t>(options_.max_secondary);
    if (was_reported || alignments.end() - first <= most) return;
    const std::int32_t last_score = first[most - 1].placement_score;
    alignments.erase(std::find_if(first + most, alignments.end(), [&](const Alignment& other) { return other.placement_score < last_score; }),
                     alignments.end());
}

bool NeighbourPlacer::place(FeatureAlignments& result) {
    if (!result.aligned()) return false;
    const Alignment* chosen = result.alternatives.empty() ? &result.alignments.front() : choose(result);
    const bool moves = chosen != &result.alignments.front();
    if (moves) promote(*chosen, result.alignments);
    remember(result.alignments.front());
    return moves;
}

}  // namespace weft
