#include "weft/report/feature_row.hpp"

#include <catch2/catch.hpp>

#include "support/print_intervals.hpp"
#include "support/records.hpp"

using namespace weft;
using namespace weft::test;

namespace {

using Records = std::vector<AlignmentRecord>;

constexpr Role supplementary = Role::supplementary;
constexpr Role secondary = Role::secondary;
constexpr Strand reverse = Strand::reverse;

}  // namespace

TEST_CASE("of the classes that fit, the first of the order counts", "[report]") {
    struct Row {
        const char* what;
        Records records;
        FeatureClass expected;
    };
    const Row rows[] = {
        {"all bases", {record_of({})}, FeatureClass::complete},
        {"95 of 100 bases", {record_of({.cigar = "95="})}, FeatureClass::complete},
        {"94 of 100 bases", {record_of({.begin = 500, .cigar = "94="})}, FeatureClass::partial},
        {"90 % identity", {record_of({.cigar = "90=10X"})}, FeatureClass::complete},
        {"89 % identity", {record_of({.cigar = "89=11X"})}, FeatureClass::low_identity},
        {"gaps count in the identity", {record_of({.cigar = "100=12D", .score = 50})}, FeatureClass::low_identity},
        {"incomplete comes before low identity", {record_of({.begin = 500, .cigar = "60=30X"})}, FeatureClass::partial},
        {"two parts",
         {record_of({.cigar = "50="}), record_of({.role = supplementary, .begin = 900, .query_begin = 50, .cigar = "50="})},
         FeatureClass::split},
        {"split comes before partial",
         {record_of({.begin = 500, .cigar = "30="}), record_of({.role = supplementary, .begin = 900, .query_begin = 70, .cigar = "30="})},
         FeatureClass::split},
        {"an equal place",
         {record_of({.score = 100}), record_of({.role = secondary, .begin = 900, .score = 98})}, FeatureClass::duplicate},
        {"a lesser place",
         {record_of({.score = 100}), record_of({.role = secondary, .begin = 900, .score = 97})}, FeatureClass::complete},
        {"an equal place by matches",
         {record_of({}), record_of({.role = secondary, .begin = 900, .cigar = "98=2X"})}, FeatureClass::duplicate},
        {"a lesser place by matches",
         {record_of({}), record_of({.role = secondary, .begin = 900, .cigar = "97=3X"})}, FeatureClass::complete},
        {"scores that count differences",
         {record_of({.score = -10}), record_of({.role = secondary, .begin = 900, .score = -10})}, FeatureClass::duplicate},
        {"more differences",
         {record_of({.score = -10}), record_of({.role = secondary, .begin = 900, .score = -11})}, FeatureClass::complete},
        {"low identity comes before duplicate",
         {record_of({.cigar = "80=20X"}), record_of({.role = secondary, .begin = 900, .cigar = "80=20X"})},
         FeatureClass::low_identity},
        {"no alignment", {lost_record("q", 100)}, FeatureClass::unmapped},
        {"no records", {}, FeatureClass::unmapped},
        {"only a secondary alignment", {record_of({.role = secondary})}, FeatureClass::unmapped},
    };
    for (const Row& row : rows) {
        INFO(row.what);
        CHECK(word_of(row_of(row.records).feature_class) == word_of(row.expected));
    }
}

