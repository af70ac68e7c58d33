#include "weft/record/cs_tag.hpp"

#include <catch2/catch.hpp>

#include "support/example_alignments.hpp"

using namespace weft;
using namespace weft::test;

TEST_CASE("cs tells differences in both sequences", "[record]") {
    const ExampleReference reference{{{"c", "ACGTACGTRCGTACGT"}}};
    struct Row {
        const char* cigar;
        std::int64_t begin;
        const char* query;
        const char* brief;
        const char* full;
    };
    const Row rows[] = {
        {"4=", 4, "ACGT", ":4", "=ACGT"},
        {"1=1X2=", 0, "ATGT", ":1*ct:2", "=A*ct=GT"},
        {"1=2X1=", 0, "ATCT", ":1*ct*gc:1", "=A*ct*gc=T"},   // the reference letter comes first
        {"2=3I2=", 0, "ACTTTGT", ":2+ttt:2", "=AC+ttt=GT"},
        {"2=3D2=", 0, "ACCG", ":2-gta:2", "=AC-gta=CG"},
        {"2=1I1D1=", 0, "ACNT", ":2+n-g:1", "=AC+n-g=T"},
        {"2=6N2=", 2, "GTGT", ":2~ac6rc:2", "=GT~ac6rc=GT"},   // the ends of the intron
        {"1=1X1=", 7, "TAC", ":1*ra:1", "=T*ra=C"},
        {"3=", 7, "TRC", ":3", "=TRC"},
    };
    const ReferenceLetters letters = reference.letters();
    for (const Row& row : rows) {
        const Cigar cigar = cigar_of(row.cigar);
        ReferenceWindow window(letters, ContigId{0}, {row.begin, row.begin + reference_length(cigar)});
        std::string brief, full;
        append_cs(CsTag::brief, cigar, row.begin, window, row.query, brief);
        append_cs(CsTag::full, cigar, row.begin, window, row.query, full);
        CHECK(brief == row.brief);
        CHECK(full == row.full);
    }
}
