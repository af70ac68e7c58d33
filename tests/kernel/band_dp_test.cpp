#include "weft/kernel/band_dp.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "weft/model/error.hpp"

using namespace weft;

namespace {

struct GlobalCase {
    std::string query, reference;
    DiagonalBand band;
    std::int64_t score;
    std::string cigar;
};

}  // namespace

TEST_CASE("global alignments of the table", "[kernel][band_dp]") {
    const DiagonalBand wide{-1000, 1000};
    const std::string a40(40, 'A');
    const GlobalCase cases[] = {
        {"", "", wide, 0, "*"},
        {"ACG", "", wide, -10, "3I"},
        {"", "ACG", wide, -10, "3D"},
        {"ACGT", "ACGT", wide, 8, "4M"},
        {"ACGT", "ACGT", {0, 0}, 8, "4M"},
        {"ACGT", "AGGT", wide, 2, "4M"},
        {"ACNT", "ACGT", wide, 5, "4M"},
        {"NNNN", "NNNN", wide, -4, "4M"},
        {"ACGTACGT", "ACGACGT", wide, 8, "3M1I4M"},
        {"ACGACGT", "ACGTACGT", wide, 8, "3M1D4M"},
        {"ACGTACGT" + a40 + "GGTCGGTC", "ACGTACGTGGTCGGTC", wide, 32 - 64, "8M40I8M"},   // the second piece
        {"ACGTACGTGGTCGGTC", "ACGTACGT" + a40 + "GGTCGGTC", wide, 32 - 64, "8M40D8M"},
        {"AAACCC", "CCCAAA", {0, 0}, -24, "6M"},
    };
    BandScratch scratch;
    GlobalAlignment result;
    for (const GlobalCase& c : cases) {
        INFO(c.query << " to " << c.reference);
        align_global(encode(c.query), encode(c.reference), Scoring{}, c.band, scratch, result);
        CHECK(result.score == c.score);
        CHECK(to_string(result.cigar) == c.cigar);
    }
}

TEST_CASE("ties: the diagonal before gaps, deletions before insertions, all seen from the end", "[kernel][band_dp]") {
    BandScratch scratch;
    GlobalAlignment result;
    const DiagonalBand wide{-10, 10};
    align_global(encode("AA"), encode("A"), Scoring{}, wide, scratch, result);
    CHECK(to_string(result.cigar) == "1I1M");
    align_global(encode("A"), encode("AA"), Scoring{}, wide, scratch, result);
    CHECK(to_string(result.cigar) == "1D1M");
    const Scoring free_pairs{.match = 2, .mismatch = 8, .gap_open = 2, .gap_extend = 2};   // a mismatch costs one gap of each kind
    align_global(encode("A"), encode("C"), free_pairs, wide, scratch, result);
    CHECK(to_string(result.cigar) == "1M");
    const Scoring dear_mismatch{.match = 2, .mismatch = 9, .gap_open = 2, .gap_extend = 2};
    align_global(encode("A"), encode("C"), dear_mismatch, wide, scratch, result);
    CHECK(to_string(result.cigar) == "1I1D");
}

TEST_CASE("an extension ends where it scores best, or at the query's end when the bonus covers the loss", "[kernel][band_dp]") {
    BandScratch scratch;
    Extension result;
    ExtensionOptions options{.end_bonus = 0, .drop = -1, .band = {-100, 100}};
    const auto query = encode("ACGTACGTAA"), reference = encode("ACGTACGTCCGG");
    align_extension(query, reference, Scoring{}, options, scratch, result);
    CHECK(result.score == 16);
    CHECK(result.query_end == 8);
    CHECK(result.reference_end == 8);
    CHECK_FALSE(result.reaches_query_end);
    CHECK(result.best_score == 16);
    CHECK(result.end_seen);
    CHECK(result.end_score == 8);
    CHECK(to_string(result.cigar) == "8M");

    options.end_bonus = 8;
    align_extension(query, reference, Scoring{}, options, scratch, result);
    CHECK(result.score == 8);
    CHECK(result.query_end == 10);
    CHECK(result.reference_end == 8);   // ties with 10M: two mismatches cost as much as a gap of two, and the shorter reference end wins
    CHECK(result.reaches_query_end);
    CHECK(to_string(result.cigar) == "8M2I");
}

TEST_CASE("extensions of empty and unalike sequences", "[kernel][band_dp]") {
    BandScratch scratch;
    Extension result;
    const ExtensionOptions options{.end_bonus = 5, .drop = 400, .band = {-2, 2}};
    align_extension({}, encode("ACGT"), Scoring{}, options, scratch, result);
    CHECK(result.reaches_query_end);
    CHECK(result.score == 0);
    CHECK(result.cigar.empty());
    align_extension(encode("ACGT"), {}, Scoring{}, options, scratch, result);
    CHECK_FALSE(result.end_seen);   // the band ends at two insertions
    CHECK(result.query_end == 0);
    align_extension(encode("AAAA"), encode("CCCC"), Scoring{}, options, scratch, result);
    CHECK(result.end_seen);
    CHECK_FALSE(result.reaches_query_end);
    CHECK(result.score == 0);
    CHECK(result.end_score == -16);
}

TEST_CASE("an extension stops behind a drop", "[kernel][band_dp]") {
    BandScratch scratch;
    Extension result;
    const auto query = encode(std::string(50, 'A') + std::string(100, 'C') + std::string(500, 'A'));
    const auto reference = encode(std::string(50, 'A') + std::string(100, 'G') + std::string(500, 'A'));
    align_extension(query, reference, Scoring{}, {.end_bonus = 0, .drop = -1, .band = {-10, 10}}, scratch, result);
    CHECK(result.score == 2 * 550 - 400);
    CHECK(result.reaches_query_end);
    align_extension(query, reference, Scoring{}, {.end_bonus = 10'000, .drop = 100, .band = {-10, 10}}, scratch, result);
    CHECK(result.score == 100);
    CHECK_FALSE(result.end_seen);
    CHECK(to_string(result.cigar) == "50M");
}

TEST_CASE("impossible problems are refused", "[kernel][band_dp]") {
    BandScratch scratch;
    GlobalAlignment result;
    const auto query = encode("ACGT"), reference = encode("ACGTAC");
    CHECK_THROWS_AS(align_global(query, reference, Scoring{}, {0, 1}, scratch, result), UsageError);
    CHECK_THROWS_AS(align_global(query, reference, Scoring{}, {1, 5}, scratch, result), UsageError);
    CHECK_THROWS_AS(align_global(query, reference, Scoring{.mismatch = -1}, {0, 5}, scratch, result), UsageError);
    CHECK_THROWS_AS(align_global(query, reference, Scoring{.mismatch = 1 << 29}, {0, 5}, scratch, result), UsageError);
}
