// How identity goes with length: a grid of counts, long features to the right, similar ones above.
#pragma once

#include <cstdint>
#include <vector>

#include "weft/report/feature_row.hpp"
#include "weft/report/histogram.hpp"

namespace weft {

/// Features per field of a grid.
struct LengthIdentityGrid {
    std::vector<double> length_edges{};      // bases, log scale
    std::vector<double> identity_edges{};
    std::vector<std::vector<std::int64_t>> counts{};   // one row per identity bin, from the lowest; in it one number per length bin
};

/// Counts placed features whose length and identity are known.
class LengthIdentity {
public:
    void add(const FeatureRow& row);
    void merge(const LengthIdentity& other);

    /// Cut down to where there are features; empty when there are none.
    LengthIdentityGrid grid() const;

private:
    Histogram lengths_{log_edges(9)};            // the sums of the columns and rows
    Histogram identities_{linear_edges(0, 1, 100)};
    std::vector<std::int64_t> counts_ = std::vector<std::int64_t>(lengths_.counts().size() * identities_.counts().size());
};

}  // namespace weft
