#include "weft/executor/bounded_queue.hpp"

#include <catch2/catch.hpp>
#include <memory>
#include <numeric>
#include <thread>
#include <vector>

using namespace weft;

TEST_CASE("backpressure_test: a slow consumer holds the producers back, in items and in bytes", "[executor]") {
    struct Row {
        QueueCaps caps;
        std::size_t bytes_per_item;
    };
    for (const Row& row : {Row{{4, 1'000'000}, 10}, Row{{1'000, 100}, 30}, Row{{1, 1}, 1}}) {
        BoundedQueue<std::unique_ptr<int>> queue(row.caps);
        constexpr int per_producer = 500;
        std::vector<std::thread> producers;
        for (int p = 0; p < 3; ++p)
            producers.emplace_back([&, p] {
                for (int i = 0; i < per_producer; ++i) queue.push(std::make_unique<int>(p * per_producer + i), row.bytes_per_item);
            });
        std::thread closing([&] {
            for (std::thread& producer : producers) producer.join();
            queue.close();
        });
        std::int64_t sum = 0;
        while (const auto item = queue.pop()) sum += **item;
        closing.join();
        CHECK(sum == 1'500 * 1'499 / 2);
        CHECK(queue.peak().items <= row.caps.items);
        CHECK(queue.peak().bytes <= row.caps.bytes);
        CHECK(queue.size() == 0);
    }
}

TEST_CASE("items keep their order, and what is in a closed queue can still be taken", "[executor]") {
    BoundedQueue<int> queue;
    CHECK(queue.push(1));
    CHECK(queue.push(2));
    queue.close();
    CHECK_FALSE(queue.push(3));
    CHECK(queue.pop() == 1);
    CHECK(queue.pop() == 2);
    CHECK(queue.pop() == std::nullopt);
}

TEST_CASE("an item larger than the cap passes alone", "[executor]") {
    BoundedQueue<int> queue({.items = 5, .bytes = 10});
    CHECK(queue.push(1, 1'000));
    CHECK(queue.pop() == 1);
}

TEST_CASE("cancelling frees who waits", "[executor]") {
    BoundedQueue<int> queue({.items = 1});
    CancellationSource cancel;
    queue.push(1);
    std::thread producer([&] { CHECK_FALSE(queue.push(2, 0, cancel.token())); });
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    cancel.request();
    producer.join();
    CHECK(queue.pop(cancel.token()) == std::nullopt);
}
