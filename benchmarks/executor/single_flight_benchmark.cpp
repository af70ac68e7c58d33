// The cache beside a map under one mutex, which is held while a value is made: two threads, values that take 5 us, and 10, 50 or 90 of a
// hundred look-ups that find what they want. Items are look-ups.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "executor/spin.hpp"
#include "weft/executor/single_flight_cache.hpp"

namespace weft::bench {
namespace {

constexpr int threads = 2;
constexpr std::uint64_t look_ups = 5'000;   // of each thread
constexpr double microseconds = 5;          // to make a value
constexpr std::uint64_t known_keys = 64;    // that are there before

class OurCache {
public:
    std::shared_ptr<const std::uint64_t> get(std::uint64_t key, std::uint64_t rounds) {
        return cache_.get(key, [&] { return spin(rounds); }, [](std::uint64_t) { return sizeof(std::uint64_t); });
    }

private:
    SingleFlightCache<std::uint64_t, std::uint64_t> cache_{std::size_t{1} << 30};
};

class MapUnderMutex {
public:
    std::shared_ptr<const std::uint64_t> get(std::uint64_t key, std::uint64_t rounds) {
        const std::lock_guard lock{mutex_};
        std::shared_ptr<const std::uint64_t>& value = values_[key];
        if (!value) value = std::make_shared<const std::uint64_t>(spin(rounds));
        return value;
    }

private:
    std::mutex mutex_{};
    std::map<std::uint64_t, std::shared_ptr<const std::uint64_t>> values_{};
};

template <class Cache>
void look_up(benchmark::State& state) {
    const auto hits = static_cast<std::uint64_t>(state.range(0));
    const std::uint64_t rounds = rounds_of(microseconds);
    for (auto _ : state) {
        Cache cache;
        for (std::uint64_t key = 0; key < known_keys; ++key) cache.get(key, 1);
        std::vector<std::jthread> users;
        for (std::uint64_t user = 0; user < threads; ++user)
            users.emplace_back([&, user] {
                std::uint64_t fresh = known_keys + user * look_ups;
                for (std::uint64_t i = 0; i < look_ups; ++i)
                    benchmark::DoNotOptimize(cache.get(i * 37 % 100 < hits ? i % known_keys : fresh++, rounds));
            });
    }
    state.SetItemsProcessed(state.iterations() * threads * static_cast<std::int64_t>(look_ups));
}

BENCHMARK(look_up<OurCache>)->Name("single_flight/cache/hits")->Arg(10)->Arg(50)->Arg(90)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(look_up<MapUnderMutex>)->Name("single_flight/map_and_mutex/hits")->Arg(10)->Arg(50)->Arg(90)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace weft::bench
