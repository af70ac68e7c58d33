// The diary of one run: WORK/events.jsonl, one JSON object per line, readable while the run goes on and after it was killed.
//
// The tasks must not wait for it. A line is made on the stack of whoever reports, appended to a buffer under a short lock, and written
// by a thread of the log's own: every 100 ms, and at once when a stage has ended. Nothing waits for the disk, and a log that cannot be
// written is an excuse that the run can tell, never its end. The same thread samples what the process uses.
//
// Progress may come from every batch: of each task the last one per flush is kept.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "weft/executor/file_steps.hpp"
#include "weft/executor/process_usage.hpp"
#include "weft/executor/run_events.hpp"
#include "weft/executor/task_event.hpp"

namespace weft {

class EventLog {
public:
    /// Begins the log of a run in an existing work folder and keeps that of the run before. Throws SystemError.
    EventLog(const std::string& work_folder, const RunHead& head);
    /// Without `finish` the log has no end, as after a kill.
    ~EventLog();
    EventLog(const EventLog&) = delete;
    EventLog& operator=(const EventLog&) = delete;

    /// For ExecutorOptions::events. Any thread; the log must outlive the executor. What comes after `finish` is dropped.
    EventSink sink();

    /// Notes that a stage's result was there already. Any thread; the stage's own events are told as for any other.
    void reused(std::string_view stage);

    /// Writes the last line ("done", "partial", "failed", "cancelled") and closes. Once is enough, more is harmless.
    void finish(std::string_view status, int exit_code);

    /// Why lines are missing, when the disk refused them; empty when all is well.
    std::string problem() const;

private:
    using Clock = std::chrono::steady_clock;

    void add(const TaskEvent& event);
    void add_progress(const TaskEvent& event);
    void append(std::string_view line, bool urgent);
    void append_progress_of(std::string_view task);
    void append_all_progress();
    void keep_writing();
    void sample(Clock::time_point now);
    void flush(std::unique_lock<std::mutex>& lock);
    void end(std::string_view last_line);
    std::uint64_t microseconds(Clock::time_point now) const;

    struct Progress {
        std::uint64_t at = 0;
        TaskProgress progress{};
    };

    std::string path_;
    OpenFile file_{};
    std::atomic<Clock::rep> zero_{0};      // the executor's start on the clock, 0 until the first event
    ProcessUsage used_{};                  // at the sample before
    Clock::time_point sampled_{};
    std::string written_{};                // the other buffer, of the writing thread

    mutable std::mutex mutex_{};           // guards what follows
    std::condition_variable work_{};
    std::condition_variable room_{};
    std::string buffer_{};
    std::map<std::string, Progress, std::less<>> progress_{};   // told since the last flush
    bool urgent_ = false;
    bool ending_ = false;
    bool closed_ = false;
    std::string problem_{};
    std::thread thread_{};                 // last: it uses the others
};

}  // namespace weft
