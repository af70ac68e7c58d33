// Results in order, whatever the threads and the grain; failures; small work stays on its thread.
#include "weft/executor/parallel_map.hpp"

#include <catch2/catch.hpp>
#include <mutex>
#include <numeric>
#include <set>
#include <stdexcept>
#include <thread>

#include "weft/model/error.hpp"

using namespace weft;

TEST_CASE("map_test: results come in the order of the items", "[executor]") {
    std::vector<int> items(10'000);
    std::iota(items.begin(), items.end(), 0);
    for (const int threads : {0, 1, 2, 5}) {
        for (const std::size_t grain : {0, 1, 64, 100'000}) {
            const auto outcomes = parallel_map(items, [](int item) { return std::to_string(item); }, {.threads = threads, .grain = grain});
            REQUIRE(outcomes.size() == items.size());
            for (std::size_t i = 0; i < outcomes.size(); ++i) REQUIRE(outcomes[i].value == std::to_string(i));
        }
    }
    CHECK(parallel_map(std::vector<int>{}, [](int) { return 1; }).empty());
}

TEST_CASE("items may be changed in place by a function without a result", "[executor]") {
    std::vector<int> items(1'000, 1);
    const auto outcomes = parallel_map(items, [](int& item) { item += 1; }, {.threads = 3});
    CHECK(std::accumulate(items.begin(), items.end(), 0) == 2'000);
    CHECK(outcomes.back().status == TaskStatus::done);
}

TEST_CASE("failures stay with their items, or the lowest one ends it all", "[executor]") {
    std::vector<int> items(1'000);
    std::iota(items.begin(), items.end(), 0);
    const auto odd = [](int item) {
        if (item % 100 == 7) throw std::runtime_error("item " + std::to_string(item));
        return item;
    };
    const auto outcomes = parallel_map(items, odd, {.threads = 3, .on_error = OnError::keep_going});
    for (int i = 0; i < 1'000; ++i) {
        const Outcome<int>& outcome = outcomes[static_cast<std::size_t>(i)];
        if (i % 100 == 7) CHECK(outcome.reason == "item " + std::to_string(i));
        else CHECK(outcome.value == i);
    }
    CHECK_THROWS_WITH(parallel_map(items, odd, {.threads = 1}), "item 7");
    CHECK_THROWS_AS(parallel_map(items, odd, {.threads = 4}), std::runtime_error);
}

TEST_CASE("a cancelled map throws Cancelled", "[executor]") {
    CancellationSource cancel;
    std::vector<int> items(1'000, 0);
    int ran = 0;
    const auto body = [&](int) {
        if (++ran == 10) cancel.request("enough");
    };
    CHECK_THROWS_AS(parallel_map(items, body, {.threads = 1, .cancel = cancel.token()}), Cancelled);
    CHECK(ran == 10);
}

TEST_CASE("map_test: work of a few microseconds stays on the calling thread", "[executor]") {
    std::mutex mutex;
    std::set<std::thread::id> threads;
    parallel_map(std::vector<int>(8, 0), [&](int) {
        const std::lock_guard lock{mutex};
        threads.insert(std::this_thread::get_id());
    }, {.threads = 4, .alone = std::chrono::seconds(1)});
    CHECK(threads == std::set<std::thread::id>{std::this_thread::get_id()});
}
