// Calls something at a given moment: timeouts, pauses between attempts, rate limits. One thread, started at the first use.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

namespace weft {

/// Any thread may call it, the called functions included. Functions run on the timer's own thread, one after another, so they
/// must be short and must not throw.
class Timer {
public:
    using Clock = std::chrono::steady_clock;
    using Ticket = std::pair<Clock::time_point, std::uint64_t>;

    Timer() = default;
    /// What is not due yet is never called; waits for the function that runs.
    ~Timer();
    Timer(const Timer&) = delete;
    Timer& operator=(const Timer&) = delete;

    Ticket at(Clock::time_point due, std::function<void()> call);
    Ticket after(Clock::duration delay, std::function<void()> call) { return at(Clock::now() + delay, std::move(call)); }

    /// Forgets it. False when it has been called already or is being called now.
    bool cancel(const Ticket& ticket);

private:
    void run();

    std::mutex mutex_{};
    std::condition_variable changed_{};
    std::map<Ticket, std::function<void()>> calls_{};
    std::uint64_t next_ = 0;
    bool ending_ = false;
    std::thread thread_{};
};

}  // namespace weft
