// Banded alignment against libraries that others wrote: WFA2 (dual-affine gaps) and edlib (edit distance).
#include <edlib.h>

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "support/random_sequences.hpp"
#include "support/textbook_dp.hpp"
#include "support/wfa2.hpp"
#include "weft/kernel/band_dp.hpp"

using namespace weft;
using weft::test::RandomPairs;

namespace {

std::string letters(const std::vector<Code>& codes) {
    std::string text;
    for (const Code code : codes) text += letter_of_code(code);
    return text;
}

/// Score of the global alignment by WFA2, turned back from its penalty.
std::int64_t score_by_wfa(const std::vector<Code>& query, const std::vector<Code>& reference, const Scoring& scoring) {
    const test::WavefrontAligner aligner = test::wavefront_aligner(scoring, compute_score);
    const std::string pattern = letters(query), text = letters(reference);
    REQUIRE(wavefront_align(aligner.get(), pattern.data(), static_cast<int>(pattern.size()), text.data(), static_cast<int>(text.size())) ==
            WF_STATUS_SUCCESSFUL);
    const std::int64_t doubled = scoring.match * static_cast<std::int64_t>(query.size() + reference.size()) + aligner->cigar->score;
    REQUIRE(doubled % 2 == 0);
    return doubled / 2;
}

constexpr DiagonalBand whole{-100'000, 100'000};

}  // namespace

TEST_CASE("global scores equal those of WFA2 with two gap pieces", "[kernel][band_dp]") {
    RandomPairs random(11);
    BandScratch scratch;
    GlobalAlignment result;
    const Scoring scorings[] = {{}, {1, 4, 1, 6, 2, 26, 1}, {1, 9, 1, 16, 2, 41, 1}, {1, 19, 1, 39, 3, 81, 1}, {3, 2, 1, 5, 4, 30, 2}};
    for (int round = 0; round < 150; ++round) {
        const std::vector<Code> reference = random.sequence(random.between(1, 300));
        const std::vector<Code> query = random.evolved(reference, 0.01 * static_cast<double>(random.between(0, 25)));
        if (query.empty()) continue;
        const Scoring& scoring = scorings[round % std::size(scorings)];
        align_global(query, reference, scoring, whole, scratch, result);
        INFO(letters(query) << " to " << letters(reference));
        REQUIRE(result.score == score_by_wfa(query, reference, scoring));
        REQUIRE(test::path_score(query, reference, scoring, result.cigar) == result.score);
    }
}

TEST_CASE("with free matches and unit costs the score is the negative edit distance", "[kernel][band_dp]") {
    RandomPairs random(12);
    BandScratch scratch;
    GlobalAlignment result;
    const Scoring unit{0, 1, 1, 0, 1, 0, 1};
    for (int round = 0; round < 150; ++round) {
        const std::vector<Code> reference = random.sequence(random.between(1, 400));
        const std::vector<Code> query = random.happens(0.2) ? random.sequence(random.between(1, 400)) : random.evolved(reference, 0.2);
        if (query.empty()) continue;
        align_global(query, reference, unit, whole, scratch, result);
        const std::string pattern = letters(query), text = letters(reference);
        const EdlibAlignResult judged = edlibAlign(pattern.data(), static_cast<int>(pattern.size()), text.data(), static_cast<int>(text.size()),
                                                   edlibDefaultAlignConfig());
        INFO(pattern << " to " << text);
        REQUIRE(judged.status == EDLIB_STATUS_OK);
        REQUIRE(result.score == -judged.editDistance);
        edlibFreeAlignResult(judged);
    }
}
