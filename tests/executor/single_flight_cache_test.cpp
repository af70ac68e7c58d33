#include "weft/executor/single_flight_cache.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace weft;

namespace {

std::size_t size_of(const std::string& text) { return text.size(); }

}  // namespace

TEST_CASE("single_flight_test: many threads, one call", "[executor]") {
    SingleFlightCache<int, std::string> cache(1 << 20);
    std::atomic<int> calls{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t)
        threads.emplace_back([&] {
            for (int key = 0; key < 50; ++key) {
                const auto value = cache.get(key, [&] {
                    ++calls;
                    std::this_thread::sleep_for(std::chrono::microseconds(200));
                    return std::to_string(key);
                }, size_of);
                REQUIRE(*value == std::to_string(key));
            }
        });
    for (std::thread& thread : threads) thread.join();
    CHECK(calls == 50);
    CHECK(cache.counts().misses == 50);
    CHECK(cache.counts().hits == 350);
}

TEST_CASE("a throw reaches who waited and is not kept", "[executor]") {
    SingleFlightCache<std::string, std::string> cache(1 << 20);
    const auto bad = []() -> std::string { throw std::runtime_error("no such file"); };
    CHECK_THROWS_WITH(cache.get("a", bad, size_of), "no such file");
    CHECK(*cache.get("a", [] { return std::string("now"); }, size_of) == "now");
}

TEST_CASE("bytes stay below the limit, the oldest go first, and what is held lives on", "[executor]") {
    SingleFlightCache<int, std::string> cache(16 * 100);
    const auto first = cache.get(0, [] { return std::string(60, 'x'); }, size_of);
    for (int key = 1; key < 500; ++key) {
        cache.get(key, [] { return std::string(60, 'y'); }, size_of);
        REQUIRE(cache.bytes() <= 16 * 100);
    }
    CHECK(cache.counts().evictions > 400);
    CHECK(*first == std::string(60, 'x'));
    const auto huge = cache.get(1'000, [] { return std::string(5'000, 'z'); }, size_of);   // never kept
    CHECK(huge->size() == 5'000);
    CHECK(cache.bytes() <= 16 * 100);
}
