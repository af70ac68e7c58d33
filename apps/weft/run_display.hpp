// Watches a run from a thread of its own: the progress line on a terminal, the peak of private memory, and the end after a
// signal when the run itself cannot end, because it is blocked in reading a pipe that says nothing.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "weft/parallel/run_report.hpp"

namespace weft {

struct DisplayOptions {
    bool progress_line = false;                        // redraw a line on standard error
    std::function<void()> before_forced_end = [] {};   // called when a signal was not followed for a second, before the exit
};

/// Lives as long as the run. The line is erased by `finish` or the destructor, so that what is printed next starts clean.
class RunDisplay {
public:
    RunDisplay(const RunProgress& progress, const DisplayOptions& options);
    ~RunDisplay();
    RunDisplay(const RunDisplay&) = delete;
    RunDisplay& operator=(const RunDisplay&) = delete;

    /// Ends the thread and erases the line. Once is enough, more is harmless.
    void finish();

    /// Largest private memory seen, in bytes; final after `finish`.
    std::uint64_t peak_private_memory() const { return peak_private_memory_; }

private:
    void watch();
    void draw();

    const RunProgress& progress_;
    DisplayOptions options_;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    std::uint64_t peak_private_memory_ = 0;
    std::mutex mutex_;
    std::condition_variable ended_;
    bool end_ = false;
    bool drawn_ = false;
    std::thread thread_;   // last: it uses the others
};

/// The progress line: "12,345 features, 45.2 Mb, 12.3 Mb/s, 34 %, 0:12 left". Seconds since the start of the run.
std::string progress_text(const RunProgress& progress, double seconds);

/// Bytes of this process that it shares with no other, and bytes of mapped files in memory.
struct MemoryUse {
    std::uint64_t private_bytes = 0;
    std::uint64_t shared_bytes = 0;
};
MemoryUse memory_use();

}  // namespace weft
