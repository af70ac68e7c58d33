#include "weft/simulate/random.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <vector>

using namespace weft;

TEST_CASE("the generator is xoshiro256** seeded by SplitMix64", "[simulate]") {
    struct Row {
        std::uint64_t seed;
        std::vector<std::uint64_t> first;
    };
    // Computed by an independent implementation of the two published algorithms.
    const std::vector<Row> rows{
        {0, {0x99ec5f36cb75f2b4u, 0xbf6e1f784956452au, 0x1a5f849d4933e6e0u}},
        {1, {0xb3f2af6d0fc710c5u, 0x853b559647364ceau, 0x92f89756082a4514u}},
        {42, {0x15780b2e0c2ec716u, 0x6104d9866d113a7eu, 0xae17533239e499a1u}},
    };
    for (const Row& row : rows) {
        Random random(row.seed);
        for (const std::uint64_t expected : row.first) CHECK(random.bits() == expected);
    }
}

TEST_CASE("streams of one seed differ by name, and a copy continues alike", "[simulate]") {
    Random a(7, "events");
    Random b(7, "windows");
    Random again(7, "events");
    CHECK(a.bits() != b.bits());
    again.bits();
    Random copy = a;
    CHECK(copy.bits() == again.bits());
}

TEST_CASE("whole numbers stay in their range and reach both ends", "[simulate]") {
    Random random(3);
    for (const std::int64_t high : {0, 1, 5, 6, 7}) {
        std::map<std::int64_t, int> seen;
        for (int i = 0; i < 2'000; ++i) ++seen[random.between(-1, high)];
        CHECK(seen.begin()->first == -1);
        CHECK(seen.rbegin()->first == high);
        CHECK(std::ssize(seen) == high + 2);
        for (const auto& [value, count] : seen) CHECK(count > 2'000 / (high + 2) * 3 / 4);
    }
    CHECK(random.below(1) == 0);
}

TEST_CASE("distributions have the mean they promise", "[simulate]") {
    constexpr int draws = 200'000;
    Random random(11);
    double exponential = 0, above = 0, normal = 0, square = 0, runs = 0;
    int hits = 0, strong = 0;
    for (int i = 0; i < draws; ++i) {
        const std::int64_t waited = random.exponential(1'000);
        REQUIRE(waited >= 0);
        exponential += static_cast<double>(waited);
        above += waited > 1'000;
        const auto value = static_cast<double>(random.normal(500, 100));
        normal += value;
        square += (value - 500) * (value - 500);
        runs += static_cast<double>(random.run_length(0.6, 1'000));
        hits += random.chance(0.25);
        const char base = random.base(0.3);
        strong += base == 'G' || base == 'C';
    }
    CHECK(exponential / draws == Approx(1'000).epsilon(0.01));
    CHECK(above / draws == Approx(0.3679).epsilon(0.02));   // 1 / e
    CHECK(normal / draws == Approx(500).epsilon(0.005));
    CHECK(square / draws == Approx(10'000).epsilon(0.02));
    CHECK(runs / draws == Approx(1.5).epsilon(0.02));       // 0.6 / 0.4
    CHECK(hits / double{draws} == Approx(0.25).epsilon(0.02));
    CHECK(strong / double{draws} == Approx(0.3).epsilon(0.02));
}

TEST_CASE("certain and impossible events use up a number all the same", "[simulate]") {
    Random a(5), b(5), c(5);
    CHECK(a.chance(1));
    CHECK_FALSE(b.chance(0));
    c.bits();
    const std::uint64_t next = c.bits();
    CHECK(a.bits() == next);
    CHECK(b.bits() == next);
}

TEST_CASE("magnitudes are equally likely within bounds", "[simulate]") {
    Random random(2);
    int small = 0;
    for (int i = 0; i < 10'000; ++i) {
        const std::int64_t value = random.over_magnitudes(100, 10'000);
        REQUIRE(value >= 100);
        REQUIRE(value <= 10'000);
        small += value < 1'000;
    }
    CHECK(small > 4'000);   // uniform numbers would give 900
    CHECK(small < 6'000);
    CHECK(random.over_magnitudes(7, 7) == 7);
}
