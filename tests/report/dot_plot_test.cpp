#include "weft/report/dot_plot.hpp"

#include <catch2/catch.hpp>

#include "support/print_intervals.hpp"
#include "support/records.hpp"

using namespace weft;
using namespace weft::test;

TEST_CASE("an alignment is one segment, cut at gaps above 1 kb", "[report]") {
    DotPlot plot(10);
    plot.add(4, 2, record_of({.name = "a", .begin = 100, .query_begin = 5, .cigar = "50=1000D10=1001D20=1X", .query_length = 100}));
    plot.add(
        4, 1,
        record_of({.name = "a", .begin = 0, .strand = Strand::reverse, .query_begin = 0, .cigar = "10=2000I30=", .query_length = 3'000}));
    const std::vector<DotPlotSegment> segments = plot.segments();
    REQUIRE(segments.size() == 4);
    const auto check = [&](std::size_t i, std::size_t contig, QueryInterval query, ReferenceInterval reference, Strand strand) {
        INFO(i);
        CHECK(segments[i].feature == 4);
        CHECK(segments[i].contig == contig);
        CHECK(segments[i].query == query);
        CHECK(segments[i].reference == reference);
        CHECK(segments[i].strand == strand);
    };
    check(0, 2, {5, 65}, {100, 1'160}, Strand::forward);
    check(1, 2, {65, 86}, {2'161, 2'182}, Strand::forward);
    check(2, 1, {2'030, 2'040}, {0, 10}, Strand::reverse);
    check(3, 1, {0, 30}, {10, 40}, Strand::reverse);
    CHECK(*segments[0].identity == Approx(80.0 / 2'082));
    CHECK(plot.total() == 4);
    CHECK(plot.queries().at(4).name == "a");
    CHECK(plot.queries().at(4).length == 3'000);
}

TEST_CASE("without CIGAR an alignment is a segment, of unknown identity without counts", "[report]") {
    AlignmentRecord record = record_of({.begin = 7, .query_begin = 3, .cigar = "50="});
    record.cigar.clear();
    DotPlot plot(10);
    plot.add(0, 0, record);
    REQUIRE(plot.segments().size() == 1);
    CHECK(plot.segments()[0].query == QueryInterval{3, 53});
    CHECK_FALSE(plot.segments()[0].identity);
}

TEST_CASE("the longest segments are kept, of equal ones the first, in the order of the features", "[report]") {
    const auto add = [](DotPlot& plot, std::int64_t feature, const char* name, int length) {
        plot.add(feature, 0, record_of({.name = name, .cigar = (std::to_string(length) + "=").c_str()}));
    };
    const auto names = [](const DotPlot& plot) {
        std::string text;
        for (const DotPlotSegment& segment : plot.segments()) text += plot.queries().at(segment.feature).name;
        return text;
    };
    DotPlot whole(3);
    DotPlot left(3);
    DotPlot right(3);
    const std::vector<std::pair<const char*, int>> features{{"a", 5}, {"b", 9}, {"c", 7}, {"d", 7}, {"e", 20}, {"f", 7}};
    for (std::size_t i = 0; i < features.size(); ++i) {
        const auto feature = static_cast<std::int64_t>(i);
        add(whole, feature, features[i].first, features[i].second);
        add(i < 3 ? left : right, feature, features[i].first, features[i].second);
    }
    CHECK(names(whole) == "bce");
    CHECK(whole.total() == 6);
    CHECK(whole.queries().size() == 3);
    left.merge(right);
    CHECK(left.segments() == whole.segments());
    CHECK(left.total() == 6);
    DotPlot none(0);
    add(none, 0, "a", 5);
    CHECK(none.segments().empty());
    CHECK(none.total() == 1);
}
