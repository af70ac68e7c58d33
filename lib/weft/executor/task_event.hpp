// What happens to tasks, told while it happens: the stream from which progress lines, traces and reports are made.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace weft {

/// Each task ends in exactly one of the last four.
enum class TaskStatus : std::uint8_t { waiting, running, done, failed, skipped, cancelled };

constexpr std::string_view name_of(TaskStatus status) {
    constexpr std::string_view names[] = {"waiting", "running", "done", "failed", "skipped", "cancelled"};
    return names[static_cast<std::size_t>(status)];
}

struct TaskProgress {
    std::uint64_t done = 0;
    std::uint64_t total = 0;   // 0: not known
};

/// When and how often a task ran. Times are since the start of the run.
struct TaskMeta {
    std::chrono::nanoseconds ready{};    // its last dependency ended
    std::chrono::nanoseconds begin{};    // of the last attempt
    std::chrono::nanoseconds end{};
    int attempts = 0;
    std::uint64_t sub_tasks = 0;
};

enum class TaskEventKind : std::uint8_t { started, progress, log, retrying, ended };

/// The texts are only valid during the call.
struct TaskEvent {
    TaskEventKind kind = TaskEventKind::started;
    std::string_view task{};             // "align", or "align/chunk 3" for a sub-task
    TaskStatus status = TaskStatus::running;
    int attempt = 1;
    std::chrono::nanoseconds time{};     // since the start of the run
    std::chrono::nanoseconds ready{};    // when it could have started, likewise; of `started` alone
    TaskProgress progress{};
    std::string_view text{};             // log line, or why it failed, is tried again or was skipped
    std::string_view cause{};            // of one that was skipped: the task whose failure it was
};

/// Called from the threads that run tasks, several at a time. What it throws harms no task: it is counted.
using EventSink = std::function<void(const TaskEvent&)>;

}  // namespace weft
