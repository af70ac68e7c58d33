// How often values fall between neighbouring edges.
//
// The edges are fixed before the first value, so histograms of parts of a file can be added up, and two files can be laid over each
// other. What is shown is cut down to where there are values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace weft {

/// `bins` bins of one width from `low` to `high`.
std::vector<double> linear_edges(double low, double high, int bins);

/// Whole numbers from 1 to 10^decades, each about a tenth of a decade above the one before.
std::vector<double> log_edges(int decades);

/// Counts per bin. Bins hold their lower edge; the last one holds its upper edge too.
class Histogram {
public:
    /// At least two edges, rising.
    explicit Histogram(std::vector<double> edges);

    /// A value outside the edges counts in the nearest bin.
    void add(double value, std::int64_t times = 1) { counts_[bin_of(value)] += times; }
    /// The edges must be the same.
    void merge(const Histogram& other);

    std::size_t bin_of(double value) const;
    const std::vector<double>& edges() const { return edges_; }             // one more than counts
    const std::vector<std::int64_t>& counts() const { return counts_; }

    /// Without the empty bins at both ends; one bin when all are empty.
    Histogram trimmed() const;

private:
    std::vector<double> edges_;
    std::vector<std::int64_t> counts_;
};

}  // namespace weft
