#include "weft/report/size_classes.hpp"

#include <catch2/catch.hpp>

using namespace weft;

TEST_CASE("1 kb and 10 kb belong to the class in the middle", "[report]") {
    struct Row {
        std::int64_t length;
        std::string_view name;
    };
    for (const Row& row : {Row{0, "below 1 kb"}, {999, "below 1 kb"}, {1'000, "1-10 kb"}, {10'000, "1-10 kb"}, {10'001, "above 10 kb"}})
        CHECK(name_of(size_class_of(row.length)) == row.name);
}