TEST_CASE("a feature is truncated when its missing bases would lie beyond the contig", "[report]") {
    struct Row {
        const char* what;
        Records records;
        FeatureClass expected;
    };
    const Row rows[] = {
        {"its begin, forward", {record_of({.begin = 10, .query_begin = 30, .cigar = "70="})}, FeatureClass::truncated},
        {"a base too far from the end", {record_of({.begin = 11, .query_begin = 30, .cigar = "70="})}, FeatureClass::partial},
        {"its begin lies there, its end is missing", {record_of({.begin = 10, .cigar = "70="})}, FeatureClass::partial},
        {"its end, forward", {record_of({.begin = 9'920, .cigar = "70="})}, FeatureClass::truncated},
        {"its begin, reverse",
         {record_of({.begin = 9'930, .strand = reverse, .query_begin = 30, .cigar = "70="})}, FeatureClass::truncated},
        {"its end, reverse", {record_of({.begin = 0, .strand = reverse, .cigar = "70="})}, FeatureClass::truncated},
        {"its other end, reverse", {record_of({.begin = 0, .strand = reverse, .query_begin = 30, .cigar = "70="})}, FeatureClass::partial},
        {"the bases would have room", {record_of({.begin = 8, .query_begin = 8, .cigar = "70="})}, FeatureClass::partial},
        {"most bases are missing elsewhere", {record_of({.begin = 0, .query_begin = 10, .cigar = "70="})}, FeatureClass::partial},
        {"both ends", {record_of({.begin = 0, .query_begin = 15, .cigar = "70=", .contig_length = 70})}, FeatureClass::truncated},
        {"nearly all bases are there", {record_of({.begin = 0, .query_begin = 4, .cigar = "96="})}, FeatureClass::complete},
        {"the length of the contig is not known", {record_of({.begin = 9'920, .cigar = "70=", .contig_length = 0})}, FeatureClass::partial},
        {"truncated comes before split",
         {record_of({.begin = 500, .query_begin = 60, .cigar = "40="}),
          record_of({.role = supplementary, .contig = "c2", .begin = 0, .query_begin = 30, .cigar = "30="})},
         FeatureClass::truncated},
        {"an inner part at the end of a contig",
         {record_of({.begin = 500, .query_begin = 10, .cigar = "50="}),
          record_of({.role = supplementary, .contig = "c2", .begin = 0, .query_begin = 70, .cigar = "20="})},
         FeatureClass::split},
    };
    for (const Row& row : rows) {
        INFO(row.what);
        CHECK(word_of(row_of(row.records).feature_class) == word_of(row.expected));
    }
}

TEST_CASE("thresholds move the classes", "[report]") {
    const Records incomplete{record_of({.begin = 50, .query_begin = 20, .cigar = "72=8X"})};
    CHECK(row_of(incomplete).feature_class == FeatureClass::partial);
    CHECK(row_of(incomplete, {.complete_coverage = 0.8}).feature_class == FeatureClass::complete);
    CHECK(row_of(incomplete, {.complete_coverage = 0.8, .identity = 0.91}).feature_class == FeatureClass::low_identity);
    CHECK(row_of({{record_of({.begin = 15, .query_begin = 20, .cigar = "80="})}}, {.contig_end = 15}).feature_class ==
          FeatureClass::truncated);
    const Records copies{record_of({.score = 100}), record_of({.role = secondary, .score = 90})};
    CHECK(row_of(copies, {.equal_score = 0.9}).feature_class == FeatureClass::duplicate);
}

TEST_CASE("a row sums primary and supplementary alignments and takes the place of the primary, in any order", "[report]") {
    Records records{
        record_of({.begin = 1'000, .query_begin = 10, .cigar = "30=2X3I5=", .mapq = 37, .score = 71}),
        record_of({.role = supplementary,
                   .contig = "c2",
                   .begin = 70,
                   .strand = reverse,
                   .query_begin = 40,
                   .cigar = "20=6D20=",
                   .mapq = 9,
                   .score = 33}),
        record_of({.role = secondary, .begin = 5'000, .score = 70}),
        record_of({.role = secondary, .begin = 6'000, .score = 20}),
    };
    for (int order = 0; order < 2; ++order, std::reverse(records.begin(), records.end())) {
        const FeatureRow row = row_of(records);
        CHECK(row.name == "q");
        CHECK(row.length == 100);
        CHECK(row.feature_class == FeatureClass::split);
        CHECK(row.contig == "c1");
        CHECK(row.reference == ReferenceInterval{1'000, 1'037});
        CHECK(row.strand == Strand::forward);
        CHECK(row.query == QueryInterval{10, 50});
        CHECK(row.mapq == 37);
        CHECK(row.score == 71);
        CHECK(row.matches == 75);
        CHECK(row.mismatches == 2);
        CHECK(row.inserted == 3);
        CHECK(row.deleted == 6);
        CHECK(row.gap_opens == 2);
        CHECK(row.longest_gap == 6);
        CHECK(row.aligned_bases == 70);   // 10 to 80: ten bases are in both parts
        CHECK(row.span == QueryInterval{10, 80});
        CHECK(row.supplementary == 1);
        CHECK(row.secondary == 2);
        CHECK(row.equal_places == 1);
        CHECK(row.reason.empty());
        CHECK(*row.identity() == Approx(75.0 / 86));
        CHECK(*row.coverage() == Approx(0.7));
    }
}

TEST_CASE("what is not known is not made up", "[report]") {
    const FeatureRow lost = row_of({{lost_record("gone", 90, "no seed")}});
    CHECK(lost.name == "gone");
    CHECK(lost.length == 90);
    CHECK(lost.reason == "no seed");
    CHECK(lost.mapq == 255);
    CHECK_FALSE(lost.identity());
    CHECK_FALSE(lost.coverage());
    CHECK(row_of({{lost_record("gone", 90)}}).reason == "no alignment");
    CHECK(row_of({{record_of({.role = secondary})}}).reason == "only secondary alignments in the file");

    const FeatureRow bare = row_of({{record_of({.cigar = "100M", .query_length = 0})}});
    CHECK(bare.feature_class == FeatureClass::complete);
    CHECK_FALSE(bare.identity());
    CHECK_FALSE(bare.coverage());
    CHECK(bare.matches == 0);
    CHECK_FALSE(row_of({{record_of({.cigar = "50="}), record_of({.role = supplementary, .query_begin = 50, .cigar = "50M"})}}).identity());
}

TEST_CASE("without a primary record the first supplementary one stands for it; a second primary is supplementary", "[report]") {
    const FeatureRow part = row_of({{record_of({.role = supplementary, .begin = 70, .cigar = "50="}),
                                     record_of({.role = supplementary, .query_begin = 60, .cigar = "40="})}});
    CHECK(part.reference.begin == 70);
    CHECK(part.supplementary == 1);
    CHECK(part.feature_class == FeatureClass::split);
    const FeatureRow twice = row_of({{record_of({.begin = 70, .cigar = "50="}), record_of({.query_begin = 60, .cigar = "40="})}});
    CHECK(twice.reference.begin == 70);
    CHECK(twice.supplementary == 1);
}
