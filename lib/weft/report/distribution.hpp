// Median and mean of values that come one by one, in any order: equal values give equal results, to the last bit.
//
// All values are kept, at eight bytes each. Sums are made over the sorted values, so that neither the order of the file nor how it was
// cut into parts can be seen in the last digit.
#pragma once

#include <optional>
#include <vector>

namespace weft {

class Distribution {
public:
    void add(double value) { values_.push_back(value); }
    void merge(const Distribution& other) { values_.insert(values_.end(), other.values_.begin(), other.values_.end()); }

    bool empty() const { return values_.empty(); }

    /// The middle value, or the mean of the two in the middle; nothing when there is none. O(n log n).
    std::optional<double> median() const;
    std::optional<double> mean() const;

private:
    std::vector<double> sorted() const;

    std::vector<double> values_{};
};

}  // namespace weft
