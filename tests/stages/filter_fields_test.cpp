#include "weft/stages/filter_fields.hpp"

#include <catch2/catch.hpp>

#include <limits>

using namespace weft;

TEST_CASE("fields are found by their words", "[filter]") {
    for (const FilterField known : filter_fields) CHECK(field_of_word(word_of(known)) == known);
    CHECK(word_of(FilterField::feature_class) == "class");
    for (const char* word : {"", "MAPQ", "map", "complete"}) CHECK_FALSE(field_of_word(word));
}

TEST_CASE("numbers are read from the fields that have one", "[filter]") {
    FilterFields record;
    for (const FilterField field : filter_fields) CHECK_FALSE(number_of(field, record));
    record.identity = 0.25;
    record.coverage = std::numeric_limits<double>::quiet_NaN();
    record.mapq = 60;
    record.length = std::numeric_limits<std::int64_t>::max();
    record.score = -1.5;
    CHECK(number_of(FilterField::identity, record) == 0.25);
    CHECK_FALSE(number_of(FilterField::coverage, record));
    CHECK(number_of(FilterField::mapq, record) == 60.0);
    CHECK(number_of(FilterField::length, record) == range_of(FilterField::length)->high);
    CHECK(number_of(FilterField::score, record) == -1.5);
    CHECK_FALSE(number_of(FilterField::strand, record));
}

TEST_CASE("numeric fields have a range, the others none", "[filter]") {
    for (const FilterField field : {FilterField::identity, FilterField::coverage, FilterField::mapq, FilterField::length, FilterField::score}) {
        const auto range = range_of(field);
        REQUIRE(range);
        CHECK(range->low < range->high);
        CHECK(range->whole_numbers == (field == FilterField::mapq || field == FilterField::length));
    }
    for (const FilterField field : {FilterField::strand, FilterField::feature_class, FilterField::name}) CHECK_FALSE(range_of(field));
}
