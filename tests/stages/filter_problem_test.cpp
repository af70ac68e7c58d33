#include "weft/stages/filter_problem.hpp"

#include <catch2/catch.hpp>

using namespace weft;

TEST_CASE("a problem quotes what is at fault in one line", "[filter]") {
    CHECK(problem_with("mapq", 3, "is wrong") == FilterProblem{3, "'mapq': is wrong"});
    CHECK(problem_with("a\n\tb\x7f", 0, "is wrong").message == "'a\\x0a\\x09b\\x7f': is wrong");
    CHECK(problem_with(std::string(60, 'a'), 0, "is long").message == "'" + std::string(60, 'a') + "': is long");
    CHECK(problem_with(std::string(61, 'a'), 0, "is long").message == "'" + std::string(60, 'a') + "...': is long");
}

TEST_CASE("a quotation is not cut within a character", "[filter]") {
    CHECK(problem_with(std::string(59, 'a') + "éa", 0, "is long").message == "'" + std::string(59, 'a') + "...': is long");
    CHECK(problem_with(std::string(58, 'a') + "éa", 0, "is long").message == "'" + std::string(58, 'a') + "é...': is long");
    CHECK(problem_with(std::string(100, '\x80'), 0, "is long").message == "'...': is long");
}
