// Neighbours decide between copies: which copy, when, and what is left alone.
#include "weft/select/place_by_neighbours.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

using namespace weft;

namespace {

Alignment placed(std::int64_t begin, std::int32_t score, std::uint8_t mapq = 60, std::uint32_t contig = 0) {
    Alignment alignment;
    alignment.contig = ContigId{contig};
    alignment.reference = {begin, begin + 1'000};
    alignment.query = {0, 1'000};
    alignment.score = alignment.placement_score = score;
    alignment.mapq = mapq;
    return alignment;
}

FeatureAlignments confident(std::int64_t begin, std::uint32_t contig = 0) {
    FeatureAlignments result;
    result.alignments = {placed(begin, 2'000, 60, contig)};
    return result;
}

/// The primary's place, and its copies; `reported` of them as secondary alignments.
FeatureAlignments undecided(Alignment primary, std::vector<Alignment> copies, std::size_t reported = 100) {
    FeatureAlignments result;
    primary.mapq = 0;
    primary.ties = static_cast<std::int32_t>(std::ranges::count(copies, primary.placement_score, &Alignment::placement_score));
    result.alignments = {primary};
    for (Alignment& copy : copies) {
        copy.role = Role::secondary;
        copy.mapq = 0;
        if (reported > 0) result.alignments.push_back(copy), --reported;
    }
    result.alternatives = copies;
    return result;
}

struct Placer {
    SelectOptions options{};
    NeighbourPlacer placer{options};

    /// Places the features and says where the last one's primary lies.
    std::int64_t place(std::vector<FeatureAlignments> features) {
        for (FeatureAlignments& feature : features) placer.place(feature);
        return features.back().alignments.front().reference.begin;
    }
};

}   // namespace

TEST_CASE("which copy is taken", "[select]") {
    const auto tied = [] {
        return undecided(placed(10'000, 500), {placed(500'000, 500), placed(540'000, 500), placed(500'000, 500, 0, 1)});
    };
    const auto lower = [] { return undecided(placed(10'000, 500), {placed(500'000, 495)}); };
    struct Row {
        const char* what;
        std::vector<FeatureAlignments> features;
        std::int64_t expected;
    };
    const Row rows[] = {
        {"no neighbours: the first of equals", {tied()}, 10'000},
        {"the copy beside the last confident feature", {confident(498'000), tied()}, 500'000},
        {"the nearer of two", {confident(538'000), tied()}, 540'000},
        {"from behind, too", {confident(545'000), tied()}, 540'000},
        {"the last one counts", {confident(498'000), confident(12'000), tied()}, 10'000},
        {"too far away", {confident(700'000), tied()}, 10'000},
        {"just near enough", {confident(399'000), tied()}, 500'000},
        {"another contig", {confident(498'000, 2), tied()}, 10'000},
        {"an unsure neighbour says nothing", {undecided(placed(498'000, 500), {}), tied()}, 10'000},
        {"an unaligned feature between changes nothing", {confident(498'000), FeatureAlignments{}, tied()}, 500'000},
        {"a lower copy needs two neighbours in order", {confident(498'000), lower()}, 10'000},
        {"two neighbours in order move to a lower copy", {confident(490'000), confident(498'000), lower()}, 500'000},
        {"two neighbours far apart do not", {confident(90'000), confident(498'000), lower()}, 10'000},
        {"a sure feature stays", {confident(490'000), confident(498'000), confident(10'000)}, 10'000},
    };
    for (const Row& row : rows) {
        INFO(row.what);
        CHECK(Placer{}.place(row.features) == row.expected);
    }
}

TEST_CASE("copies in tandem are taken one after the other", "[select]") {
    Placer placer;
    placer.place({confident(490'000)});
    const std::vector<Alignment> copies{placed(500'000, 500), placed(502'000, 500), placed(504'000, 500)};
    for (const std::int64_t expected : {500'000, 502'000, 504'000, 500'000})
        CHECK(placer.place({undecided(placed(10'000, 500), copies)}) == expected);
}

TEST_CASE("a moved feature says so, and its old place becomes a secondary one", "[select]") {
    SelectOptions options;
    NeighbourPlacer placer(options);
    FeatureAlignments anchor = confident(498'000);
    CHECK_FALSE(placer.place(anchor));
    CHECK_FALSE(anchor.alignments.front().moved);

    FeatureAlignments feature =
        undecided(placed(10'000, 500), {placed(300'000, 500), placed(500'000, 500), placed(600'000, 495)});
    CHECK(placer.place(feature));
    CHECK(feature.alignments.front().moved);
    CHECK(feature.alignments.front().role == Role::primary);
    CHECK(feature.alignments.front().mapq <= 3);
    CHECK(feature.alignments.front().ties == 2);
    REQUIRE(feature.alignments.size() == 4);
    for (std::size_t i = 1; i < 4; ++i) {
        CHECK(feature.alignments[i].role == Role::secondary);
        CHECK(feature.alignments[i].mapq == 0);
        CHECK_FALSE(feature.alignments[i].moved);
        if (i > 1) CHECK(feature.alignments[i].placement_score <= feature.alignments[i - 1].placement_score);
    }
    CHECK(std::ranges::count_if(feature.alignments, [](const Alignment& a) { return a.reference.begin == 10'000; }) == 1);
    CHECK(std::ranges::count_if(feature.alignments, [](const Alignment& a) { return a.reference.begin == 500'000; }) == 1);

    FeatureAlignments next = undecided(placed(10'000, 500), {placed(700'000, 500)});
    CHECK_FALSE(placer.place(next));   // a moved feature is no evidence: 700,000 is far from the last sure one
}

TEST_CASE("secondary alignments stay sorted, behind the supplementary ones", "[select]") {
    Placer placer;
    placer.place({confident(490'000), confident(498'000)});
    FeatureAlignments feature = undecided(placed(10'000, 500), {placed(300'000, 498), placed(500'000, 492)});
    Alignment other_part = placed(800'000, 300);
    other_part.role = Role::supplementary;
    other_part.query = {1'000, 1'500};
    feature.alignments.insert(feature.alignments.begin() + 1, other_part);
    CHECK(placer.placer.place(feature));
    std::vector<std::int32_t> scores;
    std::vector<Role> roles;
    for (const Alignment& alignment : feature.alignments)
        scores.push_back(alignment.placement_score), roles.push_back(alignment.role);
    CHECK(scores == std::vector<std::int32_t>{492, 300, 500, 498});
    CHECK(roles == std::vector<Role>{Role::primary, Role::supplementary, Role::secondary, Role::secondary});
}

TEST_CASE("a copy that was not reported can be taken, and the old place is reported only where secondaries are", "[select]") {
    for (const bool secondary : {true, false}) {
        SelectOptions options;
        options.secondary = secondary;
        NeighbourPlacer placer(options);
        FeatureAlignments anchor = confident(498'000);
        placer.place(anchor);
        FeatureAlignments feature = undecided(placed(10'000, 500), {placed(500'000, 500)}, 0);
        CHECK(placer.place(feature));
        CHECK(feature.alignments.front().reference.begin == 500'000);
        CHECK(feature.alignments.size() == (secondary ? 2 : 1));
    }
}
