#include "weft/stages/filter_pattern.hpp"

#include <catch2/catch.hpp>

#include "weft/model/error.hpp"

using namespace weft;

TEST_CASE("a pattern matches whole texts", "[filter]") {
    struct Row {
        std::string_view pattern, subject;
        bool matches;
    };
    for (const Row& row : std::initializer_list<Row>{{"YAL.*", "YAL001C", true},
                                                     {"YAL", "YAL001C", false},
                                                     {"AL001C", "YAL001C", false},
                                                     {"^YAL.*C$", "YAL001C", true},
                                                     {"a|bc", "bc", true},
                                                     {"a|bc", "abc", false},
                                                     {"(?i)yal.*", "YAL001C", true},
                                                     {"a\\/b", "a/b", true},
                                                     {"", "", true},
                                                     {"", "a", false},
                                                     {"gène[éè]", "gèneé", true},
                                                     {"(a*)*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false}}) {
        INFO(row.pattern << " on " << row.subject);
        CHECK(FilterPattern(row.pattern).matches(row.subject) == row.matches);
    }
}

TEST_CASE("copies share a pattern, and patterns are equal by their text", "[filter]") {
    const FilterPattern pattern("a+");
    const FilterPattern copy = pattern;
    CHECK(copy == pattern);
    CHECK(&copy.text() == &pattern.text());
    CHECK(FilterPattern("a+") == pattern);
    CHECK_FALSE(FilterPattern("aa*") == pattern);
}

TEST_CASE("what is no pattern is refused with the reason", "[filter]") {
    for (const auto& [text, reason] : std::initializer_list<std::pair<const char*, const char*>>{
             {"(", "missing ): ("}, {"a**", "bad repetition operator: **"}, {"[b-a]", "invalid character class range: b-a"}, {"\xff", "invalid UTF-8"}}) {
        INFO(text);
        try {
            const FilterPattern pattern{text};
            FAIL("accepted");
        } catch (const UsageError& error) {
            CHECK(error.problem() == reason);
            CHECK(error.where() == "/" + std::string(text) + "/");
        }
    }
    CHECK_THROWS_AS(FilterPattern(std::string(100'000, '(')), UsageError);
    CHECK_THROWS_AS(FilterPattern("((a{1000}){1000}){1000}"), UsageError);
}
