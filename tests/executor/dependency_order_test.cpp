#include "weft/executor/dependency_order.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

using namespace weft;

using Indices = std::vector<std::uint32_t>;

TEST_CASE("an order, cycles, paths", "[executor]") {
    struct Row {
        const char* what;
        Dependencies dependencies;
        Indices order;
        Indices cycle;
    };
    const Row rows[] = {
        {"nothing", {}, {}, {}},
        {"without dependencies as they were added", {{}, {}, {}}, {0, 1, 2}, {}},
        {"dependencies first", {{2}, {0}, {}}, {2, 0, 1}, {}},
        {"itself", {{0}}, {}, {0}},
        {"two", {{}, {2}, {1}}, {0}, {1, 2}},
        {"behind a cycle", {{3}, {3}, {}, {1}}, {2}, {1, 3}},
        {"the same twice", {{}, {0, 0}}, {0, 1}, {}},
    };
    for (const Row& row : rows) {
        INFO(row.what);
        CHECK(dependency_order(row.dependencies) == row.order);
        CHECK(find_cycle(row.dependencies) == row.cycle);
    }
}

TEST_CASE("the longest path counts costs, not tasks", "[executor]") {
    //  0 -> 1 -> 3, 0 -> 2 -> 3, 4 alone
    const Dependencies dependencies{{}, {0}, {0}, {1, 2}, {}};
    const Indices order = dependency_order(dependencies);
    const std::vector<double> costs{1, 2, 5, 1, 6.5};
    CHECK(remaining_path(dependencies, order, costs) == std::vector<double>{7, 3, 6, 1, 6.5});
    CHECK(critical_path(dependencies, order, costs) == Indices{0, 2, 3});
    CHECK(critical_path({}, {}, {}).empty());
}

TEST_CASE("a graph turned has each edge once, from the other side", "[executor]") {
    const Dependencies dependents = Dependencies{{}, {0}, {0}, {1, 2}, {2, 2}}.turned();
    const auto list = [&](std::size_t task) { return Indices(dependents[task].begin(), dependents[task].end()); };
    REQUIRE(dependents.size() == 5);
    CHECK(list(0) == Indices{1, 2});
    CHECK(list(1) == Indices{3});
    CHECK(list(2) == Indices{3, 4, 4});
    CHECK(list(3).empty());
    CHECK(list(4).empty());
}

TEST_CASE("random graphs: every dependency comes first, and a cycle is one", "[executor]") {
    std::mt19937 random(3);
    for (int round = 0; round < 300; ++round) {
        const auto count = static_cast<std::uint32_t>(1 + random() % 30);
        Dependencies dependencies;
        for (std::uint32_t task = 0; task < count; ++task) {
            Indices others(random() % 3);
            for (std::uint32_t& other : others) other = static_cast<std::uint32_t>(random() % count);
            dependencies.add(others);
        }
        const Indices order = dependency_order(dependencies), cycle = find_cycle(dependencies);
        REQUIRE((order.size() == count) == cycle.empty());
        std::vector<bool> seen(count, false);
        for (const std::uint32_t task : order) {
            for (const std::uint32_t other : dependencies[task]) REQUIRE(seen[other]);
            seen[task] = true;
        }
        for (std::size_t i = 0; i < cycle.size(); ++i) {
            const std::span<const std::uint32_t> waits_for = dependencies[cycle[i]];
            REQUIRE(std::find(waits_for.begin(), waits_for.end(), cycle[(i + 1) % cycle.size()]) != waits_for.end());
        }
    }
}
