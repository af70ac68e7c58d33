#include "weft/report/region.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "weft/model/error.hpp"

using namespace weft;

namespace {

const std::vector<ContigRecord> contigs{{"chr1", 10'000, ""}, {"HLA:01", 500, ""}, {"HLA", 400, ""}};

}  // namespace

TEST_CASE("regions are 1-based and inclusive", "[report]") {
    struct Row {
        const char* text;
        Region region;
    };
    const Row rows[] = {
        {"chr1", {"chr1", {0, 10'000}}},
        {"chr1:1-10000", {"chr1", {0, 10'000}}},
        {"chr1:1,001-2,000", {"chr1", {1'000, 2'000}}},
        {"chr1:7", {"chr1", {6, 7}}},
        {"chr1:9990-", {"chr1", {9'989, 10'000}}},
        {"HLA:01", {"HLA:01", {0, 500}}},
        {"HLA:01:5-6", {"HLA:01", {4, 6}}},
        {"HLA:02", {"HLA", {1, 2}}},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        CHECK(parse_region(row.text, contigs) == row.region);
    }
}

TEST_CASE("what names no contig is no region", "[report]") {
    for (const char* text : {"YAL001C", "chr2", "chr2:1-5", "", ":", "chr1x:5"}) CHECK_FALSE(parse_region(text, contigs));
}

TEST_CASE("a contig with impossible positions is refused", "[report]") {
    for (const char* text : {"chr1:", "chr1:x-5", "chr1:5-x", "chr1:-5", "chr1:5--6", "chr1:0-5", "chr1:6-5", "chr1:1-10001", "chr1:10001"}) {
        INFO(text);
        CHECK_THROWS_AS(parse_region(text, contigs), UsageError);
    }
    CHECK_THROWS_MATCHES(parse_region("chr1:0-5", contigs), UsageError,
                         Catch::Message("chr1:0-5: the range does not lie within chr1, which has the positions 1 to 10000"));
}
