#include "weft/report/substitutions.hpp"

#include <catch2/catch.hpp>

#include "support/records.hpp"
#include "support/temporary_folder.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using namespace weft::test;

namespace {

// "A>C2 ..." of what is not zero.
std::string text_of(const SubstitutionMatrix& matrix) {
    std::string text;
    for (int from = 0; from < 4; ++from)
        for (int to = 0; to < 4; ++to)
            if (const auto count = matrix.count(from, to); count != 0)
                text += std::string(1, "ACGT"[from]) + ">" + "ACGT"[to] + std::to_string(count) + " ";
    return text;
}

struct Counted {
    bool known;
    std::string text;
};

Counted counted(const AlignmentRecord& record, const ReferenceText* reference = nullptr) {
    SubstitutionMatrix matrix;
    const bool known = count_substitutions(record, reference, matrix);
    return {known, text_of(matrix)};
}

}  // namespace

TEST_CASE("cs, MD and the reference give the same substitutions", "[report]") {
    const TemporaryFolder folder;
    const ReferenceText reference = ReferenceText::open(folder.file("ref.fa", ">c1\nccGATTACAGGATTACA\n"));
    // Reference:  G A T T - A C A G G A T T
    // Query:      G C T T G A C T - - A T C
    AlignmentRecord record = record_of({.begin = 2, .cigar = "4M1I3M2D3M", .query_length = 11});
    const char* const expected = "A>C1 A>T1 T>C1 ";
    record.sequence = "GCTTGACTATC";
    CHECK(counted(record, &reference).text == expected);
    CHECK_FALSE(counted(record).known);
    record.reference_letters = "1A4A0^GG2T0";
    CHECK(counted(record).text == expected);
    record.sequence.clear();
    record.reference_letters.clear();
    record.difference = ":1*ac:2+g:2*at-gg:2*tc";
    CHECK(counted(record).text == expected);
    CHECK(counted(record).known);
}

TEST_CASE("on the reverse strand letters are counted as they lie on the forward reference; ambiguous ones are left out", "[report]") {
    const TemporaryFolder folder;
    const ReferenceText reference = ReferenceText::open(folder.file("ref.fa", ">c1\nGATTACAN\n"));
    AlignmentRecord record = record_of({.strand = Strand::reverse, .cigar = "8M", .query_length = 10});
    record.query = {1, 9};
    record.sequence = "TAAGTNATGT";   // reverse complement of bases 1 to 8: CATNACTT
    CHECK(counted(record, &reference).text == "A>T1 G>C1 ");
    record.reference_letters = "0G2T2A0N0";
    CHECK(counted(record).text == "A>T1 G>C1 ");
}

TEST_CASE("without letters nothing is counted", "[report]") {
    AlignmentRecord record = record_of({.cigar = "4M", .query_length = 8});
    CHECK_FALSE(counted(record).known);
    record.reference_letters = "4";
    CHECK_FALSE(counted(record).known);
    record.sequence = "ACGT";
    CHECK(counted(record).known);
    record.sequence = "ACG";   // the record holds a part of the query only
    CHECK_FALSE(counted(record).known);
}

TEST_CASE("a tag or a reference that does not fit the alignment is an error", "[report]") {
    const TemporaryFolder folder;
    const ReferenceText reference = ReferenceText::open(folder.file("ref.fa", ">c2\nGATTACAN\n"));
    AlignmentRecord record = record_of({.cigar = "4M", .query_length = 4});
    record.sequence = "ACGT";
    CHECK_THROWS_AS(counted(record, &reference), FormatError);
    record.reference_letters = "5";
    CHECK_THROWS_WITH(counted(record), "alignment of 'q': tag MD: it is longer than the alignment");
}
