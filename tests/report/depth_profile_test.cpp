#include "weft/report/depth_profile.hpp"

#include <catch2/catch.hpp>

#include <random>

#include "support/records.hpp"

using namespace weft;
using namespace weft::test;

TEST_CASE("depth counts deleted bases and leaves introns out", "[report]") {
    DepthProfile depth;
    depth.add(1, record_of({.begin = 10, .cigar = "10=5I10D10=100N20=", .contig_length = 1'000}));
    depth.add(1, record_of({.begin = 20, .cigar = "10=", .contig_length = 1'000}));
    CHECK(depth.mean(1) == Approx(0.06));      // 50 + 10 bases
    CHECK(depth.breadth(1) == Approx(0.05));
    CHECK(depth.mean(0) == 0);
    CHECK(depth.breadth(0) == 0);
    CHECK(depth.mean(7) == 0);
    AlignmentRecord bare = record_of({.begin = 100, .cigar = "50=", .contig_length = 1'000});
    bare.cigar.clear();
    depth.add(0, bare);
    CHECK(depth.mean(0) == Approx(0.05));
}

TEST_CASE("bins have the mean depth of their bases, the last one of the bases it has", "[report]") {
    const std::vector<ContigRecord> contigs{{"a", 200, ""}, {"b", 70, ""}};
    DepthProfile depth;
    depth.add(0, record_of({.begin = 0, .cigar = "64=", .contig_length = 200}));
    depth.add(0, record_of({.begin = 32, .cigar = "168=", .contig_length = 200}));
    const std::vector<DepthBins> bins = depth.bins(contigs, 100);
    REQUIRE(bins.size() == 2);
    CHECK(bins[0].bin == 64);
    CHECK(bins[0].mean == std::vector<double>{1.5, 1, 1, 1});
    CHECK(bins[1].mean == std::vector<double>{0, 0});
    const std::vector<DepthBins> wide = depth.bins(contigs, 3);
    CHECK(wide[0].bin == 128);
    CHECK(wide[0].mean == std::vector<double>{1.25, 1});
    CHECK(wide[1].mean == std::vector<double>{0});
    const std::vector<DepthBins> longest = depth.bins(contigs, 1);
    REQUIRE(longest.size() == 1);
    CHECK(longest[0].contig == 0);
    CHECK(longest[0].mean == std::vector<double>{1.16});
}

TEST_CASE("random alignments give the depth that counting each base gives, whole or in parts", "[report]") {
    std::mt19937 random(11);
    const std::int64_t length = 3'000'000;   // more than the finest bins reach
    const std::vector<ContigRecord> contigs{{"a", length, ""}};
    DepthProfile whole;
    DepthProfile left;
    DepthProfile right;
    std::vector<int> bases(static_cast<std::size_t>(length));
    for (int i = 0; i < 300; ++i) {
        const auto size = static_cast<std::int64_t>(1 + random() % 20'000);
        const auto begin = static_cast<std::int64_t>(random() % static_cast<unsigned>(length - size));
        const AlignmentRecord record = record_of({.begin = begin, .cigar = (std::to_string(size) + "=").c_str(), .contig_length = length});
        for (std::int64_t at = begin; at < begin + size; ++at) ++bases[static_cast<std::size_t>(at)];
        whole.add(0, record);
        (i % 2 == 0 ? left : right).add(0, record);
    }
    left.merge(right);
    const DepthBins bins = whole.bins(contigs, 1'000).at(0);
    CHECK(bins.mean.size() <= 1'000);
    for (std::size_t i = 0; i < bins.mean.size(); ++i) {
        const auto begin = bases.begin() + static_cast<std::ptrdiff_t>(i) * bins.bin;
        const auto end = std::min(begin + bins.bin, bases.end());
        REQUIRE(bins.mean[i] == Approx(std::accumulate(begin, end, 0.0) / static_cast<double>(end - begin)));
    }
    CHECK(left.bins(contigs, 1'000).at(0).mean == bins.mean);
    CHECK(left.breadth(0) == whole.breadth(0));
    CHECK(whole.breadth(0) ==
          Approx(static_cast<double>(length - std::count(bases.begin(), bases.end(), 0)) / static_cast<double>(length)));
}
