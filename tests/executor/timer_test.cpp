#include "weft/executor/timer.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <thread>
#include <vector>

using namespace weft;
using namespace std::chrono_literals;

TEST_CASE("calls come in the order of their times, none before its time", "[executor]") {
    std::vector<int> order;
    std::atomic<int> called{0};
    std::atomic<bool> early{false};
    Timer timer;
    const auto start = Timer::Clock::now();
    for (const int ms : {30, 10, 20})
        timer.after(std::chrono::milliseconds(ms), [&, ms] {
            early = early || Timer::Clock::now() - start < std::chrono::milliseconds(ms);
            order.push_back(ms);
            ++called;
        });
    while (called < 3) std::this_thread::sleep_for(1ms);
    CHECK(order == std::vector{10, 20, 30});
    CHECK_FALSE(early);
}

TEST_CASE("what is cancelled, or not due when the timer goes, is never called", "[executor]") {
    std::atomic<int> called{0};
    {
        Timer timer;
        const Timer::Ticket ticket = timer.after(1h, [&] { ++called; });
        timer.after(2h, [&] { ++called; });
        CHECK(timer.cancel(ticket));
        CHECK_FALSE(timer.cancel(ticket));
    }
    CHECK(called == 0);
}
