// Mapping quality: its range, what must not raise it, and what it may never claim.
#include "weft/select/mapq.hpp"

#include <catch2/catch.hpp>

#include "support/random_sequences.hpp"

using namespace weft;
using weft::test::RandomPairs;

namespace {

/// A feature of `bases` that fits but for some substitutions.
Alignment fitting(std::int64_t bases, std::int64_t substitutions = 0) {
    Alignment alignment;
    alignment.matches = bases - substitutions;
    alignment.mismatches = substitutions;
    alignment.score = alignment.placement_score = alignment.best_segment_score =
        static_cast<std::int32_t>(2 * alignment.matches - 4 * substitutions);
    alignment.chain_score = static_cast<std::int32_t>(alignment.matches);
    alignment.minimizers = static_cast<std::int32_t>(bases / 6);
    return alignment;
}

int quality(const Alignment& alignment, const Competition& competition = {}) {
    return mapping_quality(alignment, competition, {});
}

}   // namespace

TEST_CASE("what is certain and what is not", "[select]") {
    const Alignment gene = fitting(1'500, 10);
    CHECK(quality(gene) == 60);
    CHECK(quality(fitting(200, 1)) == 60);

    Alignment tied = gene;
    tied.ties = 1;
    CHECK(quality(tied, {.second_score = gene.score, .second_chain_score = gene.chain_score, .near_ties = 1}) <= 3);
    CHECK(quality(gene, {.second_score = gene.score - 6, .second_chain_score = gene.chain_score, .near_ties = 1}) < 30);
    CHECK(quality(gene, {.second_score = gene.score / 3, .second_chain_score = gene.chain_score / 3}) >= 50);

    Alignment lonely = fitting(60);
    lonely.minimizers = 1;
    lonely.chain_score = 20;
    CHECK(quality(lonely) < 20);
    CHECK(quality(gene, {.unique_share = 0.1}) < 40);
}

TEST_CASE("quality stays in its range and strict winners get at least 1", "[select]") {
    RandomPairs random(1);
    for (int round = 0; round < 5'000; ++round) {
        Alignment alignment = fitting(random.between(1, 3'000), 0);
        alignment.mismatches = random.between(0, 300);
        alignment.chain_score = static_cast<std::int32_t>(random.between(0, 3'000));
        alignment.minimizers = static_cast<std::int32_t>(random.between(0, 300));
        alignment.ties = 0;
        const Competition competition{static_cast<std::int32_t>(random.between(0, alignment.score - 1)),
                                      static_cast<std::int32_t>(random.between(0, 4'000)),
                                      static_cast<std::int32_t>(random.between(0, 20)),
                                      0.01 * static_cast<double>(random.between(0, 100))};
        const int found = quality(alignment, competition);
        REQUIRE(found >= 1);
        REQUIRE(found <= 60);
    }
    CHECK(quality(Alignment{}) <= 1);   // all zero is defined, too
}

TEST_CASE("stronger rivals, more rivals and fewer seeds never raise the quality", "[select]") {
    RandomPairs random(2);
    for (int round = 0; round < 5'000; ++round) {
        const Alignment alignment = fitting(random.between(20, 3'000), random.between(0, 5));
        const Competition weak{static_cast<std::int32_t>(random.between(1, std::max(1, alignment.score - 20))),
                               static_cast<std::int32_t>(random.between(1, std::max(1, alignment.chain_score - 10))),
                               static_cast<std::int32_t>(random.between(0, 3)),
                               0.01 * static_cast<double>(random.between(0, 100))};
        INFO("second " << weak.second_score << " chain " << weak.second_chain_score << " near " << weak.near_ties << " of "
                       << alignment.score);
        const int expected = quality(alignment, weak);
        Competition stronger = weak;
        stronger.second_score += static_cast<std::int32_t>(random.between(0, 20));
        REQUIRE(quality(alignment, stronger) <= expected);
        stronger = weak;
        stronger.second_chain_score += static_cast<std::int32_t>(random.between(0, 10));
        REQUIRE(quality(alignment, stronger) <= expected);
        stronger = weak;
        ++stronger.near_ties;
        REQUIRE(quality(alignment, stronger) <= expected);
        stronger = weak;
        stronger.unique_share *= 0.5;
        REQUIRE(quality(alignment, stronger) <= expected);
        Alignment fewer = alignment;
        fewer.minimizers /= 2;
        REQUIRE(quality(fewer, weak) <= expected);
    }
}
