#include "weft/stages/filter_parser.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace weft;

namespace {

struct Row {
    std::string text;
    std::vector<FilterProblem> problems;
};

void check(const std::vector<Row>& rows) {
    for (const Row& row : rows) {
        INFO(row.text);
        const ParsedFilter parsed = parse_filter(row.text);
        CHECK_FALSE(parsed.expression);
        CHECK(parsed.problems.size() == row.problems.size());
        for (std::size_t i = 0; i < std::min(parsed.problems.size(), row.problems.size()); ++i) {
            CHECK(parsed.problems[i].column == row.problems[i].column);
            CHECK(parsed.problems[i].message == row.problems[i].message);
        }
    }
}

}  // namespace

TEST_CASE("broken expressions: structure", "[filter]") {
    check({
        {"", {{0, "the expression is empty; give a test such as identity >= 0.9"}}},
        {" \n", {{0, "the expression is empty; give a test such as identity >= 0.9"}}},
        {"(mapq > 1", {{0, "'(': is never closed"}}},
        {"((mapq > 1) or mapq < 2", {{0, "'(': is never closed"}}},
        {"mapq > 1)", {{8, "')': closes nothing; there is no ( for it"}}},
        {"mapq > 1) and mpq < 2", {{8, "')': closes nothing; there is no ( for it"}, {14, "'mpq': unknown field; did you mean mapq?"}}},
        {"()", {{0, "'(': there is no test after it"}}},
        {"mapq > 1 and", {{9, "'and': there is no test after it"}}},
        {"mapq > 1 or )", {{9, "'or': there is no test after it"}, {12, "')': closes nothing; there is no ( for it"}}},
        {"and mapq > 1", {{0, "'and': there is no test before it"}}},
        {"mapq > 1 or and mapq > 2", {{12, "'and': there is no test before it"}}},
        {"not", {{0, "'not': there is no test after it"}}},
        {"mapq > 1 coverage > 0.5", {{9, "'coverage': there is no and or or before it"}}},
        {"mapq > 1 not mapq > 3", {{9, "'not': there is no and or or before it"}}},
        {"mapq > 1 (mapq > 3)", {{9, "'(': there is no and or or before it"}}},
        {"mapq > 1 , mapq", {{9, "',': the test before it is complete; go on with and or or"}}},
        {"mapq > 1 60 and mpq > 1",
         {{9, "'60': the test before it is complete; go on with and or or"}, {16, "'mpq': unknown field; did you mean mapq?"}}},
        {"60 < mapq", {{0, "'60': a test begins with a field, as in identity >= 0.9"}}},
        {"mapq > 1 && not mapq = 3 || !mapq > 5",
         {{9, "'&&': unknown here; did you mean and ?"},
          {21, "'=': unknown here; did you mean == ?"},
          {25, "'||': unknown here; did you mean or ?"},
          {28, "'!': unknown here; did you mean not ?"}}},
        {"mapq => 1 AND mapq <> 3",
         {{5, "'=>': unknown here; did you mean >= ?"}, {10, "'AND': unknown here; did you mean and ?"}, {19, "'<>': unknown here; did you mean != ?"}}},
        {"mapq @# 3 and x", {{5, "'@#': has no meaning here"}, {14, "'x': unknown field; fields are identity, coverage, mapq, length, score, strand, class, name"}}},
        {"mapq > \x01", {{7, "'\\x01': has no meaning here"}}},
    });
}

