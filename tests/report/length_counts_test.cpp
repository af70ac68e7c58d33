#include "weft/report/length_counts.hpp"

#include <catch2/catch.hpp>

using namespace weft;

using Counts = std::map<std::int64_t, std::int64_t>;

TEST_CASE("lengths are exact up to 1,000 bases and have two digits above", "[report]") {
    struct Row {
        std::int64_t length;
        std::int64_t counted_as;
    };
    for (const Row& row : {Row{0, 0}, {1, 1}, {999, 999}, {1'000, 1'000}, {1'001, 1'000}, {1'234, 1'200}, {9'999, 9'900}, {10'000, 10'000},
                           {123'456, 120'000}}) {
        LengthCounts counts;
        counts.add(row.length);
        CHECK(counts.counts() == Counts{{row.counted_as, 1}});
    }
}

TEST_CASE("counts of parts add up, and nothing is listed zero times", "[report]") {
    LengthCounts counts;
    counts.add(3, 2);
    counts.add(7, 0);
    LengthCounts more;
    more.add(3);
    more.add(5'550, 4);
    counts.merge(more);
    CHECK(counts.counts() == Counts{{3, 3}, {5'500, 4}});
}
