// Banded alignment on random problems: the definition against a textbook, every SIMD target against the definition.
#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "support/random_sequences.hpp"
#include "support/textbook_dp.hpp"
#include "weft/kernel/band_dp.hpp"

using namespace weft;
using weft::test::path_score;
using weft::test::RandomPairs;

namespace {

struct Problem {
    std::vector<Code> query, reference;
    Scoring scoring{};
    DiagonalBand band{};
};

std::string letters(const std::vector<Code>& codes) {
    std::string text;
    for (const Code code : codes) text += letter_of_code(std::min(code, ambiguous_code));   // larger ones occur here, and mean the same
    return text;
}

/// What is needed to write the problem down as a fixed case.
std::string description(const Problem& p) {
    std::ostringstream text;
    text << letters(p.query) << " to " << letters(p.reference) << " band " << p.band.low << ".." << p.band.high << " scores "
         << p.scoring.match << ' ' << p.scoring.mismatch << ' ' << p.scoring.ambiguous << ' ' << p.scoring.gap_open << ' '
         << p.scoring.gap_extend << ' ' << p.scoring.gap_open2 << ' ' << p.scoring.gap_extend2;
    return text.str();
}

Problem random_problem(RandomPairs& random, std::int64_t longest) {
    Problem p;
    const int letters = random.happens(0.2) ? static_cast<int>(random.between(1, 2)) : 4;
    p.reference = random.sequence(random.between(0, longest), letters);
    if (random.happens(0.75)) {
        p.query = random.evolved(p.reference, 0.01 * static_cast<double>(random.between(0, 30)));
        p.query.resize(p.query.size() - static_cast<std::size_t>(random.between(0, random.happens(0.2) ? static_cast<std::int64_t>(p.query.size()) : 0)));
    } else {
        p.query = random.sequence(random.between(0, longest), letters);
    }
    if (random.happens(0.2))
        for (std::vector<Code>* codes : {&p.query, &p.reference})
            for (Code& code : *codes)
                if (random.happens(0.1)) code = static_cast<Code>(random.between(4, 15));
    p.scoring = random.scoring();
    const auto end = static_cast<std::int64_t>(p.reference.size()) - static_cast<std::int64_t>(p.query.size());
    p.band = {std::min<std::int64_t>(0, end), std::max<std::int64_t>(0, end)};
    const std::int64_t slack = random.happens(0.3) ? 2 * longest : random.between(0, 40);
    p.band.low -= random.between(0, slack);
    p.band.high += random.between(0, slack);
    return p;
}

bool same(const Extension& a, const Extension& b) {
    return a.score == b.score && a.query_end == b.query_end && a.reference_end == b.reference_end &&
           a.reaches_query_end == b.reaches_query_end && a.best_score == b.best_score && a.end_score == b.end_score &&
           a.end_seen == b.end_seen && a.cigar == b.cigar;
}

/// Every target must give the definition's alignments. Returns how often an extension was stopped by its drop.
int compare_targets(const Problem& p, RandomPairs& random, BandScratch& scratch) {
    GlobalAlignment expected, found;
    align_global_on(SimdTarget::scalar, p.query, p.reference, p.scoring, p.band, scratch, expected);
    const ExtensionOptions options{random.between(0, 30), random.happens(0.3) ? -1 : random.between(0, 150), p.band};
    Extension expected_extension, found_extension;
    align_extension_on(SimdTarget::scalar, p.query, p.reference, p.scoring, options, scratch, expected_extension);
    for (const SimdTarget target : available_targets()) {
        align_global_on(target, p.query, p.reference, p.scoring, p.band, scratch, found);
        if (found.score != expected.score || found.cigar != expected.cigar) {
            INFO(name_of(target) << ' ' << description(p));
            CHECK(found.score == expected.score);
            CHECK(to_string(found.cigar) == to_string(expected.cigar));
        }
        align_extension_on(target, p.query, p.reference, p.scoring, options, scratch, found_extension);
        if (!same(found_extension, expected_extension)) {
            INFO(name_of(target) << ' ' << description(p) << " drop " << options.drop << " bonus " << options.end_bonus);
            CHECK(found_extension.best_score == expected_extension.best_score);
            CHECK(found_extension.end_seen == expected_extension.end_seen);
            CHECK(found_extension.end_score == expected_extension.end_score);
            CHECK(found_extension.query_end == expected_extension.query_end);
            CHECK(found_extension.reference_end == expected_extension.reference_end);
            CHECK(to_string(found_extension.cigar) == to_string(expected_extension.cigar));
        }
    }
    return !expected_extension.end_seen;
}

}  // namespace

