#include "weft/executor/resources.hpp"

#include <catch2/catch.hpp>

using namespace weft;
using namespace std::chrono_literals;

namespace {

bool takes(ResourcePool& pool, const Demand& demand) {
    std::optional<ResourcePool::Clock::time_point> retry_at;
    return pool.try_take(demand, ResourcePool::Clock::now(), retry_at);
}

}  // namespace

TEST_CASE("budget_test: all of a demand is granted or nothing", "[executor]") {
    ResourcePool pool({.cpu = 4, .memory = 100, .io = 2, .named = {{"gpu", 1}}});
    CHECK(takes(pool, {.cpu = 2, .memory = 60, .named = {{"gpu", 1}}}));
    CHECK_FALSE(takes(pool, {.cpu = 3}));
    CHECK_FALSE(takes(pool, {.memory = 41}));
    CHECK_FALSE(takes(pool, {.named = {{"gpu", 1}}}));
    CHECK(takes(pool, {.cpu = 2, .memory = 40, .io = 2}));
    CHECK_FALSE(takes(pool, {.cpu = 0, .io = 1}));
    pool.give_back({.cpu = 2, .memory = 60, .named = {{"gpu", 1}}});
    CHECK(takes(pool, {.named = {{"gpu", 1}}}));
    CHECK(pool.peak().memory == 100);
    CHECK(pool.peak().cpu == 4);
}

TEST_CASE("what can never be granted is named", "[executor]") {
    const ResourcePool pool({.cpu = 2, .memory = 100, .named = {{"gpu", 1}}});
    CHECK(pool.impossible({.cpu = 2, .memory = 100, .io = 50, .named = {{"gpu", 1}}}).empty());
    CHECK(pool.impossible({.cpu = 3, .memory = 101, .io = -1, .named = {{"gpu", 2}, {"tpu", 1}}, .rates = {"downloads"}}) ==
          std::vector<std::string>{"3 cpu of 2", "101 bytes of memory of 100", "-1 io: it cannot be negative", "2 gpu of 1",
                                   "unknown limit 'tpu'", "unknown rate 'downloads'"});
}

TEST_CASE("a rate lets so many start per period, and says when the next one may", "[executor]") {
    ResourcePool pool({.cpu = 100, .rates = {{"downloads", {.count = 3, .period = 1s}}}});
    const ResourcePool::Clock::time_point start = ResourcePool::Clock::now();
    int started = 0;
    for (auto passed = 0ms; passed < 10'000ms; passed += 10ms) {
        std::optional<ResourcePool::Clock::time_point> retry_at;
        if (pool.try_take({.cpu = 0, .rates = {"downloads"}}, start + passed, retry_at)) ++started;
        else CHECK(*retry_at == start + (passed / 1s + 1) * 1s);
    }
    CHECK(started == 30);
}

TEST_CASE("memory grows by a factor, up to what there is", "[executor]") {
    const ResourcePool pool({.cpu = 1, .memory = 1'000});
    CHECK(pool.grown({.memory = 600}, 1.5).memory == 900);
    CHECK(pool.grown({.memory = 900}, 1.5).memory == 1'000);
}

TEST_CASE("what is missing at the moment is named with what is free", "[executor]") {
    ResourcePool pool({.cpu = 2, .memory = 100, .io = 1, .named = {{"gpu", 1}}});
    const Demand demand{.cpu = 1, .memory = 60, .io = 1, .named = {{"gpu", 1}}};
    CHECK(pool.missing(demand).empty());
    std::optional<ResourcePool::Clock::time_point> retry_at;
    REQUIRE(pool.try_take(demand, ResourcePool::Clock::now(), retry_at));
    CHECK(pool.missing(demand) ==
          std::vector<std::string>{"60 bytes of memory (40 of 100 free)", "1 io (0 of 1 free)", "1 gpu (0 of 1 free)"});
    CHECK(pool.missing({.cpu = 2}) == std::vector<std::string>{"2 cpu (1 of 2 free)"});
    pool.give_back(demand);
    CHECK(pool.missing(demand).empty());
}

TEST_CASE("the most tasks at once is what the scarcest resource allows", "[executor]") {
    const Resources all{.cpu = 4, .memory = 1'000, .io = 3, .named = {{"gpu", 2}}};
    const auto most = [&](const Demand& demand) {
        const MostAtOnce result = most_at_once(all, demand);
        return std::to_string(result.count) + " " + result.limited_by;
    };
    CHECK(most({}) == "4 cpu");
    CHECK(most({.cpu = 3}) == "1 cpu");
    CHECK(most({.memory = 300}) == "3 memory");
    CHECK(most({.io = 2}) == "1 io");
    CHECK(most({.named = {{"gpu", 1}}}) == "2 gpu");
    CHECK(most({.cpu = 5}) == "0 cpu");
}
