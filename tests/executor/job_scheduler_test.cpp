// Jobs on their lanes, at their times, and a run that does not end while something is held.
#include "weft/executor/job_scheduler.hpp"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <thread>
#include <vector>

using namespace weft;
using namespace std::chrono_literals;

TEST_CASE("a run ends when nothing runs, waits, or is held", "[executor]") {
    for (const int threads : {1, 3}) {
        JobScheduler scheduler({.threads = threads, .resources = {.cpu = threads}});
        std::atomic<int> ran{0};
        std::thread elsewhere;
        scheduler.run([&] {
            for (int i = 0; i < 10; ++i) scheduler.spawn([&] { ++ran; });
            for (int i = 0; i < 10; ++i) scheduler.submit({.work = [&] { ++ran; }});
            scheduler.submit_at(Timer::Clock::now() + 10ms, {.work = [&] { ++ran; }});
            scheduler.hold();
            elsewhere = std::thread([&] {
                std::this_thread::sleep_for(30ms);
                scheduler.post([&] { ++ran; });
                scheduler.release();
            });
        });
        elsewhere.join();
        CHECK(ran == 22);
        CHECK(scheduler.queued() == 0);
    }
}

TEST_CASE("blocking_test: sleepers on their own lane leave the processors to the others", "[executor]") {
    JobScheduler scheduler({.threads = 1, .blocking_threads = 4, .resources = {.cpu = 1}});
    std::atomic<int> asleep{0}, most_asleep{0};
    std::atomic<bool> computed_meanwhile{false};
    scheduler.run([&] {
        for (int i = 0; i < 4; ++i)
            scheduler.submit({.work = [&] {
                                  most_asleep = std::max(most_asleep.load(), ++asleep);
                                  for (int wait = 0; wait < 5'000 && !computed_meanwhile; ++wait) std::this_thread::sleep_for(1ms);
                                  --asleep;
                              },
                              .demand = {.cpu = 0},
                              .lane = Lane::blocking});
        scheduler.submit({.work = [&] { computed_meanwhile = true; }});
    });
    CHECK(computed_meanwhile);
    CHECK(most_asleep >= 1);
}

TEST_CASE("a rate spreads the starts over time without a thread that waits", "[executor]") {
    JobScheduler scheduler({.threads = 2, .resources = {.cpu = 2, .rates = {{"downloads", {.count = 2, .period = 20ms}}}}});
    std::atomic<int> ran{0};
    const auto start = Timer::Clock::now();
    scheduler.run([&] {
        for (int i = 0; i < 6; ++i) scheduler.submit({.work = [&] { ++ran; }, .demand = {.rates = {"downloads"}}});
    });
    CHECK(ran == 6);
    CHECK(Timer::Clock::now() - start >= 40ms);   // two at once, two after 20 ms, two after 40 ms
}

TEST_CASE("among jobs that wait for the same token the most urgent one is always next", "[executor]") {
    for (int round = 0; round < 20; ++round) {
        JobScheduler scheduler({.threads = 4, .resources = {.cpu = 1}});
        std::vector<int> order;
        scheduler.run([&] {
            scheduler.submit({.work = [&] {
                for (int i = 0; i < 200; ++i) scheduler.submit({.work = [&order, i] { order.push_back(i); }, .priority = static_cast<double>(i % 7)});
            }});
        });
        std::vector<int> expected(200);
        for (int i = 0; i < 200; ++i) expected[static_cast<std::size_t>(i)] = i;
        std::stable_sort(expected.begin(), expected.end(), [](int a, int b) { return a % 7 > b % 7; });
        REQUIRE(order == expected);
    }
}

TEST_CASE("what one large job gives back starts as many small ones as there are threads", "[executor]") {
    JobScheduler scheduler({.threads = 4, .resources = {.cpu = 4}});
    std::atomic<int> at_work{0};
    std::atomic<bool> all{false};
    scheduler.run([&] {
        std::vector<Job> jobs;
        jobs.push_back({.work = [] { std::this_thread::sleep_for(20ms); }, .priority = 1, .demand = {.cpu = 4}});
        for (int i = 0; i < 4; ++i)
            jobs.push_back({.work = [&] {
                if (++at_work == 4) all = true;
                for (int wait = 0; wait < 10'000 && !all; ++wait) std::this_thread::sleep_for(1ms);   // each for all the others
                --at_work;
            }});
        scheduler.submit(std::move(jobs));
    });
    CHECK(all);
}
