// Pieces against a full dual-affine matrix: whichever method settles a piece, its score must be the best there is.
#include "weft/align/fill_piece.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "support/random_sequences.hpp"
#include "support/small_reference.hpp"
#include "support/textbook_dp.hpp"

using namespace weft;
using weft::test::path_score;
using weft::test::RandomPairs;

namespace {

constexpr std::int64_t anywhere = 1 << 20;

/// The scores of the presets, and others that are still concave: a longer gap costs more, but less per base.
Scoring concave_scoring(RandomPairs& random) {
    if (random.happens(0.5)) return {};
    if (random.happens(0.3))
        return {.match = 1, .mismatch = 4, .ambiguous = 1, .gap_open = 6, .gap_extend = 2, .gap_open2 = 26, .gap_extend2 = 1};
    if (random.happens(0.3))
        return {.match = 2, .mismatch = 6, .ambiguous = 1, .gap_open = 10, .gap_extend = 2, .gap_open2 = 30, .gap_extend2 = 1};
    const auto between = [&](int low, int high) { return static_cast<int>(random.between(low, high)); };
    Scoring scoring{.match = between(1, 5),
                    .mismatch = between(0, 9),
                    .ambiguous = between(0, 3),
                    .gap_open = between(0, 9),
                    .gap_extend = between(1, 4)};
    scoring.gap_open2 = between(scoring.gap_open, 40);
    scoring.gap_extend2 = between(1, scoring.gap_extend);
    return scoring;
}

struct Piece {
    std::vector<Code> query, reference;
};

std::vector<Code> tandem(RandomPairs& random, std::int64_t length) {
    const std::vector<Code> unit = random.sequence(random.between(1, 7), random.happens(0.5) ? 2 : 4);
    std::vector<Code> codes;
    while (std::ssize(codes) < length) codes.insert(codes.end(), unit.begin(), unit.end());
    codes.resize(static_cast<std::size_t>(length));
    return codes;
}

/// Pieces as they lie between blocks: few substitutions, and where the lengths differ mostly one gap; often in a tandem repeat,
/// where a gap has many places.
Piece likely_piece(RandomPairs& random, std::int64_t longest) {
    Piece piece;
    const std::int64_t length = random.between(1, longest);
    piece.reference = random.happens(0.3) ? tandem(random, length) : random.sequence(length, random.happens(0.2) ? 2 : 4);
    piece.query = piece.reference;
    for (std::int64_t gaps = random.happens(0.5) ? 0 : random.happens(0.8) ? 1 : 2; gaps > 0; --gaps) {
        const auto at = static_cast<std::ptrdiff_t>(random.between(0, std::ssize(piece.query)));
        const auto bases = static_cast<std::ptrdiff_t>(random.between(1, random.happens(0.2) ? 30 : 4));
        if (random.happens(0.5)) {
            const std::vector<Code> inserted = random.happens(0.3) ? tandem(random, bases) : random.sequence(bases);
            piece.query.insert(piece.query.begin() + at, inserted.begin(), inserted.end());
        } else {
            piece.query.erase(piece.query.begin() + at, piece.query.begin() + std::min(at + bases, std::ssize(piece.query)));
        }
    }
    for (std::int64_t changes = random.between(0, 4); changes > 0 && !piece.query.empty(); --changes)
        piece.query[static_cast<std::size_t>(random.between(0, std::ssize(piece.query) - 1))] =
            static_cast<Code>(random.between(0, random.happens(0.1) ? 4 : 3));
    if (random.happens(0.1) && !piece.reference.empty())
        piece.reference[static_cast<std::size_t>(random.between(0, std::ssize(piece.reference) - 1))] = ambiguous_code;
    return piece;
}

Piece unlikely_piece(RandomPairs& random, std::int64_t longest) {
    const int letters = random.happens(0.5) ? 4 : 2;
    return {random.sequence(random.between(0, longest), letters), random.sequence(random.between(0, longest), letters)};
}

/// Fills and checks a piece; returns what it found.
Cigar fill(const Piece& piece, const AlignOptions& options, FillScratch& scratch) {
    const Scoring& s = options.scoring;
    INFO(test::letters_of(piece.query) << " to " << test::letters_of(piece.reference) << " scores " << s.match << ' '
                                       << s.mismatch << ' ' << s.ambiguous << ' ' << s.gap_open << ' ' << s.gap_extend << ' '
                                       << s.gap_open2 << ' ' << s.gap_extend2);
    Cigar cigar;
    REQUIRE(fill_piece(piece.query, piece.reference, options, scratch, cigar));
    INFO(to_string(cigar));
    REQUIRE(query_length(cigar) == std::ssize(piece.query));
    REQUIRE(reference_length(cigar) == std::ssize(piece.reference));
    std::size_t q = 0, r = 0;
    for (const CigarElement& element : cigar)
        for (std::uint32_t i = 0; i < element.length; ++i) {
            if (consumes_query(element.op) && consumes_reference(element.op))
                REQUIRE((element.op == CigarOp::match) ==
                        (piece.query[q] == piece.reference[r] && piece.query[q] < ambiguous_code));
            q += consumes_query(element.op);
            r += consumes_reference(element.op);
        }
    const std::int64_t best = test::textbook_scores(piece.query, piece.reference, s, -anywhere, anywhere).global;
    REQUIRE(path_score(piece.query, piece.reference, s, with_merged_matches(cigar)) == best);
    return cigar;
}

}   // namespace

