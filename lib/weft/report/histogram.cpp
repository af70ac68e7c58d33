#include "weft/report/histogram.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace weft {

std::vector<double> linear_edges(double low, double high, int bins) {
    std::vector<double> edges;
    for (int i = 0; i <= bins; ++i) edges.push_back(low + (high - low) * i / bins);
    return edges;
}

std::vector<double> log_edges(int decades) {
    constexpr int per_decade = 10;
    std::vector<double> edges;
    for (int i = 0; i <= decades * per_decade; ++i) {
        const double edge = std::round(std::pow(10.0, static_cast<double>(i) / per_decade));
        if (edges.empty() || edge > edges.back()) edges.push_back(edge);
    }
    return edges;
}

Histogram::Histogram(std::vector<double> edges) : edges_(std::move(edges)), counts_(edges_.size() - 1) {}

std::size_t Histogram::bin_of(double value) const {
    const auto above = std::upper_bound(edges_.begin() + 1, edges_.end() - 1, value);
    return static_cast<std::size_t>(above - edges_.begin()) - 1;
}

void Histogram::merge(const Histogram& other) {
    if (edges_ != other.edges_) throw std::logic_error("histograms with different edges cannot be added up");
    std::transform(counts_.begin(), counts_.end(), other.counts_.begin(), counts_.begin(), std::plus<>{});
}

Histogram Histogram::trimmed() const {
    const auto filled = [](std::int64_t count) { return count != 0; };
    const auto first = std::find_if(counts_.begin(), counts_.end(), filled);
    if (first == counts_.end()) return Histogram({edges_[0], edges_[1]});
    const auto last = std::find_if(counts_.rbegin(), counts_.rend(), filled).base();   // one past the last filled bin
    Histogram result({edges_.begin() + (first - counts_.begin()), edges_.begin() + (last - counts_.begin()) + 1});
    result.counts_.assign(first, last);
    return result;
}

}  // namespace weft
