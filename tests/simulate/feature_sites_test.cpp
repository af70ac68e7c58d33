#include "weft/simulate/feature_sites.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "support/evolution.hpp"
#include "weft/model/sequence.hpp"

using namespace weft;
using namespace weft::test;

TEST_CASE("a feature is cut in the case of the genome, on its strand", "[simulate]") {
    const std::vector<ReferenceContig> genome{{"c1", "AACCggtNTT"}};
    const Feature forward = cut({"f", ContigId{0}, {2, 7}, Strand::forward}, genome);
    CHECK(forward.name == "f");
    CHECK(forward.sequence == "CCggt");
    CHECK(forward.comment == "source=c1:2-7:+");
    const Feature reverse = cut({"r", ContigId{0}, {4, 9}, Strand::reverse}, genome);
    CHECK(reverse.sequence == "ANacc");
    CHECK(reverse.comment == "source=c1:4-9:-");
}

TEST_CASE("windows lie inside their contigs, avoid N and have names of their own", "[simulate]") {
    std::vector<ReferenceContig> genome = test::genome({30'000, 8'000});
    genome[0].sequence.replace(5'000, 5'000, std::string(5'000, 'N'));
    const std::vector<FeatureSite> sites = pick_windows(genome, {{100, 2'000}, {200}}, 80, 5);
    std::set<std::string> names;
    std::int64_t sum = 0, reverse = 0, small = 0;
    for (const FeatureSite& site : sites) {
        CHECK(names.insert(site.name).second);
        REQUIRE(site.interval.begin >= 0);
        REQUIRE(site.interval.end <= std::ssize(genome[rank(site.contig)].sequence));
        REQUIRE(site.interval.length() >= 80);
        CHECK(overlap(site.interval, SourceInterval{5'000, 10'000}) * (site.contig == ContigId{0}) * 10 <= site.interval.length());
        reverse += site.strand == Strand::reverse;
        if (site.name.starts_with("w100_")) {
            ++small;
            sum += site.interval.length();
        }
    }
    CHECK(std::ssize(sites) < 400);   // some fell into N
    CHECK(std::ssize(sites) > 200);
    CHECK(reverse > std::ssize(sites) / 3);
    CHECK(reverse < std::ssize(sites) * 2 / 3);
    CHECK(static_cast<double>(sum) / static_cast<double>(small) == Approx(102).epsilon(0.05));   // shortened ones count as 80
    CHECK(pick_windows({}, {{100}, {5}}, 80, 5).empty());

    const std::vector<FeatureSite> unequal = pick_windows(test::genome({30'000}), {{100, 2'000}, {7, 3}}, 80, 5);
    CHECK(unequal.size() == 10);
    CHECK(unequal[7].name == "w2000_0");
    CHECK(WindowOptions{{100, 2'000}, {7, 3}}.problems().empty());
    CHECK(WindowOptions{{100, 2'000, 9}, {7, 3, -1}}.problems().size() == 2);
    CHECK(WindowOptions{{100}, {7, 3}}.problems().size() == 1);
}

TEST_CASE("the truth of a feature is its best place, and copies that are as good", "[simulate]") {
    const std::vector<ReferenceContig> target{{"c1", ""}, {"c2", ""}};
    const std::vector<SharedBlock> blocks{
        {ContigId{0}, {0, 100}, ContigId{1}, {500, 600}, Strand::forward, 0},      // all of it
        {ContigId{0}, {5, 100}, ContigId{0}, {1'000, 1'095}, Strand::reverse, 0},  // 95 %
        {ContigId{0}, {60, 100}, ContigId{1}, {900, 940}, Strand::forward, 1},     // 40 %
    };
    const CoordinateMap map(blocks);
    struct Row {
        SourceInterval interval;
        Strand strand;
        const char* line;
    };
    const Row rows[] = {
        {{0, 100}, Strand::forward, "f\tc2\t500\t600\t+\tpresent\t1.0000\tc1:1000-1095:-"},
        {{0, 100}, Strand::reverse, "f\tc2\t500\t600\t-\tpresent\t1.0000\tc1:1000-1095:+"},
        {{0, 20}, Strand::forward, "f\tc2\t500\t520\t+\tpresent\t1.0000\t."},
        {{60, 100}, Strand::forward, "f\tc1\t1000\t1040\t-\tpresent\t1.0000\tc2:560-600:+,c2:900-940:+"},
        {{50, 250}, Strand::forward, "f\tc1\t1000\t1050\t-\tpartial\t0.2500\tc2:550-600:+"},
        {{99, 200}, Strand::forward, "f\tc1\t1000\t1001\t-\tabsent\t0.0099\tc2:599-600:+,c2:939-940:+"},
        {{100, 200}, Strand::forward, "f\t*\t0\t0\t.\tabsent\t0.0000\t."},
    };
    for (const Row& row : rows) CHECK(truth_line(truth_of("f", ContigId{0}, row.interval, row.strand, map), target) == row.line);
    CHECK(block_line(blocks[1], target, "c9") == "c1\t5\t100\tc9\t1000\t1095\t-");
}

TEST_CASE("absent features have the lengths asked for and nothing in common", "[simulate]") {
    const std::vector<Feature> features = make_absent_features(20, 60, 3);
    REQUIRE(features.size() == 20);
    std::set<std::string> starts;
    for (const Feature& feature : features) {
        CHECK(feature.length() >= 60);
        CHECK(feature.length() <= 5'000);
        starts.insert(feature.sequence.substr(0, 30));
    }
    CHECK(starts.size() == 20);
    CHECK(features[3].name == "absent_3");
}
