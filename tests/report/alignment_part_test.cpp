#include "weft/report/alignment_part.hpp"

#include <catch2/catch.hpp>

#include "support/example_alignments.hpp"

using namespace weft;
using namespace weft::test;

namespace {

// A record at 100 of a query of as many bases as its clips and CIGAR say.
AlignmentRecord record_of(const std::string& cigar, std::int64_t clip_before = 0, std::int64_t clip_after = 0,
                          Strand strand = Strand::forward) {
    AlignmentRecord record{
        .name = "q", .aligned = true, .contig = "c", .strand = strand, .mapq = 7, .cigar = cigar_of(cigar), .edit_distance = 5};
    const std::int64_t bases = query_length(record.cigar);
    const std::int64_t begin = strand == Strand::forward ? clip_before : clip_after;
    record.reference = {100, 100 + reference_length(record.cigar)};
    record.query = {begin, begin + bases};
    record.query_length = clip_before + bases + clip_after;
    return record;
}

// "position CIGAR letters NM", or "-".
std::string text_of(const std::optional<SmallBamRecord>& part) {
    if (!part) return "-";
    return std::to_string(part->position) + " " + to_string(part->cigar) + " " + (part->letters.empty() ? "*" : part->letters) +
           (part->edit_distance ? " " + std::to_string(*part->edit_distance) : "");
}

}   // namespace

TEST_CASE("a record is cut to the window, and the rest becomes clips", "[report]") {
    struct Row {
        std::string cigar;
        std::string letters;
        ReferenceInterval window;
        std::string expected;
    };
    const auto row = GENERATE(values<Row>({
        {"8M", "ACGTTGCA", {0, 1'000}, "100 8M ACGTTGCA 5"},
        {"8M", "ACGTTGCA", {100, 108}, "100 8M ACGTTGCA 5"},
        {"8M", "ACGTTGCA", {102, 105}, "102 2H3M3H GTT"},
        {"8M", "ACGTTGCA", {0, 103}, "100 3M5H ACG"},
        {"8M", "ACGTTGCA", {107, 200}, "107 7H1M A"},
        {"8M", "ACGTTGCA", {108, 200}, "-"},
        {"8M", "ACGTTGCA", {0, 100}, "-"},
        {"3M2I3M", "ACGTTGCA", {103, 200}, "103 5H3M GCA"},   // an insertion before the first base within is cut off
        {"3M2I3M", "ACGTTGCA", {0, 103}, "100 3M5H ACG"},     // and one behind the last
        {"3M2I3M", "ACGTTGCA", {102, 104}, "102 2H1M2I1M2H GTTG"},
        {"3M4D3M", "ACGTTG", {104, 200}, "107 3H3M TTG"},   // no alignment begins or ends with a deletion
        {"3M4D3M", "ACGTTG", {0, 105}, "100 3M3H ACG"},
        {"3M4D3M", "ACGTTG", {103, 107}, "-"},
        {"3M4D3M", "ACGTTG", {102, 108}, "102 2H1M4D1M2H GT"},
        {"3M500N3M", "ACGTTG", {101, 605}, "101 1H2M500N2M1H CGTT"},
        {"2=1X2=", "ACGTT", {101, 104}, "101 1H1=1X1=1H CGT"},
        {"4M", "", {101, 200}, "101 1H3M *"},   // letters that are not known stay unknown
        {"4M", "AC", {0, 200}, "100 4M * 5"},
    }));
    CAPTURE(row.cigar, row.window.begin, row.window.end);
    CHECK(text_of(part_in_window(record_of(row.cigar), row.letters, row.window)) == row.expected);
}

TEST_CASE("clips lie on the side where they are along the reference", "[report]") {
    CHECK(text_of(part_in_window(record_of("4M", 2, 7), "ACGT", {101, 200})) == "101 3H3M7H CGT");
    CHECK(text_of(part_in_window(record_of("4M", 2, 7, Strand::reverse), "ACGT", {101, 200})) == "101 3H3M7H CGT");
}

TEST_CASE("a record without CIGAR is one stretch without letters", "[report]") {
    AlignmentRecord record = record_of("50M");
    record.cigar.clear();
    record.strand = Strand::reverse;
    const auto part = part_in_window(record, std::string(50, 'A'), {110, 120});
    CHECK(text_of(part) == "110 10H10M30H *");
    CHECK(part->strand == Strand::reverse);
    CHECK(part->mapq == 7);
}
