// A filter expression for tests that are not about parsing: a bad text fails the test and says why.
#pragma once

#include <catch2/catch.hpp>

#include <string_view>
#include <utility>

#include "weft/stages/filter_parser.hpp"

namespace weft::test {

inline FilterExpression expression_of(std::string_view text) {
    ParsedFilter parsed = parse_filter(text);
    for (const FilterProblem& problem : parsed.problems) UNSCOPED_INFO(problem.column << ": " << problem.message);
    REQUIRE(parsed.expression);
    return *std::move(parsed.expression);
}

}  // namespace weft::test