TEST_CASE("broken expressions: numbers", "[filter]") {
    check({
        {"identity >= 95", {{0, "'identity >= 95': identity goes from 0 to 1; did you mean 95% ?"}}},
        {"mapq > 1 and  coverage<1.5", {{14, "'coverage<1.5': coverage goes from 0 to 1; did you mean 1.5% ?"}}},
        {"identity >= 101", {{0, "'identity >= 101': identity goes from 0 to 1"}}},
        {"identity >= 101%", {{0, "'identity >= 101%': identity goes from 0 to 1"}}},
        {"identity < 0.05k", {{0, "'identity < 0.05k': identity goes from 0 to 1"}}},
        {"identity in 90..95", {{0, "'identity in 90..95': identity goes from 0 to 1; did you mean 90% ?"}}},
        {"identity in 0.9..95", {{0, "'identity in 0.9..95': identity goes from 0 to 1; did you mean 95% ?"}}},
        {"identity in 0.9..0.5", {{0, "'identity in 0.9..0.5': the range is empty; did you mean 0.5..0.9 ?"}}},
        {"mapq in 60", {{0, "'mapq in 60': is cut short; a range is written LOW..HIGH"}}},
        {"mapq in 60..", {{0, "'mapq in 60..': is cut short; mapq needs a number"}}},
        {"mapq in 60, 70", {{10, "',': is out of place; a range is written LOW..HIGH"}}},
        {"length > 50%", {{0, "'length > 50%': length is no share; only identity and coverage are given in %"}}},
        {"mapq in 1..60%", {{0, "'mapq in 1..60%': mapq is no share; only identity and coverage are given in %"}}},
        {"score > -5", {{8, "'-5': numbers have no sign here"}}},
        {"identity > .9", {{11, "'.9': did you mean 0.9 ?"}}},
        {"length > 10kb", {{9, "'10kb': is no number; the units are %, k, M and G"}}},
        {"length > 1e5 and mpq > 1", {{9, "'1e5': is no number; the units are %, k, M and G"}, {17, "'mpq': unknown field; did you mean mapq?"}}},
        {"score > 1" + std::string(320, '0'), {{8, "'1" + std::string(59, '0') + "...': is a number too large or too small to count with"}}},
        {"mapq > complete", {{7, "'complete': is out of place; mapq needs a number"}}},
        {"mapq", {{0, "'mapq': is cut short; compare mapq by <, <=, >, >=, == or !="}}},
        {"mapq 60", {{5, "'60': is out of place; compare mapq by <, <=, >, >=, == or !="}}},
        {"mapq >", {{0, "'mapq >': is cut short; mapq needs a number"}}},
        {"mapq > and mapq < 3", {{0, "'mapq >': is cut short; mapq needs a number"}}},
        {"mapq ~ /60/", {{5, "'~': mapq is a number; compare it by <, <=, >, >=, == or !="}}},
    });
}