TEST_CASE("banded alignment finds the textbook's scores, and its CIGAR is worth its score", "[kernel][band_dp]") {
    RandomPairs random(1);
    BandScratch scratch;
    GlobalAlignment global;
    Extension extension;
    for (int round = 0; round < 600; ++round) {
        const Problem p = random_problem(random, 45);
        INFO(description(p));
        const auto [whole, best, best_whole] = test::textbook_scores(p.query, p.reference, p.scoring, p.band.low, p.band.high);
        align_global(p.query, p.reference, p.scoring, p.band, scratch, global);
        REQUIRE(global.score == whole);
        REQUIRE(path_score(p.query, p.reference, p.scoring, global.cigar) == whole);
        REQUIRE(query_length(global.cigar) == static_cast<std::int64_t>(p.query.size()));
        REQUIRE(reference_length(global.cigar) == static_cast<std::int64_t>(p.reference.size()));

        const std::int64_t bonus = random.between(0, 20);
        align_extension(p.query, p.reference, p.scoring, {bonus, -1, p.band}, scratch, extension);
        REQUIRE(extension.best_score == best);
        REQUIRE(extension.end_seen);
        REQUIRE(extension.end_score == best_whole);
        REQUIRE(extension.score == (best_whole + bonus >= best ? best_whole : best));
        REQUIRE(path_score(p.query, p.reference, p.scoring, extension.cigar) == extension.score);
        REQUIRE(query_length(extension.cigar) == extension.query_end);
        REQUIRE(reference_length(extension.cigar) == extension.reference_end);
        REQUIRE(extension.reaches_query_end == (extension.query_end == static_cast<std::int64_t>(p.query.size())));
    }
}

TEST_CASE("every target equals the definition on random problems", "[kernel][band_dp]") {
    RandomPairs random(2);
    BandScratch scratch;
    int dropped = 0;
    for (int round = 0; round < 3000; ++round) dropped += compare_targets(random_problem(random, round % 10 ? 80 : 400), random, scratch);
    CHECK(dropped > 50);   // the drop was met
}

TEST_CASE("every target equals the definition around its number of lanes", "[kernel][band_dp]") {
    RandomPairs random(3);
    BandScratch scratch;
    for (const std::int64_t lanes : {8, 16, 32, 64, 128})
        for (const std::int64_t length : {0L, 1L, 2L, lanes - 1, lanes, lanes + 1, 2 * lanes - 1, 2 * lanes, 2 * lanes + 1})
            for (const std::int64_t slack : {0L, 1L, lanes - 2, lanes - 1, lanes, 2 * lanes - 1, 2 * lanes, 2 * lanes + 1}) {
                const std::vector<Code> reference = random.sequence(length);
                const std::vector<Code> query = random.evolved(reference, 0.1);
                compare_targets({query, reference, {}, {-static_cast<std::int64_t>(query.size()) - slack, length + slack}}, random, scratch);
                compare_targets({reference, reference, {}, {-slack, slack / 2}}, random, scratch);
                compare_targets({reference, reference, {}, {-slack / 2, slack}}, random, scratch);
            }
}

TEST_CASE("every target equals the definition on monotonous sequences and extreme scores", "[kernel][band_dp]") {
    RandomPairs random(4);
    BandScratch scratch;
    const Scoring scorings[] = {
        {},
        {1, 19, 1, 39, 3, 81, 1},       // asm5: just fits eight bits
        {2, 100, 1, 26, 1, 26, 1},      // the edges of eight bits
        {101, 26, 27, 24, 1, 100, 1},
        {120, 3, 3, 5, 2, 5, 2},
        {300, 500, 200, 900, 30, 2000, 10},   // sixteen bits
        {20'000, 30'000, 1, 30'000, 1, 40'000, 1},   // none of both
        {0, 0, 0, 0, 0, 0, 0},
        {1, 0, 0, 0, 0, 0, 0},
        {1, 1, 1, 0, 1, 0, 1},
        {2, 4, 0, 0, 2, 40, 0},
    };
    for (const Scoring& scoring : scorings)
        for (const Code query : {Code{0}, Code{3}, ambiguous_code})
            for (const Code reference : {Code{0}, ambiguous_code})
                for (const std::size_t rows : {1, 17, 70, 130})
                    for (const std::size_t columns : {1, 33, 70, 131}) {
                        const auto end = static_cast<std::int64_t>(columns) - static_cast<std::int64_t>(rows);
                        const std::int64_t slack = random.between(0, 50);
                        compare_targets({std::vector<Code>(rows, query), std::vector<Code>(columns, reference), scoring,
                                         {std::min<std::int64_t>(0, end) - slack, std::max<std::int64_t>(0, end) + slack}},
                                        random, scratch);
                    }
    for (const Scoring& scoring : scorings)
        for (int round = 0; round < 60; ++round) {
            Problem p = random_problem(random, 120);
            p.scoring = scoring;
            compare_targets(p, random, scratch);
        }
}

TEST_CASE("every target equals the definition where scores outgrow sixteen bits", "[kernel][band_dp]") {
    RandomPairs random(5);
    BandScratch scratch;
    const std::vector<Code> reference = random.sequence(17'000);
    const std::vector<Code> query = random.evolved(reference, 0.002);
    const auto end = static_cast<std::int64_t>(reference.size()) - static_cast<std::int64_t>(query.size());
    compare_targets({query, reference, {}, {std::min<std::int64_t>(0, end) - 20, std::max<std::int64_t>(0, end) + 20}}, random, scratch);
}
