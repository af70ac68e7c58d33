// Parser and evaluation against a judge that never reads the text (tests/support/random_filters.hpp), and the canonical text.
#include <catch2/catch.hpp>

#include "support/random_filters.hpp"
#include "weft/stages/filter_parser.hpp"

using namespace weft;

TEST_CASE("random expressions mean what they were composed of", "[filter]") {
    test::RandomFilters random(20'240'611);
    std::size_t passed = 0, asked = 0;
    for (int round = 0; round < 1'500; ++round) {
        const test::RandomFilter filter = random.expression(4);
        const ParsedFilter parsed = parse_filter(filter.text);
        INFO(filter.text);
        REQUIRE(parsed.problems.empty());
        REQUIRE(parsed.expression);
        for (int i = 0; i < 20; ++i) {
            const FilterFields record = random.record();
            const bool expected = filter.holds(record);
            if (parsed.expression->passes(record) != expected) FAIL("expected " << expected);
            passed += expected ? 1 : 0;
            ++asked;
        }
    }
    CHECK(passed > asked / 5);   // the judge says yes and no
    CHECK(passed < asked * 4 / 5);
}

TEST_CASE("reading the canonical text gives the same expression, and the same text", "[filter]") {
    test::RandomFilters random(7);
    for (int round = 0; round < 1'500; ++round) {
        const test::RandomFilter filter = random.expression(5);
        const ParsedFilter parsed = parse_filter(filter.text);
        REQUIRE(parsed.expression);
        const std::string text = parsed.expression->text();
        INFO(filter.text << "\n" << text);
        const ParsedFilter again = parse_filter(text);
        REQUIRE(again.expression);
        REQUIRE(*again.expression == *parsed.expression);
        REQUIRE(again.expression->text() == text);
        const FilterFields record = random.record();
        REQUIRE(again.expression->passes(record) == filter.holds(record));
    }
}

TEST_CASE("counts add up and agree with the terms asked one by one", "[filter]") {
    test::RandomFilters random(99);
    for (int round = 0; round < 300; ++round) {
        const FilterExpression expression = *parse_filter(random.expression(3).text).expression;
        FilterCounts whole(expression), first(expression), second(expression), naive(expression);
        for (int i = 0; i < 30; ++i) {
            const FilterFields record = random.record();
            const std::optional<std::size_t> rejecting = expression.rejecting_term(record);
            whole.add(rejecting);
            (i % 3 == 0 ? first : second).add(rejecting);
            std::size_t term = 0;
            while (term < expression.terms().size() && holds(expression.terms()[term], record)) ++term;
            ++(term == expression.terms().size() ? naive.passed : naive.rejected[term]);
        }
        first += second;
        REQUIRE(whole.records() == 30);
        REQUIRE(whole == first);
        REQUIRE(whole == naive);
    }
}
