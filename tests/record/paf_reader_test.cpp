#include "weft/record/paf_reader.hpp"

#include <catch2/catch.hpp>

#include "weft/model/error.hpp"

using namespace weft;

namespace {

AlignmentRecord parsed(std::string_view text) {
    AlignmentRecord record;
    parse_paf_line(text, "a.paf:4", true, record);
    return record;
}

}  // namespace

TEST_CASE("a PAF line becomes typed values", "[record]") {
    const AlignmentRecord record = parsed("q 1\t100\t10\t30\t-\tchr1\t5000\t200\t221\t19\t22\t37\ttp:A:P\tNM:i:3\tAS:i:-4\tcg:Z:10M1I9M2D\tcs:Z::1");
    CHECK(record.name == "q 1");
    CHECK(record.aligned);
    CHECK(record.role == Role::primary);
    CHECK(record.query == QueryInterval{10, 30});
    CHECK(record.query_length == 100);
    CHECK(record.strand == Strand::reverse);
    CHECK(record.contig == "chr1");
    CHECK(record.reference == ReferenceInterval{200, 221});
    CHECK(record.mapq == 37);
    CHECK(record.edit_distance == 3);
    CHECK(record.score == -4);
    CHECK(to_string(record.cigar) == "10M1I9M2D");
    CHECK(record.difference == ":1");
    CHECK(record.contig_length == 5000);
    CHECK(record.matches == 19);
    CHECK(record.columns == 22);
}

TEST_CASE("without cg the CIGAR comes from cs, without both there is none", "[record]") {
    CHECK(to_string(parsed("q\t9\t0\t9\t+\tc\t50\t5\t14\t8\t9\t60\tcs:Z::4*ac:4").cigar) == "4=1X4=");
    CHECK(parsed("q\t9\t0\t9\t+\tc\t50\t5\t14\t8\t9\t60").cigar.empty());
    CHECK_FALSE(parsed("q\t9\t0\t9\t+\tc\t50\t5\t14\t8\t9\t60").score);
}

TEST_CASE("marks of PAF give the roles", "[record]") {
    CHECK(parsed("q\t9\t0\t9\t+\tc\t50\t5\t14\t8\t9\t60\ttp:A:S").role == Role::secondary);
    CHECK(parsed("q\t9\t0\t9\t+\tc\t50\t5\t14\t8\t9\t60\ttp:A:i").role == Role::secondary);
    CHECK(parsed("q\t9\t0\t9\t+\tc\t50\t5\t14\t8\t9\t60\ttp:A:I").role == Role::primary);
    const AlignmentRecord none = parsed("q\t9\t0\t0\t*\t*\t0\t0\t0\t0\t0\t0\trl:i:0\tzr:Z:no_seed");
    CHECK(none.reason == "no seed");
    CHECK_FALSE(none.aligned);
    CHECK(none.query_length == 9);
}

TEST_CASE("each fault of a PAF line is named", "[record]") {
    struct Row {
        const char* text;
        const char* message;
    };
    const Row rows[] = {
        {"q\t9\t0\t9\t+\tc\t50\t5\t14\t8\t9", "a.paf:4: 11 tab-separated columns, a PAF line has at least 12"},
        {"", "a.paf:4: the name of the query (column 1) is empty"},
        {"q\tx\t0\t9\t+\tc\t50\t5\t14\t8\t9\t60", "a.paf:4: query length (column 2) is 'x', expected a whole number"},
        {"q\t9\t0\t9\t?\tc\t50\t5\t14\t8\t9\t60", "a.paf:4: strand (column 5) is '?', expected + or -"},
        {"q\t9\t0\t10\t+\tc\t50\t5\t14\t8\t9\t60", "a.paf:4: query interval 0-10 does not lie within 0-9"},
        {"q\t9\t4\t4\t+\tc\t50\t5\t14\t8\t9\t60", "a.paf:4: query interval 4-4 does not lie within 0-9"},
        {"q\t9\t0\t9\t+\tc\t50\t5\t51\t8\t9\t60", "a.paf:4: target interval 5-51 does not lie within 0-50"},
        {"q\t9\t0\t9\t+\tc\t50\t5\t14\t8\t9\t256", "a.paf:4: mapping quality is 256, expected 0 to 255"},
        {"q\t9\t0\t9\t+\tc\t50\t5\t14\t8\t9\t60\tNM:i:x", "a.paf:4: tag NM is 'x', expected a whole number"},
        {"q\t9\t0\t9\t+\tc\t50\t5\t14\t8\t9\t60\tNM", "a.paf:4: 'NM' is not a tag such as NM:i:5"},
        {"q\t9\t0\t9\t+\tc\t50\t5\t14\t8\t9\t60\tcg:Z:9Q", "a.paf:4: tag cg: '9Q' is no CIGAR element"},
        {"q\t9\t0\t9\t+\tc\t50\t5\t14\t8\t9\t60\tcg:Z:8M1I", "a.paf:4: the CIGAR covers 9 query and 8 target bases, the columns 9 and 9"},
        {"q\t9\t0\t9\t+\tc\t50\t5\t14\t8\t9\t60\tcs:Z::4^", "a.paf:4: tag cs: '^' is no operation of cs"},
    };
    for (const Row& row : rows) CHECK_THROWS_MATCHES(parsed(row.text), FormatError, Catch::Message(row.message));
}
