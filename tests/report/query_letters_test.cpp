#include "weft/report/query_letters.hpp"

#include <catch2/catch.hpp>

#include "weft/model/error.hpp"

using namespace weft;

namespace {

AlignmentRecord record_of(QueryInterval query, const std::string& sequence, std::int64_t begin, Strand strand = Strand::forward) {
    AlignmentRecord record;
    record.name = "q";
    record.query = query;
    record.sequence = sequence;
    record.sequence_begin = begin;
    record.strand = strand;
    return record;
}

}  // namespace

TEST_CASE("letters come from the record, cut and turned", "[report]") {
    const QueryLetters none;
    CHECK(none.letters(record_of({2, 5}, "AACCGG", 0), "") == "CCG");
    CHECK(none.letters(record_of({2, 5}, "AACCGG", 0, Strand::reverse), "") == "CGG");
    CHECK(none.letters(record_of({12, 15}, "AACCGG", 10), "") == "CCG");
    CHECK_FALSE(none.letters(record_of({2, 5}, "", 0), ""));
    CHECK_FALSE(none.letters(record_of({2, 9}, "AACCGG", 0), ""));
}

TEST_CASE("letters that are not known here are looked for behind, without a copy", "[report]") {
    QueryLetters behind;
    const QueryLetters none(&behind);
    CHECK_FALSE(none.knows(record_of({1, 5}, "", 0)));
    behind.offer(record_of({0, 6}, "AACCGG", 0));
    QueryLetters front(&behind);
    CHECK(front.knows(record_of({1, 5}, "", 0)));
    front.offer(record_of({4, 6}, "TT", 4));
    CHECK(front.letters(record_of({4, 6}, "", 0), "") == "TT");
    CHECK(front.letters(record_of({1, 5}, "", 0), "") == "ACCG");
}

TEST_CASE("letters that a record lacks come from another record or file", "[report]") {
    QueryLetters letters;
    letters.offer(record_of({4, 6}, "GG", 4));
    letters.offer(record_of({0, 6}, "AACCGG", 0));
    letters.offer(record_of({2, 3}, "C", 2));
    CHECK(letters.letters(record_of({1, 5}, "", 0), "") == "ACCG");
    CHECK(letters.knows(record_of({1, 5}, "", 0)));
    CHECK_FALSE(letters.knows(record_of({1, 7}, "", 0)));
    Feature feature;
    feature.name = "q";
    feature.sequence = "AACCGGTT";
    letters.offer(feature);
    CHECK(letters.letters(record_of({1, 7}, "", 0), "") == "ACCGGT");
}

TEST_CASE("a cs tag stands in for the letters", "[report]") {
    const QueryLetters none;
    AlignmentRecord record = record_of({0, 5}, "", 0, Strand::reverse);
    record.difference = ":2*ac:2";
    CHECK(none.knows(record));
    CHECK(none.letters(record, "ggatt") == "GGCTT");
    CHECK_THROWS_AS(none.letters(record, "gg"), FormatError);
}
