#include "weft/report/interval_union.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace weft;

TEST_CASE("bases are counted once however often they are covered", "[report]") {
    IntervalUnion covered;
    CHECK(covered.bases() == 0);
    covered.add({10, 20});
    covered.add({15, 30});
    covered.add({30, 31});
    covered.add({50, 50});
    covered.add({60, 61});
    CHECK(covered.bases() == 22);
}

TEST_CASE("random intervals cover what a list of flags says, also in parts", "[report]") {
    std::mt19937 random(5);
    for (const std::int64_t longest : {1, 20, 400}) {
        IntervalUnion whole;
        IntervalUnion left;
        IntervalUnion right;
        std::vector<bool> flags(100'000);
        for (int i = 0; i < 5'000; ++i) {
            const std::int64_t begin = static_cast<std::int64_t>(random() % 99'000);
            const std::int64_t end = begin + 1 + static_cast<std::int64_t>(random() % static_cast<unsigned>(longest));
            std::fill(flags.begin() + begin, flags.begin() + end, true);
            whole.add({begin, end});
            (i % 3 == 0 ? left : right).add({begin, end});
        }
        left.merge(right);
        CHECK(whole.bases() == std::count(flags.begin(), flags.end(), true));
        CHECK(left.bases() == whole.bases());
    }
}
