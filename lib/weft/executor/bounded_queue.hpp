// A queue between threads whose producer waits when the consumer is slow: capped in items and in bytes.
//
// A mutex and two condition variables: what crosses it are batches, not records, so the lock is never the bottleneck
// (benchmarks/executor has it beside tbb::concurrent_bounded_queue, which knows no bytes and no end).
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

#include "weft/executor/cancellation.hpp"

namespace weft {

struct QueueCaps {
    std::size_t items = 64;
    std::size_t bytes = static_cast<std::size_t>(-1);   // as told to `push`; one larger item alone is let through
};

/// Any number of producers and consumers.
template <class Item>
class BoundedQueue {
public:
    explicit BoundedQueue(QueueCaps caps = {}) : caps_(caps) {}

    /// Waits for room. False when the queue was closed or `cancel` requested meanwhile; the item is then dropped.
    bool push(Item item, std::size_t bytes = 0, const CancellationToken& cancel = {}) {
        std::unique_lock lock{mutex_};
        wait(lock, room_, cancel, [&] { return closed_ || fits(bytes); });
        if (closed_ || cancel.requested()) return false;
        held_.emplace_back(std::move(item), bytes);
        bytes_ += bytes;
        most_items_ = std::max(most_items_, held_.size());
        most_bytes_ = std::max(most_bytes_, bytes_);
        lock.unlock();
        filled_.notify_one();
        return true;
    }

    /// Waits for an item. Nothing when the queue is closed and drained, or `cancel` was requested.
    std::optional<Item> pop(const CancellationToken& cancel = {}) {
        std::unique_lock lock{mutex_};
        wait(lock, filled_, cancel, [&] { return closed_ || !held_.empty(); });
        if (held_.empty() || cancel.requested()) return std::nullopt;
        std::optional<Item> item{std::move(held_.front().first)};
        bytes_ -= held_.front().second;
        held_.pop_front();
        lock.unlock();
        room_.notify_all();   // a waiting producer may need more room than this one item gave: let each look for itself
        return item;
    }

    /// No more items come. What is in the queue can still be taken; waiting producers give up.
    void close() {
        {
            const std::lock_guard lock{mutex_};
            closed_ = true;
        }
        room_.notify_all();
        filled_.notify_all();
    }

    std::size_t size() const {
        const std::lock_guard lock{mutex_};
        return held_.size();
    }

    /// The fullest that it has been.
    QueueCaps peak() const {
        const std::lock_guard lock{mutex_};
        return {most_items_, most_bytes_};
    }

private:
    /// How often a waiting thread looks at its cancellation token, which cannot wake it.
    static constexpr std::chrono::milliseconds look_again{20};

    template <class Ready>
    static void wait(std::unique_lock<std::mutex>& lock, std::condition_variable& changed, const CancellationToken& cancel, Ready ready) {
        if (cancel.flag() == nullptr) return changed.wait(lock, ready);
        while (!ready() && !cancel.requested()) changed.wait_for(lock, look_again);
    }

    bool fits(std::size_t bytes) const {
        return held_.empty() || (held_.size() < caps_.items && bytes_ <= caps_.bytes && bytes <= caps_.bytes - bytes_);
    }

    const QueueCaps caps_;
    mutable std::mutex mutex_{};
    std::condition_variable room_{};
    std::condition_variable filled_{};
    std::deque<std::pair<Item, std::size_t>> held_{};
    std::size_t bytes_ = 0;
    std::size_t most_items_ = 0;
    std::size_t most_bytes_ = 0;
    bool closed_ = false;
};

}  // namespace weft