TEST_CASE("broken expressions: words and patterns", "[filter]") {
    check({
        {"identiy >= 0.9", {{0, "'identiy': unknown field; did you mean identity?"}}},
        {"not unmapped", {{4, "'unmapped': unknown field; did you mean class == unmapped ?"}}},
        {"frobs in (a, (b and c)) and mpq > 3",
         {{0, "'frobs': unknown field; fields are identity, coverage, mapq, length, score, strand, class, name"},
          {28, "'mpq': unknown field; did you mean mapq?"}}},
        {"frobs in (a", {{0, "'frobs': unknown field; fields are identity, coverage, mapq, length, score, strand, class, name"}, {9, "'(': is never closed"}}},
        {"class == complet", {{9, "'complet': unknown class; did you mean complete?"}}},
        {"class == Unmapped", {{9, "'Unmapped': unknown class; did you mean unmapped?"}}},
        {"class in (split, torn, mapped)",
         {{17, "'torn': unknown class; classes are complete, partial, split, duplicate, low_identity, truncated, unmapped"},
          {23, "'mapped': unknown class; did you mean unmapped?"}}},
        {"class in (split", {{9, "'(': is never closed"}}},
        {"class in ()", {{10, "')': a class is missing here"}}},
        {"class in (split,) and mpq > 1", {{16, "')': a class is missing here"}, {22, "'mpq': unknown field; did you mean mapq?"}}},
        {"class in (split partial)", {{16, "'partial': classes are separated by commas"}}},
        {"class in split", {{9, "'split': is out of place; a list of classes is written (complete, partial)"}}},
        {"class not in (split)", {{0, "'class not in': did you mean not class in (...) ?"}}},
        {"class > split", {{6, "'>': is out of place; compare class by ==, !=, in (...), ~ or !~"}}},
        {"class == 5", {{9, "'5': is out of place; class needs a word such as complete"}}},
        {"strand > +", {{7, "'>': is out of place; compare strand by == or !="}}},
        {"strand == plus", {{10, "'plus': is out of place; a strand is +, - or ."}}},
        {"strand ==", {{0, "'strand ==': is cut short; a strand is +, - or ."}}},
        {"name == YAL001C", {{5, "'==': is out of place; a name is matched by a pattern, as in name ~ /YAL001C/"}}},
        {"name", {{0, "'name': is cut short; a name is matched by a pattern, as in name ~ /YAL.*/"}}},
        {"name ~ YAL", {{7, "'YAL': is out of place; a pattern stands between slashes, as in /YAL.*/"}}},
        {"name ~ /a(b/", {{7, "'/a(b/': is no pattern: missing ): a(b"}}},
        {"name ~ /a{2,1}/ and mpq > 1", {{7, "'/a{2,1}/': is no pattern: invalid repetition size: {2,1}"}, {20, "'mpq': unknown field; did you mean mapq?"}}},
        {"name ~ /(?=a)/", {{7, "'/(?=a)/': is no pattern: invalid perl operator: (?="}}},
        {"name ~ /abc", {{7, "'/abc': the pattern has no / at its end"}}},
        {"name ~ /abc\\/", {{7, "'/abc\\/': the pattern has no / at its end"}}},
        {"name ~ /abc\\", {{7, "'/abc\\': the pattern has no / at its end"}}},
    });
}

TEST_CASE("all problems are told at once, by column", "[filter]") {
    check({{"(identity >= 95 and clas == complete) or (mapq > 10x and class == whole) or name ~ /(/",
            {{1, "'identity >= 95': identity goes from 0 to 1; did you mean 95% ?"},
             {20, "'clas': unknown field; did you mean class?"},
             {49, "'10x': is no number; the units are %, k, M and G"},
             {66, "'whole': unknown class; classes are complete, partial, split, duplicate, low_identity, truncated, unmapped"},
             {83, "'/(/': is no pattern: missing ): ("}}}});
}

TEST_CASE("nesting has a limit and needs little stack", "[filter]") {
    const auto nested = [](std::string_view opening, std::size_t times, std::string_view closing) {
        std::string text;
        for (std::size_t i = 0; i < times; ++i) text += opening;
        text += "mapq > 1";
        for (std::size_t i = 0; i < times; ++i) text += closing;
        return text;
    };
    CHECK(parse_filter(nested("(", deepest_filter, ")")).expression);
    CHECK(parse_filter(nested("not ", deepest_filter, "")).expression);
    check({{nested("(", deepest_filter + 1, ")"), {{100, "'(': more than 100 parentheses and nots around each other"}}},
           {nested("not ", 100'000, ""), {{400, "'not': more than 100 parentheses and nots around each other"}}},
           {std::string(100'000, '('), {{100, "'(': more than 100 parentheses and nots around each other"}}}});

    std::string chain = "mapq > 1";
    for (int i = 0; i < 2'000; ++i) chain += i % 2 == 0 ? " and mapq > 2" : " or mapq > 3";
    CHECK(parse_filter(chain).expression);
    CHECK(parse_filter(std::string(1'000, ')')).problems.size() == 1'000);
}

TEST_CASE("nodes know where they begin", "[filter]") {
    const FilterExpression expression = *parse_filter(" mapq > 1 and not (score < 2 or name ~ /a/)").expression;
    CHECK(expression.terms()[0].column == 1);
    CHECK(expression.terms()[1].column == 14);
    CHECK(expression.terms()[1].parts[0].column == 19);
    CHECK(expression.terms()[1].parts[0].parts[1].column == 32);
}
