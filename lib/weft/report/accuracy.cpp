#include "weft/report/accuracy.hpp"

#include <algorithm>
#include <cstdlib>

namespace weft {
namespace {

std::size_t length_class_of(std::int64_t length) {
    return static_cast<std::size_t>(std::upper_bound(length_class_ends.begin(), length_class_ends.end(), length) - length_class_ends.begin());
}

}  // namespace

bool same_place(const NamedPlace& a, const NamedPlace& b) {
    if (a.contig != b.contig || a.strand != b.strand) return false;
    const std::int64_t shared = overlap(a.interval, b.interval);
    const std::int64_t together = std::max(a.interval.end, b.interval.end) - std::min(a.interval.begin, b.interval.begin);
    return shared > 0 && shared * 10 >= together;
}

Verdict judge(const TruthRow& truth, const Placement* placement, int slack) {
    if (placement == nullptr || !placement->aligned) return Verdict::unaligned;
    Verdict verdict = Verdict::wrong;
    for (const NamedPlace& place : truth.places) {
        if (!same_place(place, placement->place)) continue;
        const bool exact = std::abs(place.interval.begin - placement->place.interval.begin) <= slack &&
                           std::abs(place.interval.end - placement->place.interval.end) <= slack;
        verdict = std::max(verdict, exact ? Verdict::exact : Verdict::right);
    }
    return verdict;
}

AccuracyCounts& AccuracyCounts::operator+=(const AccuracyCounts& other) {
    present += other.present;
    mapped += other.mapped;
    right += other.right;
    exact += other.exact;
    return *this;
}

AccuracyCounts Accuracy::all() const {
    AccuracyCounts sum;
    for (const AccuracyCounts& counts : by_length) sum += counts;
    return sum;
}

MapqCounts Accuracy::at_least(int least) const {
    MapqCounts sum;
    for (const auto& [mapq, counts] : by_mapq) {
        if (mapq < least) break;
        sum.aligned += counts.aligned;
        sum.wrong += counts.wrong;
    }
    return sum;
}

Accuracy score(const TruthTable& truth, const Placements& placements, int slack) {
    Accuracy accuracy;
    for (const auto& [name, row] : truth) {
        const Placement* placement = placements.find(name);
        const Verdict verdict = judge(row, placement, slack);
        if (row.presence == Presence::absent) {
            ++accuracy.absent;
            accuracy.absent_mapped += verdict != Verdict::unaligned;
        }
        if (row.presence != Presence::present) continue;
        const std::int64_t length = row.places.empty() ? 0 : row.places.front().interval.length();
        accuracy.by_length[length_class_of(length)] +=
            {1, verdict != Verdict::unaligned, verdict >= Verdict::right, verdict == Verdict::exact};
        if (verdict == Verdict::unaligned) continue;
        MapqCounts& counts = accuracy.by_mapq[placement->mapq];
        ++counts.aligned;
        counts.wrong += verdict == Verdict::wrong;
    }
    for (const std::string& name : placements.names) accuracy.unknown += !truth.contains(name);
    return accuracy;
}

}  // namespace weft
