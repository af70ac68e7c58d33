#include "weft/report/interval_union.hpp"

#include <algorithm>

namespace weft {
namespace {

constexpr std::size_t fewest_new = 1'024;   // intervals that are worth a round of joining

void join(std::vector<ReferenceInterval>& intervals) {
    std::sort(intervals.begin(), intervals.end());
    std::size_t kept = 0;
    for (const ReferenceInterval& interval : intervals) {
        if (kept > 0 && interval.begin <= intervals[kept - 1].end)
            intervals[kept - 1].end = std::max(intervals[kept - 1].end, interval.end);
        else
            intervals[kept++] = interval;
    }
    intervals.resize(kept);
}

}  // namespace

void IntervalUnion::add(ReferenceInterval interval) {
    if (interval.empty()) return;
    intervals_.push_back(interval);
    if (intervals_.size() < 2 * joined_ + fewest_new) return;
    join(intervals_);
    joined_ = intervals_.size();
}

void IntervalUnion::merge(const IntervalUnion& other) {
    for (const ReferenceInterval& interval : other.intervals_) add(interval);
}

std::int64_t IntervalUnion::bases() const {
    std::vector<ReferenceInterval> intervals = intervals_;
    join(intervals);
    std::int64_t sum = 0;
    for (const ReferenceInterval& interval : intervals) sum += interval.length();
    return sum;
}

}  // namespace weft
