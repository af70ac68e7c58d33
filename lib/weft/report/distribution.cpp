#include "weft/report/distribution.hpp"

#include <algorithm>
#include <numeric>

namespace weft {

std::vector<double> Distribution::sorted() const {
    std::vector<double> values = values_;
    std::sort(values.begin(), values.end());
    return values;
}

std::optional<double> Distribution::median() const {
    if (values_.empty()) return std::nullopt;
    const std::vector<double> values = sorted();
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

std::optional<double> Distribution::mean() const {
    if (values_.empty()) return std::nullopt;
    const std::vector<double> values = sorted();
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace weft
