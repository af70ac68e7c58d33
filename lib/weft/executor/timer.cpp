#include "weft/executor/timer.hpp"

namespace weft {

Timer::~Timer() {
    {
        const std::lock_guard lock{mutex_};
        ending_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

Timer::Ticket Timer::at(Clock::time_point due, std::function<void()> call) {
    const std::lock_guard lock{mutex_};
    if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
    const Ticket ticket{due, next_++};
    calls_.emplace(ticket, std::move(call));
    if (calls_.begin()->first == ticket) changed_.notify_all();
    return ticket;
}

bool Timer::cancel(const Ticket& ticket) {
    const std::lock_guard lock{mutex_};
    return calls_.erase(ticket) > 0;
}

void Timer::run() {
    std::unique_lock lock{mutex_};
    while (!ending_) {
        if (calls_.empty()) {
            changed_.wait(lock);
        } else if (const Clock::time_point due = calls_.begin()->first.first; due > Clock::now()) {
            changed_.wait_until(lock, due);
        } else {
            const std::function<void()> call = std::move(calls_.begin()->second);
            calls_.erase(calls_.begin());
            lock.unlock();
            call();
            lock.lock();
        }
    }
}

}  // namespace weft
