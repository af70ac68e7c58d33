// Both strands of a query, and its stretches without ambiguous bases, against a base-by-base view of the letters.
#include "weft/seed/query.hpp"

#include <catch2/catch.hpp>

#include "support/print_intervals.hpp"
#include "support/small_reference.hpp"
#include "weft/kernel/exact_run.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using weft::test::RandomPairs;

namespace {

constexpr Strand strands[] = {Strand::forward, Strand::reverse};

std::vector<std::uint64_t> packed(std::span<const Code> codes) {
    std::vector<std::uint64_t> words(static_cast<std::size_t>(packed_words(std::ssize(codes))));
    pack(codes, words);
    return words;
}

/// The stretch that a walk in both directions finds.
QueryInterval stretch_by_walking(std::span<const Code> codes, std::int64_t position) {
    const auto is_base = [&](std::int64_t at) {
        return at >= 0 && at < std::ssize(codes) && codes[static_cast<std::size_t>(at)] < ambiguous_code;
    };
    QueryInterval stretch{position, position};
    if (!is_base(position)) return stretch;
    while (is_base(stretch.begin - 1)) --stretch.begin;
    while (is_base(stretch.end)) ++stretch.end;
    return stretch;
}

}   // namespace

TEST_CASE("letters of any case and kind become the codes of both strands", "[seed]") {
    struct Row {
        std::string_view letters;
        std::vector<Code> forward, reverse;
    };
    const Row rows[] = {
        {"", {}, {}},
        {"A", {0}, {3}},
        {"ACGT", {0, 1, 2, 3}, {0, 1, 2, 3}},
        {"aaCU", {0, 0, 1, 3}, {0, 2, 3, 3}},
        {"RNtg", {4, 4, 3, 2}, {1, 0, 4, 4}},
        {"A-*", {0, 4, 4}, {4, 4, 3}},
    };
    Query query;
    for (const Row& row : rows) {
        INFO(row.letters);
        query.prepare(row.letters);
        CHECK(query.length() == std::ssize(row.forward));
        CHECK(std::ranges::equal(query.codes(Strand::forward), row.forward));
        CHECK(std::ranges::equal(query.codes(Strand::reverse), row.reverse));
    }
}

TEST_CASE("a query that was used before equals a new one", "[seed]") {
    RandomPairs random(1);
    Query used;
    for (const std::int64_t length : {200, 64, 0, 31, 32, 33, 1, 500}) {
        std::string letters = test::random_letters(random, length);
        test::strew_ambiguous(random, random.between(0, 4), 5, letters);
        used.prepare(letters);
        for (const Strand strand : strands) {
            const std::vector<Code> codes = test::oriented(letters, strand);
            CHECK(std::ranges::equal(used.codes(strand), codes));
            CHECK(std::ranges::equal(used.packed(strand), packed(codes)));
        }
    }
}

TEST_CASE("stretches without ambiguous bases are those that a walk finds, on both strands", "[seed]") {
    RandomPairs random(2);
    Query query;
    for (int round = 0; round < 200; ++round) {
        std::string letters = test::random_letters(random, random.between(1, 60));
        test::strew_ambiguous(random, random.between(0, 5), 6, letters);
        INFO(letters);
        query.prepare(letters);
        for (const Strand strand : strands)
            for (std::int64_t position = 0; position < query.length(); ++position)
                REQUIRE(query.unambiguous_stretch(strand, position) == stretch_by_walking(query.codes(strand), position));
    }
}

TEST_CASE("turning an interval finds the same bases on the other strand, and turning it again brings it back", "[seed]") {
    Query query;
    query.prepare("AACCGGTTAC");
    CHECK(query.turned(Strand::forward, {2, 5}) == QueryInterval{2, 5});
    CHECK(query.turned(Strand::reverse, {0, 3}) == QueryInterval{7, 10});
    CHECK(query.turned(Strand::reverse, {0, 10}) == QueryInterval{0, 10});
    CHECK(query.turned(Strand::reverse, {4, 4}) == QueryInterval{6, 6});
    for (const QueryInterval interval : {QueryInterval{0, 1}, {2, 7}, {9, 10}})
        CHECK(query.turned(Strand::reverse, query.turned(Strand::reverse, interval)) == interval);
}
