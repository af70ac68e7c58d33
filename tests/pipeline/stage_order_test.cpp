#include "weft/pipeline/stage_order.hpp"

#include <catch2/catch.hpp>
#include <random>

using namespace weft;

using Lists = std::vector<std::vector<std::size_t>>;

TEST_CASE("what is needed comes first, and else the order of the file holds", "[pipeline]") {
    CHECK(topological_order({}).empty());
    CHECK(topological_order({{}, {}, {}}) == std::vector<std::size_t>{0, 1, 2});
    CHECK(topological_order({{2}, {}, {1}}) == std::vector<std::size_t>{1, 2, 0});
    CHECK(topological_order({{3}, {}, {1, 3}, {}}) == std::vector<std::size_t>{1, 3, 0, 2});
    CHECK(topological_order({{1}, {0}, {}, {1}}) == std::vector<std::size_t>{2});
}

TEST_CASE("cycle_golden_test: cycles begin with their lowest stage and follow the needs", "[pipeline]") {
    CHECK(find_cycles({{}, {0}, {0, 1}}).empty());
    CHECK(find_cycles({{0}}) == Lists{{0}});
    CHECK(find_cycles({{}, {2}, {3}, {1, 0}}) == Lists{{1, 2, 3}});
    CHECK(find_cycles({{1}, {0}, {3}, {2}}) == Lists{{0, 1}, {2, 3}});
}

TEST_CASE("a chain may be longer than the stack is deep", "[pipeline]") {
    NeedsLists chain(300'000);
    for (std::size_t i = 0; i + 1 < chain.size(); ++i) chain[i] = {i + 1};
    CHECK(find_cycles(chain).empty());
    CHECK(topological_order(chain).front() == chain.size() - 1);
}

TEST_CASE("on random graphs an order is complete exactly when there is no cycle", "[pipeline]") {
    std::mt19937 random(11);
    for (int round = 0; round < 500; ++round) {
        NeedsLists needs(1 + random() % 8);
        for (auto& list : needs)
            for (std::size_t other = 0; other < needs.size(); ++other)
                if (random() % 6 == 0) list.push_back(other);
        const std::vector<std::size_t> order = topological_order(needs);
        CHECK((order.size() == needs.size()) == find_cycles(needs).empty());
        std::vector<bool> seen(needs.size());
        for (const std::size_t stage : order) {
            for (const std::size_t needed : needs[stage]) CHECK(seen[needed]);
            seen[stage] = true;
        }
    }
}
