#include "weft/executor/json_scanner.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <optional>
#include <random>

using namespace weft;
using nlohmann::json;

namespace {

std::optional<std::string> string_in(std::string_view text) {
    JsonScanner scanner(text);
    std::string value = "before";
    return scanner.string(value) && scanner.at_end() ? std::optional(value) : std::nullopt;
}

template <class Number>
std::optional<Number> number_in(std::string_view text) {
    JsonScanner scanner(text);
    Number value = 0;
    return scanner.number(value) && scanner.at_end() ? std::optional(value) : std::nullopt;
}

bool is_value(std::string_view text) {
    JsonScanner scanner(text);
    std::string_view value;
    return scanner.value(value) && scanner.at_end() && value == text;
}

}  // namespace

TEST_CASE("strings are read as the library reads them, or not at all", "[executor]") {
    for (const char* text : {R"("")", R"("plain")", R"("a \"b\" \\ \/ c")", R"("\n\r\t\b\f")", R"("größer 日本")", "\"\x7f\""}) {
        INFO(text);
        CHECK(string_in(text) == json::parse(text).get<std::string>());
    }
    for (const char* text : {"", "\"", "x", R"("open)", R"("\u0041")", R"("\x")", R"("\)", "\"\n\"", "\"\xff\"", "\"\xed\xa0\x80\"", R"("a"b)"}) {
        INFO(text);
        CHECK_FALSE(string_in(text));
    }
}

TEST_CASE("whole numbers that fit are read, others are not", "[executor]") {
    CHECK(number_in<std::int64_t>("-9223372036854775808") == INT64_MIN);
    CHECK(number_in<std::uint64_t>("18446744073709551615") == UINT64_MAX);
    CHECK(number_in<int>("0") == 0);
    CHECK(number_in<int>("-0") == 0);
    for (const char* text : {"", "-", "+1", "01", "-01", "1.0", "1e3", "1E3", "2147483648", "x"}) {
        INFO(text);
        CHECK_FALSE(number_in<int>(text));
    }
    CHECK_FALSE(number_in<std::uint64_t>("-1"));
}

TEST_CASE("values end where the grammar says, and what is no value is refused", "[executor]") {
    for (const char* text : {"0", "-1.5e+3", "0.25", "1E9", "true", "false", "null", "\"a}\"", "[]", "{}", R"([1,"]",{"a":[{}]}])", R"({"a":1,"b":{"c":null}})"}) {
        INFO(text);
        CHECK(is_value(text));
    }
    for (const char* text : {"", "-", ".5", "1.", "1e", "01", "tru", "nul", "[", "[1", "[1,]", "[,1]", "{", R"({"a"})", R"({"a":})", R"({a:1})", R"({"a":1,})", "[1 ]", "[1]]", "[}"}) {
        INFO(text);
        CHECK_FALSE(is_value(text));
    }
    CHECK_FALSE(is_value(std::string(1'000, '[') + std::string(1'000, ']')));
}

TEST_CASE("no damage of a text is taken for a value that the library refuses", "[executor]") {
    const std::string good = R"({"a":[1,-2.5e3,true,null],"b":{"c \"d\"":"größe\n"},"e":""})";
    std::mt19937 random(1);
    for (int round = 0; round < 20'000; ++round) {
        std::string text = good;
        for (int change = 0; change < 2; ++change) text[random() % text.size()] = good[random() % good.size()];
        INFO(text);
        REQUIRE((!is_value(text) || json::accept(text)));
    }
}

TEST_CASE("texts are written as the library writes them, or left to it", "[executor]") {
    for (const std::string text : {"", "plain", "a \"b\" \\ / c", "\n\r\t", "~"}) {
        std::string line = "x";
        CHECK(add_json_string(line, text));
        CHECK(line == "x" + json(text).dump());
    }
    for (const std::string text : {"größe", "\x01", "a\x1f", "\xff"}) {
        std::string line = "x";
        CHECK_FALSE(add_json_string(line, text));
        CHECK(line == "x");
    }
}
