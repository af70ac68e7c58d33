// The bounded queue beside oneTBB's, one producer and one consumer and two of each, 64 items at most. oneTBB's knows no bytes, no end and
// no cancellation; here an item of -1 for each consumer is its end.
#include <benchmark/benchmark.h>
#include <oneapi/tbb/concurrent_queue.h>

#include <optional>
#include <thread>
#include <vector>

#include "weft/executor/bounded_queue.hpp"

namespace weft::bench {
namespace {

constexpr int items_per_producer = 50'000;
constexpr std::size_t room = 64;

class OurQueue {
public:
    void push(int item) { queue_.push(item, sizeof item); }
    std::optional<int> pop() { return queue_.pop(); }
    void end(int) { queue_.close(); }

private:
    BoundedQueue<int> queue_{{.items = room}};
};

class TbbQueue {
public:
    TbbQueue() { queue_.set_capacity(room); }
    void push(int item) { queue_.push(item); }
    std::optional<int> pop() {
        int item = 0;
        queue_.pop(item);
        return item < 0 ? std::nullopt : std::optional(item);
    }
    void end(int consumers) {
        for (int i = 0; i < consumers; ++i) queue_.push(-1);
    }

private:
    tbb::concurrent_bounded_queue<int> queue_{};
};

template <class Queue>
void pass_on(benchmark::State& state, int pairs) {
    for (auto _ : state) {
        Queue queue;
        std::vector<std::jthread> consumers;
        for (int i = 0; i < pairs; ++i)
            consumers.emplace_back([&] {
                while (const std::optional<int> item = queue.pop()) benchmark::DoNotOptimize(*item);
            });
        {
            std::vector<std::jthread> producers;
            for (int i = 0; i < pairs; ++i)
                producers.emplace_back([&] {
                    for (int item = 0; item < items_per_producer; ++item) queue.push(item);
                });
        }
        queue.end(pairs);
    }
    state.SetItemsProcessed(state.iterations() * pairs * items_per_producer);
}

void pass_on_ours(benchmark::State& state, int pairs) { pass_on<OurQueue>(state, pairs); }
void pass_on_tbb(benchmark::State& state, int pairs) { pass_on<TbbQueue>(state, pairs); }

BENCHMARK_CAPTURE(pass_on_ours, one, 1)->Name("channel/1_to_1/bounded_queue")->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(pass_on_tbb, one, 1)->Name("channel/1_to_1/tbb")->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(pass_on_ours, two, 2)->Name("channel/2_to_2/bounded_queue")->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(pass_on_tbb, two, 2)->Name("channel/2_to_2/tbb")->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace weft::bench
