#include "weft/model/utf8.hpp"

#include <catch2/catch.hpp>

using namespace weft;
using namespace std::string_literals;

TEST_CASE("sequences of UTF-8 are told from other bytes", "[model]") {
    struct Row {
        std::string text;
        std::size_t length;
    };
    const Row rows[] = {
        {"", 0},
        {"a", 1},
        {"\0"s, 1},
        {"é", 2},
        {"酵", 3},
        {"🧬", 4},
        {"\x80", 0},
        {"\xc1\xbf", 0},
        {"\xc3", 0},
        {"\xc3x", 0},
        {"\xe0\x9f\x80", 0},
        {"\xe4\xbd", 0},
        {"\xed\xa0\x80", 0},
        {"\xee\x80\x80", 3},
        {"\xf0\x8f\xbf\xbf", 0},
        {"\xf0\x9f\xa7", 0},
        {"\xf4\x8f\xbf\xbf", 4},
        {"\xf4\x90\x80\x80", 0},
        {"\xff", 0},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text);
        CHECK(utf8_length(row.text) == row.length);
        CHECK(utf8_length(row.text + "tail") == (row.text.empty() ? 1 : row.length));
    }
}

TEST_CASE("what cannot be printed is replaced", "[model]") {
    const std::string bad = "\xEF\xBF\xBD";
    struct Row {
        std::string text, expected;
    };
    const Row rows[] = {
        {"Bäcker 酵母 🧬 <b>&", "Bäcker 酵母 🧬 <b>&"},
        {"a\tb\nc\x1b[31m\x7f", "a" + bad + "b" + bad + "c" + bad + "[31m" + bad},
        {"\xff\xe4\xbd", bad + bad + bad},
        {"\xc2\x9b"s, bad},                   // a control character of its own
        {"\xe2\x80\xae", bad},                // turns what follows round
        {"\xef\xbf\xbe", bad},                // U+FFFE
        {"\xef\xbf\xbd", bad},
    };
    for (const Row& row : rows) {
        CHECK(printable(row.text) == row.expected);
        CHECK(printable(row.expected) == row.expected);
    }
}

TEST_CASE("texts are measured and cut in columns", "[model]") {
    struct Row {
        std::string text;
        std::size_t width;
        std::string at_5;
    };
    const Row rows[] = {
        {"", 0, ""},         {"align", 5, "align"},       {"aligns", 6, "alig…"},
        {"äöü", 3, "äöü"},   {"酵母の細胞", 10, "酵母…"}, {"a酵母細胞", 9, "a酵…"},
        {"e\xcc\x81", 1, "e\xcc\x81"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text);
        CHECK(display_width(row.text) == row.width);
        CHECK(shortened(row.text, 5) == row.at_5);
        CHECK(display_width(shortened(row.text, 5)) <= 5);
    }
    CHECK(shortened("align", 0).empty());
    CHECK(shortened("align", 1) == "…");
}
