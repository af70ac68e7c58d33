#include "weft/parallel/size_class.hpp"

#include <catch2/catch.hpp>

using namespace weft;

TEST_CASE("a feature belongs to the first class that is long enough", "[parallel]") {
    const SizeClassTable table{{{1'000, 64, 64'000}, {10'000, 32, 200'000}, {INT64_MAX, 8, 1'000'000}}};
    struct Row {
        std::int64_t length;
        SizeClass expected;
    };
    const auto row = GENERATE(values<Row>({{0, SizeClass::small},
                                           {1'000, SizeClass::small},
                                           {1'001, SizeClass::medium},
                                           {10'000, SizeClass::medium},
                                           {10'001, SizeClass::large},
                                           {INT64_MAX, SizeClass::large}}));
    CAPTURE(row.length);
    CHECK(class_of(row.length, table) == row.expected);
    CHECK(problems(table).empty());
}

TEST_CASE("every fault of a size class table is told", "[parallel]") {
    CHECK(problems({{{10, 0, 1}, {10, 1, -1}, {100, 1, 1}}}).size() == 4);
}
