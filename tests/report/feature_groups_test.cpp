#include "weft/report/feature_groups.hpp"

#include <catch2/catch.hpp>

#include "support/temporary_folder.hpp"

using namespace weft;
using namespace weft::test;

TEST_CASE("neighbouring records of one query are a group, a second primary begins the next", "[report]") {
    const TemporaryFolder folder;
    const std::string path = folder.file("a.sam",
        "@SQ\tSN:c1\tLN:1000\n"
        "a\t0\tc1\t1\t60\t4M\t*\t0\t0\tACGT\t*\na\t2048\tc1\t9\t60\t2M\t*\t0\t0\tAC\t*\na\t256\tc1\t9\t60\t2M\t*\t0\t0\t*\t*\n"
        "b\t4\t*\t0\t0\t*\t*\t0\t0\tACGT\t*\n"
        "b\t0\tc1\t1\t60\t4M\t*\t0\t0\tACGT\t*\n"
        "c\t2048\tc1\t1\t60\t4M\t*\t0\t0\tACGT\t*\nc\t0\tc1\t1\t60\t4M\t*\t0\t0\tACGT\t*\n"
        "a\t0\tc1\t1\t60\t4M\t*\t0\t0\tACGT\t*\n");
    AlignmentReader reader(path);
    FeatureGroups groups(reader);
    std::string found;
    for (std::vector<AlignmentRecord> group; groups.next(group);) found += group.front().name + std::to_string(group.size()) + " ";
    CHECK(found == "a3 b1 b1 c2 a1 ");
    std::vector<AlignmentRecord> group;
    CHECK_FALSE(groups.next(group));
}
