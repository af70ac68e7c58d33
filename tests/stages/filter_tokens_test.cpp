#include "weft/stages/filter_tokens.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace weft;

namespace {

using Kind = FilterToken::Kind;

struct Row {
    std::string_view text;
    std::vector<Kind> kinds;   // without the end
};

}  // namespace

TEST_CASE("texts are cut into tokens", "[filter]") {
    for (const Row& row : std::initializer_list<Row>{
             {"", {}},
             {" \t\r\n", {}},
             {"mapq>=60", {Kind::word, Kind::relation, Kind::number}},
             {"low_identity x2", {Kind::word, Kind::word}},
             {"and or not in android", {Kind::conjunction, Kind::disjunction, Kind::negation, Kind::within, Kind::word}},
             {"1..2", {Kind::number, Kind::dots, Kind::number}},
             {"0.5..0.9", {Kind::number, Kind::dots, Kind::number}},
             {"1k..2%", {Kind::number, Kind::dots, Kind::number}},
             {"1 . + -", {Kind::number, Kind::sign, Kind::sign, Kind::sign}},
             {"< <= > >= == !=", std::vector(6, Kind::relation)},
             {"~ !~", {Kind::match, Kind::match}},
             {"(,)", {Kind::open, Kind::comma, Kind::close}},
             {"/a b/ /\\//", {Kind::pattern, Kind::pattern}},
         }) {
        INFO(row.text);
        std::vector<FilterProblem> problems;
        const std::vector<FilterToken> tokens = filter_tokens(row.text, problems);
        CHECK(problems.empty());
        REQUIRE(tokens.size() == row.kinds.size() + 1);
        for (std::size_t i = 0; i < row.kinds.size(); ++i) {
            CHECK(tokens[i].kind == row.kinds[i]);
            CHECK(tokens[i].begin < tokens[i].end);
            CHECK(tokens[i].end <= tokens[i + 1].begin);
        }
        CHECK(tokens.back().kind == Kind::end);
        CHECK(tokens.back().begin == row.text.size());
    }
}

TEST_CASE("tokens say what they mean", "[filter]") {
    std::vector<FilterProblem> problems;
    const std::vector<FilterToken> tokens = filter_tokens("95% 10k 1.5M 2G /a\\/b/", problems);
    CHECK(tokens[0].number == 0.95);
    CHECK(tokens[1].number == 10'000);
    CHECK(tokens[2].number == 1'500'000);
    CHECK(tokens[3].number == 2e9);
    CHECK(tokens[3].text == "2G");
    CHECK(tokens[4].text == "a\\/b");
}

TEST_CASE("a mistaken operator is complained about and understood", "[filter]") {
    for (const auto& [text, meant] : std::initializer_list<std::pair<std::string_view, std::string_view>>{
             {"=", "=="}, {"=<", "<="}, {"=>", ">="}, {"<>", "!="}, {"=~", "~"}, {"&&", "and"}, {"&", "and"}, {"||", "or"}, {"!", "not"}, {"Or", "or"}, {"IN", "in"}}) {
        std::vector<FilterProblem> problems;
        const std::vector<FilterToken> tokens = filter_tokens(text, problems);
        INFO(text);
        REQUIRE(problems.size() == 1);
        CHECK(problems[0].message == "'" + std::string(text) + "': unknown here; did you mean " + std::string(meant) + " ?");
        REQUIRE(tokens.size() == 2);
        CHECK(tokens[0].text == meant);
        CHECK(tokens[0].kind != Kind::broken);
    }
}

TEST_CASE("what has no meaning becomes one broken token", "[filter]") {
    for (const char* text : {"@@", "é", "10x", "10%%x", "1_000", "/a", "{", "'a"}) {
        std::vector<FilterProblem> problems;
        const std::vector<FilterToken> tokens = filter_tokens(text, problems);
        INFO(text);
        CHECK_FALSE(problems.empty());
        CHECK(std::count_if(tokens.begin(), tokens.end(), [](const FilterToken& token) { return token.kind == Kind::broken; }) == 1);
    }
}
