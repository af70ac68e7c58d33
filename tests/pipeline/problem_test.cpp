#include "weft/pipeline/problem.hpp"

#include <catch2/catch.hpp>

using namespace weft;

TEST_CASE("a problem reads as file, line, column, message and code", "[pipeline]") {
    ConfigProblem problem{.file = "yeast.yaml", .position = {21, 5}, .message = "unknown key 'memroy'", .code = "W102"};
    CHECK(problem.text() == "yeast.yaml:21:5: unknown key 'memroy' [W102]");
    problem.warning = true;
    CHECK(problem.text() == "yeast.yaml:21:5: warning: unknown key 'memroy' [W102]");
    problem.position = {};
    problem.file = "--set x=1";
    CHECK(problem.text() == "--set x=1: warning: unknown key 'memroy' [W102]");
}

TEST_CASE("problems come by line and column, once each, and what has no line last", "[pipeline]") {
    ProblemList list;
    CHECK_FALSE(list.has_errors());
    list.add({.file = "--set a=1", .message = "option", .code = "W160"});
    list.add({.file = "x", .position = {9, 1}, .message = "late", .code = "W102", .warning = true});
    CHECK(list.has_errors());
    list.add({.file = "x", .position = {3, 7}, .message = "right", .code = "W102"});
    list.add({.file = "x", .position = {3, 2}, .message = "left", .code = "W102"});
    list.add({.file = "x", .position = {3, 7}, .message = "right", .code = "W102"});
    std::vector<std::string> messages;
    for (const ConfigProblem& problem : list.sorted()) messages.push_back(problem.message);
    CHECK(messages == std::vector<std::string>{"left", "right", "late", "option"});
    CHECK(problem_summary(list.sorted()) == "3 problems, 1 warning; nothing was started");
}

TEST_CASE("warnings alone are no errors", "[pipeline]") {
    ProblemList list;
    list.add({.file = "x", .message = "doubtful", .code = "W143", .warning = true});
    CHECK_FALSE(list.has_errors());
}

TEST_CASE("a ConfigError is a usage error that tells all", "[pipeline]") {
    const ConfigError error({{.file = "x", .position = {1, 2}, .message = "wrong", .code = "W104"}});
    CHECK(std::string(error.what()) == "x:1:2: wrong [W104]\n1 problem; nothing was started");
    CHECK(error.problems().size() == 1);
    CHECK_THROWS_AS(throw error, UsageError);
}

TEST_CASE("suggestions are quoted", "[pipeline]") {
    const std::vector<std::string> known{"memory", "align", "aligns"};
    CHECK(suggestion("memroy", known) == "; did you mean 'memory'?");
    CHECK(suggestion("aling", known) == "; did you mean 'align'?");
    CHECK(suggestion("lagn", known).empty());
    CHECK(suggestion("alig", known) == "; did you mean 'align' or 'aligns'?");
    CHECK(suggestion("x", known).empty());
}
