// Banded alignment against SeqAn3, which knows one gap piece: global scores with affine gaps.
#include <catch2/catch.hpp>
#include <seqan3/alignment/configuration/align_config_gap_cost_affine.hpp>
#include <seqan3/alignment/configuration/align_config_method.hpp>
#include <seqan3/alignment/configuration/align_config_output.hpp>
#include <seqan3/alignment/configuration/align_config_scoring_scheme.hpp>
#include <seqan3/alignment/pairwise/align_pairwise.hpp>
#include <seqan3/alphabet/nucleotide/dna4.hpp>
#include <seqan3/alignment/scoring/nucleotide_scoring_scheme.hpp>
#include <vector>

#include "support/random_sequences.hpp"
#include "weft/kernel/band_dp.hpp"

using namespace weft;
using weft::test::RandomPairs;

namespace {

std::vector<seqan3::dna4> to_dna4(const std::vector<Code>& codes) {
    std::vector<seqan3::dna4> sequence;
    for (const Code code : codes) sequence.push_back(seqan3::dna4{}.assign_rank(code));
    return sequence;
}

}  // namespace

TEST_CASE("global scores equal those of SeqAn3 with one gap piece", "[kernel][band_dp]") {
    RandomPairs random(21);
    BandScratch scratch;
    GlobalAlignment result;
    for (const Scoring& scoring : {Scoring{2, 4, 1, 4, 2, 4, 2}, Scoring{1, 3, 1, 0, 2, 0, 2}, Scoring{5, 4, 1, 10, 1, 10, 1}})
        for (int round = 0; round < 60; ++round) {
            const std::vector<Code> reference = random.sequence(random.between(1, 150));
            const std::vector<Code> query = random.evolved(reference, 0.15);
            if (query.empty()) continue;
            const auto configuration =
                seqan3::align_cfg::method_global{} |
                seqan3::align_cfg::scoring_scheme{seqan3::nucleotide_scoring_scheme{seqan3::match_score{scoring.match},
                                                                                    seqan3::mismatch_score{-scoring.mismatch}}} |
                seqan3::align_cfg::gap_cost_affine{seqan3::align_cfg::open_score{-scoring.gap_open},
                                                   seqan3::align_cfg::extension_score{-scoring.gap_extend}} |
                seqan3::align_cfg::output_score{};
            const auto first = to_dna4(query), second = to_dna4(reference);
            align_global(query, reference, scoring, {-1000, 1000}, scratch, result);
            for (const auto& judged : seqan3::align_pairwise(std::tie(first, second), configuration)) CHECK(result.score == judged.score());
        }
}
