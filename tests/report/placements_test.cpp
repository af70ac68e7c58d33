#include "weft/report/placements.hpp"

#include <catch2/catch.hpp>

#include "support/placement.hpp"
#include "support/temporary_folder.hpp"

using namespace weft;
using namespace weft::test;

TEST_CASE("the first primary record of a name counts, others are counted", "[report]") {
    Placements placements;
    add_record(placements, aligned_record("q", "c1", 0, 100, Strand::forward, 60));
    AlignmentRecord other = aligned_record("q", "c2", 0, 100, Strand::forward, 0);
    add_record(placements, other);
    other.role = Role::secondary;
    add_record(placements, other);
    other.role = Role::supplementary;
    add_record(placements, other);
    add_record(placements, unaligned_record("none"));
    CHECK(placements.names == std::vector<std::string>{"q", "none"});
    CHECK(placements.aligned == 1);
    CHECK(placements.repeated == 1);
    CHECK(placements.secondary == 1);
    CHECK(placements.supplementary == 1);
    REQUIRE(placements.find("q") != nullptr);
    CHECK(placements.find("q")->place.contig == "c1");
    CHECK_FALSE(placements.find("none")->aligned);
    CHECK(placements.find("missing") == nullptr);
}

TEST_CASE("placements of a file have merged CIGARs", "[report]") {
    const TemporaryFolder folder;
    const Placements placements = read_placements(folder.file("a.sam",
        "@HD\tVN:1.6\n@SQ\tSN:c1\tLN:1000\nq\t16\tc1\t11\t60\t2S3=1X4=\t*\t0\t0\tACGTACGTAC\t*\tAS:i:9\tNM:i:1\n"));
    const Placement& placement = *placements.find("q");
    CHECK(to_string(placement.cigar) == "8M");
    CHECK(placement.place == NamedPlace{"c1", {10, 18}, Strand::reverse});
    CHECK(placement.query == QueryInterval{0, 8});
    CHECK(placement.score == 9);
    CHECK(placement.edit_distance == 1);
}
