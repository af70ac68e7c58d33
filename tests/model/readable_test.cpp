#include "weft/model/readable.hpp"

#include <catch2/catch.hpp>

using namespace weft;

TEST_CASE("numbers are written for people", "[model]") {
    CHECK(grouped(0) == "0");
    CHECK(grouped(999) == "999");
    CHECK(grouped(1'000) == "1,000");
    CHECK(grouped(12'345'678) == "12,345,678");
    CHECK(count_text(1, "task") == "1 task");
    CHECK(count_text(2'380, "task") == "2,380 tasks");
    CHECK(size_text(812) == "812 B");
    CHECK(size_text(999'949) == "999.9 kB");
    CHECK(size_text(999'950) == "1.0 MB");
    CHECK(size_text(2'900'000'000) == "2.9 GB");
    CHECK(share_text(0.4567) == "46 %");
    CHECK(share_text(0.004) == "0.4 %");
    CHECK(share_text(0) == "0 %");
    CHECK(share_text(1) == "100 %");
}

TEST_CASE("times are written with two digits or by the clock", "[model]") {
    struct Row {
        double seconds;
        const char* expected;
    };
    const Row rows[] = {
        {0, "0 s"},         {-1, "0 s"},        {0.0000004, "0.00 ms"}, {0.00035, "0.35 ms"}, {0.00094, "0.94 ms"}, {0.00096, "1.0 ms"},
        {0.0042, "4.2 ms"}, {0.00994, "9.9 ms"}, {0.00996, "10 ms"},    {0.042, "42 ms"},     {0.0994, "99 ms"},    {0.0996, "0.1 s"},
        {4.24, "4.2 s"},    {9.94, "9.9 s"},    {9.96, "10 s"},         {59.4, "59 s"},       {59.6, "1:00"},       {187, "3:07"},
        {3'599.6, "1:00:00"}, {3'723, "1:02:03"}, {1e300, "1000000:00:00"},
    };
    for (const Row& row : rows) CHECK(time_text(row.seconds) == row.expected);
}
