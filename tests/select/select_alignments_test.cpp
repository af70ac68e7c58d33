// Which candidates are reported, as what, and that the order in which they were found does not matter.
#include "weft/select/select_alignments.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <string>

#include "support/random_sequences.hpp"

using namespace weft;
using weft::test::RandomPairs;

namespace {

/// An alignment of query [begin, end) at a place of contig 0, worth `score`.
Alignment candidate(std::int64_t begin, std::int64_t end, std::int64_t place, std::int32_t score,
                    Strand strand = Strand::forward) {
    Alignment alignment;
    alignment.strand = strand;
    alignment.query = {begin, end};
    alignment.reference = {place, place + end - begin};
    alignment.cigar = {{static_cast<std::uint32_t>(end - begin), CigarOp::match}};
    alignment.matches = end - begin;
    alignment.score = alignment.placement_score = alignment.best_segment_score = score;
    alignment.chain_score = score / 2;
    alignment.minimizers = 20;
    return alignment;
}

FeatureAlignments select(std::vector<Alignment> candidates, const SelectOptions& options = {}) {
    FeatureAlignments result;
    result.alignments = std::move(candidates);
    select_alignments({}, options, result);
    return result;
}

/// "P100 U60 S90": role and score of each.
std::string text_of(const std::vector<Alignment>& alignments) {
    std::string text;
    for (const Alignment& alignment : alignments)
        text += (text.empty() ? "" : " ") + std::string(1, "PUS"[static_cast<int>(alignment.role)]) +
                std::to_string(alignment.placement_score);
    return text;
}

std::string everything_of(const FeatureAlignments& result) {
    std::string text = text_of(result.alignments) + " / " + text_of(result.alternatives);
    for (const Alignment& a : result.alignments)
        text += "; " + std::to_string(a.reference.begin) + " " + std::to_string(a.query.begin) + " q" + std::to_string(a.mapq) +
                " t" + std::to_string(a.ties) + " s" + std::to_string(a.second_chain_score);
    return text;
}

}   // namespace

