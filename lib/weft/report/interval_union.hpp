// The bases that at least one of many intervals covers, exactly, in memory that grows with the stretches that are left.
#pragma once

#include <cstdint>
#include <vector>

#include "weft/model/coordinates.hpp"

namespace weft {

/// A set of bases of one contig. Intervals are gathered and joined now and then: O(n log n) in all.
class IntervalUnion {
public:
    void add(ReferenceInterval interval);
    void merge(const IntervalUnion& other);

    /// Bases covered.
    std::int64_t bases() const;

private:
    std::vector<ReferenceInterval> intervals_{};   // the first `joined_` by position and apart from each other, then new ones
    std::size_t joined_ = 0;
};

}  // namespace weft
