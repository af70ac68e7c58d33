// Speaks up when a run has gone quiet: who runs, who waits for whom and for what.
//
// Tasks of the executor cannot wait for each other's tokens, but a task can wait for the handle of another one that will never get its
// own. Such a deadlock is certain when every running task waits and nothing can start, and is told soon. Mere silence may be long work,
// and is told later, and more and more rarely.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "weft/executor/hierarchical_executor.hpp"

namespace weft {

struct StallOptions {
    std::chrono::milliseconds deadlock_after{5'000};   // without any event
    std::chrono::milliseconds silence_after{60'000};   // likewise, while tasks wait; then after twice that, and so on
};

class StallWatch {
public:
    /// `tell` is called from a thread of the watch with several lines, the last one without its end.
    explicit StallWatch(std::function<void(const std::string&)> tell, StallOptions options = {});
    ~StallWatch();
    StallWatch(const StallWatch&) = delete;
    StallWatch& operator=(const StallWatch&) = delete;

    /// For ExecutorOptions::events; the watch must outlive the executor's run.
    EventSink sink();

    /// Begins to watch, until `stop` or the destructor: one of them must come before the executor goes.
    void watch(const HierarchicalExecutor& executor);
    void stop();

private:
    void keep_looking(const HierarchicalExecutor& executor);

    std::function<void(const std::string&)> tell_;
    StallOptions options_;
    std::atomic<std::uint64_t> events_{0};
    std::mutex mutex_{};
    std::condition_variable ended_{};
    bool end_ = false;
    std::thread thread_{};   // last: it uses the others
};

/// What the watch says after so much silence.
std::string stall_text(const ExecutorSnapshot& snapshot, std::chrono::milliseconds silence);

}  // namespace weft
