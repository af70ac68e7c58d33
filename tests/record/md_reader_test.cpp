#include "weft/record/md_reader.hpp"

#include <catch2/catch.hpp>

#include "support/example_alignments.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using namespace weft::test;

namespace {

std::string mismatches(std::string_view md, const char* cigar, std::string_view query) {
    std::string text;
    for_each_mismatch_of_md(md, cigar_of(cigar), query, "here", [&](char reference, char letter) { text += {reference, letter, ' '}; });
    return text;
}

}  // namespace

TEST_CASE("MD gives the reference letter and the query letter of each mismatch", "[record]") {
    struct Row {
        const char* md;
        const char* cigar;
        const char* query;
        const char* expected;
    };
    const Row rows[] = {
        {"4", "4M", "ACGT", ""},
        {"0a2T0", "4M", "CCGa", "AC TA "},
        {"2A0C1", "2M3I3M", "ACttttGT", "AT CG "},
        {"2^AC0G1", "2=2D1X1=", "ACTT", "GT "},
        {"1^A1C0", "1M1D1M100N1M", "AGT", "CT "},
        {"3", "1M1P2M", "ACG", ""},
    };
    for (const Row& row : rows) {
        INFO(row.md);
        CHECK(mismatches(row.md, row.cigar, row.query) == row.expected);
    }
}

TEST_CASE("MD that does not fit its alignment is refused", "[record]") {
    struct Row {
        const char* md;
        const char* message;
    };
    const Row rows[] = {
        {"5", "here: tag MD: it is longer than the alignment"},
        {"4A", "here: tag MD: it is longer than the alignment"},
        {"3", "here: tag MD: it is shorter than the alignment"},
        {"", "here: tag MD: it is shorter than the alignment"},
        {"2^2", "here: tag MD: a deletion without letters"},
        {"2*2", "here: tag MD: '*' is neither a number nor a letter"},
        {"99999999999999999999", "here: tag MD: a number of matches is out of range"},
    };
    for (const Row& row : rows) CHECK_THROWS_MATCHES(mismatches(row.md, "4M", "ACGT"), FormatError, Catch::Message(row.message));
    CHECK_THROWS_WITH(mismatches("3A0", "4M", "ACG"), "here: tag MD: its alignment is longer than its letters");
}
