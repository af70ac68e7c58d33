#include "weft/report/histogram.hpp"

#include <catch2/catch.hpp>

#include <stdexcept>

using namespace weft;

using Counts = std::vector<std::int64_t>;
using Edges = std::vector<double>;

TEST_CASE("a bin holds its lower edge, the last one both, and what lies outside counts at the ends", "[report]") {
    struct Row {
        double value;
        std::size_t bin;
    };
    const Histogram histogram({0, 1, 10, 100});
    for (const Row& row : {Row{0, 0}, {0.99, 0}, {1, 1}, {9.9, 1}, {10, 2}, {99, 2}, {100, 2}, {101, 2}, {-1, 0}}) {
        INFO(row.value);
        CHECK(histogram.bin_of(row.value) == row.bin);
    }
}

TEST_CASE("linear edges are evenly spaced, log edges are whole numbers a tenth of a decade apart", "[report]") {
    CHECK(linear_edges(0, 1, 4) == Edges{0, 0.25, 0.5, 0.75, 1});
    CHECK(log_edges(1) == Edges{1, 2, 3, 4, 5, 6, 8, 10});
    const Edges edges = log_edges(9);
    CHECK(edges.front() == 1);
    CHECK(edges.back() == 1e9);
    CHECK(std::is_sorted(edges.begin(), edges.end()));
    CHECK(std::adjacent_find(edges.begin(), edges.end()) == edges.end());
}

TEST_CASE("histograms of parts add up to the histogram of the whole", "[report]") {
    Histogram whole({0, 1, 2, 3});
    Histogram left = whole;
    Histogram right = whole;
    for (const double value : {0.5, 1.5, 1.7}) whole.add(value), left.add(value);
    for (const double value : {2.5, 0.1}) whole.add(value, 3), right.add(value, 3);
    left.merge(right);
    CHECK(left.counts() == whole.counts());
    CHECK(whole.counts() == Counts{4, 2, 3});
    CHECK_THROWS_AS(left.merge(Histogram({0, 1})), std::logic_error);
}

TEST_CASE("empty bins at the ends are cut off", "[report]") {
    Histogram histogram({0, 1, 2, 3, 4, 5});
    CHECK(histogram.trimmed().edges() == Edges{0, 1});
    CHECK(histogram.trimmed().counts() == Counts{0});
    histogram.add(1.5);
    histogram.add(3.5, 2);
    CHECK(histogram.trimmed().edges() == Edges{1, 2, 3, 4});
    CHECK(histogram.trimmed().counts() == Counts{1, 0, 2});
}