TEST_CASE("the alignment of a piece is as good as any", "[align]") {
    RandomPairs random(1);
    FillScratch scratch;
    AlignOptions options;
    int ungapped = 0, one_gap = 0, more = 0;
    for (int round = 0; round < 12'000; ++round) {
        options.scoring = concave_scoring(random);
        const Cigar cigar = fill(random.happens(0.8) ? likely_piece(random, 26) : unlikely_piece(random, 20), options, scratch);
        const auto gaps = std::count_if(cigar.begin(), cigar.end(), [](const CigarElement& element) {
            return element.op == CigarOp::insertion || element.op == CigarOp::deletion;
        });
        ++(gaps == 0 ? ungapped : gaps == 1 ? one_gap : more);
    }
    CHECK(ungapped > 2'000);
    CHECK(one_gap > 2'000);
    CHECK(more > 300);
}

TEST_CASE("longer pieces, for which the first band is too narrow, are aligned as well as any", "[align]") {
    RandomPairs random(2);
    FillScratch scratch;
    AlignOptions options;
    for (int round = 0; round < 60; ++round) {
        options.scoring = concave_scoring(random);
        fill(random.happens(0.7) ? likely_piece(random, 110) : unlikely_piece(random, 80), options, scratch);
    }
    // Blocks swapped around: the best path leaves the main diagonal by 30 and comes back.
    for (int round = 0; round < 10; ++round) {
        const std::vector<Code> lost = random.sequence(30), kept = random.sequence(60), gained = random.sequence(30);
        Piece piece{lost, kept};
        piece.query.insert(piece.query.end(), kept.begin(), kept.end());
        piece.reference.insert(piece.reference.end(), gained.begin(), gained.end());
        options.scoring = {};
        const Cigar cigar = fill(piece, options, scratch);
        CHECK(std::any_of(cigar.begin(), cigar.end(),
                          [](const CigarElement& element) { return element.op == CigarOp::match && element.length >= 55; }));
    }
}

TEST_CASE("pieces with a known answer", "[align]") {
    struct Row {
        std::string_view query, reference, cigar;
    };
    const Row rows[] = {
        {"", "", "*"},
        {"ACG", "", "3I"},
        {"", "ACGT", "4D"},
        {"A", "A", "1="},
        {"A", "C", "1X"},
        {"N", "N", "1X"},
        {"ACGTACGT", "ACGAACGT", "3=1X4="},
        {"ACGTTTTACG", "ACGTTTACG", "3=1I6="},   // leftmost in the run of T
        {"ACGTTTACG", "ACGTTTTACG", "3=1D6="},
        {"GATTACA", "GATACA", "2=1I4="},
        {"AAAA", "CCCCCCCC", "4D4X"},
    };
    FillScratch scratch;
    for (const Row& row : rows) {
        INFO(row.query << " to " << row.reference);
        Cigar cigar;
        REQUIRE(fill_piece(encode(row.query), encode(row.reference), {}, scratch, cigar));
        CHECK(to_string(cigar) == row.cigar);
    }
    Cigar cigar{{7, CigarOp::match}};
    REQUIRE(fill_piece(encode("AC"), encode("AC"), {}, scratch, cigar));
    CHECK(to_string(cigar) == "9=");   // appended, and merged with what stood there
}

TEST_CASE("a piece beyond the largest matrix is refused and nothing is appended, unless it is simple", "[align]") {
    RandomPairs random(3);
    FillScratch scratch;
    AlignOptions options;
    options.max_cells = 10'000;
    const std::vector<Code> one = random.sequence(300), other = random.sequence(310);
    Cigar cigar{{5, CigarOp::match}};
    CHECK_FALSE(fill_piece(one, other, options, scratch, cigar));
    CHECK(to_string(cigar) == "5=");
    CHECK(fill_piece(one, one, options, scratch, cigar));
    CHECK(to_string(cigar) == "305=");
    std::vector<Code> shorter = one;
    shorter.erase(shorter.begin() + 100, shorter.begin() + 200);
    CHECK(fill_piece(shorter, one, options, scratch, cigar));
    CHECK(reference_length(cigar) == 605);
}

TEST_CASE("columns are told apart as = and X, ambiguous ones as X", "[align]") {
    Cigar cigar;
    append_columns(encode("ACGTNA"), encode("ACCTNR"), cigar);
    CHECK(to_string(cigar) == "2=1X1=2X");
    cigar.clear();
    append_columns({}, {}, cigar);
    CHECK(cigar.empty());

    const Cigar merged{{3, CigarOp::match_or_mismatch},
                       {2, CigarOp::insertion},
                       {1, CigarOp::match_or_mismatch},
                       {1, CigarOp::deletion},
                       {2, CigarOp::match_or_mismatch}};
    append_exact(merged, encode("ACGTTACA"), encode("ATGAGCC"), cigar);
    CHECK(to_string(cigar) == "1=1X1=2I1=1D1=1X");
}
