#include "weft/record/cs_reader.hpp"

#include <catch2/catch.hpp>

#include "weft/model/error.hpp"

using namespace weft;

TEST_CASE("cs in both forms gives the CIGAR and the query", "[record]") {
    struct Row {
        const char* cs;
        const char* reference;
        const char* cigar;
        const char* query;
    };
    const Row rows[] = {
        {":8", "ACGTACGT", "8=", "ACGTACGT"},
        {"=ACGTACGT", "ACGTACGT", "8=", "ACGTACGT"},
        {":3*ta:4", "ACGTACGT", "3=1X4=", "ACGAACGT"},
        {"=ACG*ta=ACGT", "ACGTACGT", "3=1X4=", "ACGAACGT"},
        {":2+ttg:6", "ACGTACGT", "2=3I6=", "ACTTGGTACGT"},
        {":2-gt:4", "ACGTACGT", "2=2D4=", "ACACGT"},
        {":2*gc*tg:4", "ACGTACGT", "2=2X4=", "ACCGACGT"},
        {":2~gt4ac:2", "ACGTACGT", "2=4N2=", "ACGT"},
        {"", "", "*", ""},
    };
    for (const Row& row : rows) {
        INFO(row.cs);
        CHECK(to_string(cigar_of_cs(row.cs, "x")) == row.cigar);
        CHECK(query_of_cs(row.cs, row.reference, "x") == row.query);
    }
}

TEST_CASE("cs lists its mismatches in upper case", "[record]") {
    std::string text;
    for_each_mismatch_of_cs(":2*ga+tt:3*NC-ac=ACG*tg", "x", [&](char reference, char query) { text += {reference, query, ' '}; });
    CHECK(text == "GA NC TG ");
}

TEST_CASE("text that is not cs is refused", "[record]") {
    struct Row {
        const char* cs;
        const char* message;
    };
    const Row rows[] = {
        {"8", "a.paf:2: tag cs: '8' is no operation of cs"},
        {":", "a.paf:2: tag cs: a length is missing or out of range"},
        {":0", "a.paf:2: tag cs: a length is missing or out of range"},
        {":5000000000", "a.paf:2: tag cs: a length is missing or out of range"},
        {"*a", "a.paf:2: tag cs: '*' needs two letters"},
        {"*a:", "a.paf:2: tag cs: '*' needs two letters"},
        {":3+", "a.paf:2: tag cs: an operation without letters"},
        {":3~g5", "a.paf:2: tag cs: '~' needs the letters of a splice site"},
        {":3?", "a.paf:2: tag cs: '?' is no operation of cs"},
    };
    for (const Row& row : rows) CHECK_THROWS_MATCHES(cigar_of_cs(row.cs, "a.paf:2"), FormatError, Catch::Message(row.message));
    CHECK_THROWS_MATCHES(query_of_cs(":9", "ACGTACGT", "a.paf:2"), FormatError,
                         Catch::Message("a.paf:2: tag cs: covers more than the 8 reference bases of its alignment"));
    CHECK_THROWS_MATCHES(query_of_cs(":7", "ACGTACGT", "a.paf:2"), FormatError,
                         Catch::Message("a.paf:2: tag cs: covers 7 of the 8 reference bases of its alignment"));
}
