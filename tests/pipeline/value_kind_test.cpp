#include "weft/pipeline/value_kind.hpp"

#include <catch2/catch.hpp>

using namespace weft;

TEST_CASE("each kind says what it expects", "[pipeline]") {
    using namespace value_kind;
    CHECK(text().expected() == "a text");
    CHECK(checked_text([](std::string_view) { return std::vector<TextProblem>{}; }).expected() == "a text");
    CHECK(late_text().expected() == "a text");
    CHECK(boolean().expected() == "true or false");
    CHECK(whole(1, 64, {"auto"}).expected() == "a whole number from 1 to 64, or auto");
    CHECK(whole(1, 64, {"auto", "small", "large"}).expected() == "a whole number from 1 to 64, or auto, small or large");
    CHECK(number(0, 1).expected() == "a number from 0 to 1");
    CHECK(number(0.5, 1).expected() == "a number from 0.5 to 1");
    CHECK(bytes().expected() == "bytes, such as 8G, 600M or 500k");
    CHECK(duration().expected() == "a duration, such as 30m, 5s, 500ms or 1h30m");
    CHECK(rate().expected() == "a rate, such as 5/s, 100/min or 20/h");
    CHECK(choice({"fail", "skip", "keep-going"}).expected() == "fail, skip or keep-going");
    CHECK(path().expected() == "a path");
    CHECK(texts().expected() == "a list of texts");
    CHECK(texts({"oom", "io"}).expected() == "a list of oom and io");
    CHECK(checked_texts({}).expected() == "a list of texts");
    CHECK(text_map().expected() == "a map of names to texts");
    CHECK(path_map().expected() == "a map of names to paths");
    CHECK(count_map(1, 9).expected() == "a map of names to whole numbers from 1 to 9");
    CHECK(group().expected() == "a map");
}

TEST_CASE("values are written as a file would have them", "[pipeline]") {
    CHECK(text_of(SettingValue{true}) == "true");
    CHECK(text_of(SettingValue{std::int64_t{-3}}) == "-3");
    CHECK(text_of(SettingValue{0.95}) == "0.95");
    CHECK(text_of(SettingValue{ByteSize{1'024}}) == "1k");
    CHECK(text_of(SettingValue{std::chrono::milliseconds{90'000}}) == "1m30s");
    CHECK(text_of(SettingValue{EventRate{5, std::chrono::milliseconds{1'000}}}) == "5/s");
    CHECK(text_of(SettingValue{std::string("word")}) == "word");
    CHECK(text_of(SettingValue{std::filesystem::path("a/b")}) == "a/b");
    CHECK(text_of(SettingValue{std::vector<std::string>{"a", "b"}}) == "[a, b]");
    CHECK(text_of(SettingValue{TextMap{{"a", "x"}, {"b", "y"}}}) == "{ a: x, b: y }");
    CHECK(text_of(SettingValue{PathMap{{"a", "x/y"}}}) == "{ a: x/y }");
    CHECK(text_of(SettingValue{CountMap{}}) == "{}");
    const LateText late{
        {{.text = "sort "}, {.kind = TextPart::Kind::value, .text = "a b"}, {.kind = TextPart::Kind::late, .text = "output.bam"}}};
    CHECK(text_of(SettingValue{late}) == "sort a b${output.bam}");
}