TEST_CASE("roles follow from the parts of the query and the scores", "[select]") {
    struct Row {
        const char* what;
        std::vector<Alignment> candidates;
        std::string_view expected;
    };
    const Row rows[] = {
        {"one", {candidate(0, 1'000, 0, 900)}, "P900"},
        {"two places of one part", {candidate(0, 1'000, 5'000, 890), candidate(0, 1'000, 0, 900)}, "P900 S890"},
        {"two parts", {candidate(0, 400, 0, 300), candidate(400, 1'000, 9'000, 500)}, "P500 U300"},
        {"two parts, each at two places",
         {candidate(0, 400, 0, 300), candidate(400, 1'000, 9'000, 500), candidate(0, 400, 2'000, 290),
          candidate(400, 1'000, 3'000, 480)},
         "P500 U300 S480 S290"},
        {"half of the shorter one shared is two parts",
         {candidate(0, 600, 0, 500), candidate(400, 800, 9'000, 300)},
         "P500 U300"},
        {"more than half is one part", {candidate(0, 601, 0, 500), candidate(400, 800, 9'000, 410)}, "P500 S410"},
        {"a secondary of a secondary's part is not one of the primary's",
         {candidate(0, 600, 0, 500), candidate(250, 750, 3'000, 450), candidate(700, 1'000, 6'000, 250)},
         "P500 U250 S450"},
        {"low secondaries go",
         {candidate(0, 1'000, 0, 900), candidate(0, 1'000, 3'000, 720), candidate(0, 1'000, 6'000, 719)},
         "P900 S720"},
    };
    for (const Row& row : rows) {
        INFO(row.what);
        CHECK(text_of(select(row.candidates).alignments) == row.expected);
    }
}

TEST_CASE("-N and --secondary limit the secondaries, but never inside a tie", "[select]") {
    std::vector<Alignment> candidates{candidate(0, 1'000, 0, 900)};
    for (std::int64_t i = 1; i <= 8; ++i) candidates.push_back(candidate(0, 1'000, 5'000 * i, i <= 2 ? 890 : i <= 6 ? 880 : 870));
    struct Row {
        int max_secondary;
        bool secondary;
        std::string_view expected;
    };
    const Row rows[] = {
        {0, true, "P900"},
        {1, true, "P900 S890 S890"},
        {2, true, "P900 S890 S890"},
        {3, true, "P900 S890 S890 S880 S880 S880 S880"},
        {6, true, "P900 S890 S890 S880 S880 S880 S880"},
        {50, true, "P900 S890 S890 S880 S880 S880 S880 S870 S870"},
        {50, false, "P900"},
    };
    for (const Row& row : rows) {
        SelectOptions options;
        options.max_secondary = row.max_secondary;
        options.secondary = row.secondary;
        CHECK(text_of(select(candidates, options).alignments) == row.expected);
    }
    SelectOptions options;
    options.secondary_ratio = 0.98;
    CHECK(text_of(select(candidates, options).alignments) == "P900 S890 S890");
    options.secondary_ratio = 1;
    CHECK(text_of(select(candidates, options).alignments) == "P900");
}

TEST_CASE("ties are counted, the first place wins, and nobody is sure", "[select]") {
    const FeatureAlignments result = select({candidate(0, 1'000, 9'000, 900), candidate(0, 1'000, 2'000, 900),
                                             candidate(0, 1'000, 5'000, 900), candidate(0, 1'000, 7'000, 890)});
    REQUIRE(text_of(result.alignments) == "P900 S900 S900 S890");
    CHECK(result.alignments[0].reference.begin == 2'000);
    CHECK(result.alignments[0].ties == 2);
    CHECK(result.alignments[0].mapq <= 3);
    for (std::size_t i = 1; i < 4; ++i) CHECK(result.alignments[i].mapq == 0);
    CHECK(select({candidate(0, 1'000, 0, 900)}).alignments[0].mapq > 30);
}

TEST_CASE("alignments that share a corner are one, the better", "[select]") {
    const auto reverse = Strand::reverse;
    struct Row {
        const char* what;
        std::vector<Alignment> candidates;
        std::string_view expected;
    };
    const Row rows[] = {
        {"twice the same", {candidate(0, 1'000, 0, 900), candidate(0, 1'000, 0, 900)}, "P900"},
        {"same begin", {candidate(0, 1'000, 0, 900), candidate(0, 950, 0, 850)}, "P900"},
        {"same end", {candidate(100, 1'000, 100, 850), candidate(0, 1'000, 0, 900)}, "P900"},
        {"another strand", {candidate(0, 1'000, 0, 900), candidate(0, 1'000, 0, 850, reverse)}, "P900 S850"},
        {"same begin on the reverse strand",
         {candidate(0, 1'000, 0, 900, reverse), candidate(50, 1'000, 0, 850, reverse)},
         "P900"},
        {"same end on the reverse strand", {candidate(0, 1'000, 0, 900, reverse), candidate(0, 950, 50, 850, reverse)}, "P900"},
        {"only the reference begin in common", {candidate(0, 1'000, 0, 900), candidate(100, 1'000, 0, 850)}, "P900 S850"},
    };
    for (const Row& row : rows) {
        INFO(row.what);
        CHECK(text_of(select(row.candidates).alignments) == row.expected);
    }
}

TEST_CASE("near copies of the primary are alternatives where neighbours decide", "[select]") {
    const std::vector<Alignment> candidates{candidate(0, 600, 0, 500), candidate(0, 600, 2'000, 488),
                                            candidate(0, 600, 4'000, 487), candidate(0, 600, 6'000, 500),
                                            candidate(600, 1'000, 9'000, 490)};
    SelectOptions options;
    CHECK(select(candidates, options).alternatives.empty());
    options.neighbours = true;
    options.max_secondary = 0;
    const FeatureAlignments result = select(candidates, options);
    CHECK(text_of(result.alignments) == "P500 U490");
    CHECK(text_of(result.alternatives) == "S500 S488");
}

TEST_CASE("random candidates in any order give the same answer, and it keeps the rules", "[select]") {
    RandomPairs random(1);
    std::mt19937 shuffler(1);
    for (int round = 0; round < 500; ++round) {
        std::vector<Alignment> candidates;
        for (std::int64_t count = random.between(1, 25); count > 0; --count) {
            const std::int64_t begin = 100 * random.between(0, 8), end = begin + 100 * random.between(1, 4);
            candidates.push_back(candidate(begin, end, 100 * random.between(0, 20),
                                           static_cast<std::int32_t>(10 * random.between(10, 40)),
                                           random.happens(0.5) ? Strand::forward : Strand::reverse));
            candidates.back().contig = ContigId{static_cast<std::uint32_t>(random.between(0, 1))};
            if (random.happens(0.3)) candidates.back().score -= 10;
        }
        SelectOptions options;
        options.max_secondary = static_cast<int>(random.between(0, 6));
        options.secondary_ratio = 0.1 * static_cast<double>(random.between(0, 10));
        options.neighbours = random.happens(0.5);
        const FeatureAlignments result = select(candidates, options);
        for (int time = 0; time < 3; ++time) {
            std::shuffle(candidates.begin(), candidates.end(), shuffler);
            REQUIRE(everything_of(select(candidates, options)) == everything_of(result));
        }
        REQUIRE(result.aligned());
        const Alignment& primary = result.alignments.front();
        REQUIRE(primary.role == Role::primary);
        const auto best = std::ranges::max(candidates, {}, &Alignment::placement_score).placement_score;
        REQUIRE(primary.placement_score == best);
        for (std::size_t i = 1; i < result.alignments.size(); ++i) {
            const Alignment& own = result.alignments[i];
            REQUIRE(own.role != Role::primary);
            REQUIRE(own.role >= result.alignments[i - 1].role);
            if (own.role == result.alignments[i - 1].role)
                REQUIRE(own.placement_score <= result.alignments[i - 1].placement_score);
            REQUIRE((own.role == Role::secondary) == (own.mapq == 0 && own.ties == 0 && own.role == Role::secondary));
        }
        // Two parts share at most half of the shorter one.
        for (std::size_t i = 0; i < result.alignments.size(); ++i)
            for (std::size_t j = 0; j < i; ++j) {
                const Alignment &a = result.alignments[i], &b = result.alignments[j];
                if (a.role == Role::secondary || b.role == Role::secondary) continue;
                REQUIRE(2 * overlap(a.query, b.query) <= std::min(a.query.length(), b.query.length()));
            }
    }
}
