#include "weft/stages/filter_tree.hpp"

#include <catch2/catch.hpp>

#include <utility>

#include "support/parsed_filter.hpp"

using namespace weft;
using weft::test::expression_of;

TEST_CASE("one meaning has one text", "[filter]") {
    const std::vector<std::pair<std::string_view, std::string_view>> rows{
        {"identity>=95%", "identity >= 0.95"},
        {"length < 10k", "length < 10000"},
        {"length < 3G and score > 0.50", "length < 3000000000 and score > 0.5"},
        {"((mapq in 30 .. 60))", "mapq in 30..60"},
        {"(mapq > 1 and (mapq > 2 and mapq > 3))", "mapq > 1 and mapq > 2 and mapq > 3"},
        {"mapq > 1 or (mapq > 2 and mapq > 3)", "mapq > 1 or mapq > 2 and mapq > 3"},
        {"(mapq > 1 or mapq > 2) and mapq > 3", "(mapq > 1 or mapq > 2) and mapq > 3"},
        {"not(mapq > 1 and not(not(mapq > 2)))", "not (mapq > 1 and not not mapq > 2)"},
        {"class in (unmapped,partial , unmapped)", "class in (partial, unmapped)"},
        {"class in (split)", "class == split"},
        {"strand!=-", "strand != -"},
        {"name !~/a\\/b .*/", "name !~ /a\\/b .*/"},
    };
    for (const auto& [text, canonical] : rows) CHECK(text_of(expression_of(text).tree()) == canonical);
    CHECK(expression_of("identity >= 95%") == expression_of(" ( identity>=0.950 )"));
    CHECK_FALSE(expression_of("identity >= 95%") == expression_of("identity > 95%"));
    CHECK_FALSE(expression_of("name ~ /a/") == expression_of("name ~ /b/"));
    CHECK_FALSE(expression_of("mapq > 1 or mapq > 2") == expression_of("mapq > 1 and mapq > 2"));
}

TEST_CASE("numbers of any size are written without an exponent", "[filter]") {
    for (const double number : {0.0, 1e300, 1.7976931348623157e308, 5e-324, 2.2250738585072014e-308, 0.1, 123'456'789.125, 1e22}) {
        const std::string text = text_of_number(number);
        CHECK(text.find_first_not_of("0123456789.") == std::string::npos);
        FilterFields record;
        record.score = number;
        CHECK(expression_of("score == " + text).passes(record));
    }
}
