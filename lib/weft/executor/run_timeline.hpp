// A run laid out in time: which stage stood when, and which piece of work ran beside which. Metrics, traces, advice and the report are
// all read off this, so that they cannot contradict each other.
//
// A stage with sub-tasks does little itself: its time is that of its sub-tasks, and only what it does before the first and after the
// last of them counts as work of its own. So at any moment the spans are what threads were busy with, never counted twice.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "weft/executor/run_events.hpp"

namespace weft {

using Microseconds = std::chrono::microseconds;

/// One attempt of a sub-task or of a stage without any, or what a stage did before or after its sub-tasks.
struct WorkSpan {
    std::string name{};                        // "align/chunk 3", "align (after its sub-tasks)"
    std::size_t stage = 0;                     // index in RunTimeline::stages
    TaskStatus status = TaskStatus::running;   // running: the log ends before it does
    bool again = false;                        // it failed and was tried again
    int attempt = 1;
    int lane = 0;                              // spans of one lane do not overlap; the lowest that is free
    std::optional<Microseconds> ready{};       // of first attempts
    Microseconds begin{};
    Microseconds end{};

    Microseconds length() const { return end - begin; }
};

struct StageTime {
    StageHead plan{};
    std::string status = "waiting";            // running, done, reused, failed, skipped, cancelled
    std::optional<Microseconds> ready{};
    std::optional<Microseconds> begin{};       // of the first attempt
    std::optional<Microseconds> end{};
    int attempts = 0;
    std::uint64_t sub_tasks = 0;
    std::uint64_t failed_sub_tasks = 0;        // for good
    std::uint64_t retries = 0;                 // of its own and of its sub-tasks
    bool critical = false;                     // on the path that took longest
    std::string reason{};                      // why it failed, was skipped or cancelled
    std::string cause{};                       // when skipped: the stage whose failure it was
    TaskProgress progress{};                   // the last that it told itself
    std::vector<std::string> log_tail{};       // the last lines of it and its sub-tasks

    /// From begin to end, of one that runs to the end of the log; 0 for one that never ran.
    Microseconds length() const { return begin && end ? *end - *begin : Microseconds{}; }
};

struct RunTimeline {
    std::vector<StageTime> stages{};           // what is needed before what needs it
    std::vector<WorkSpan> spans{};             // by begin
    std::vector<std::size_t> stage_of{};       // of each of RunEvents::names, index in stages
    std::vector<std::string> critical_path{};  // names of stages
    Microseconds end{};
    int lanes = 0;
};

/// Stages that the head does not name are added as they are met. O((events + stages) log events).
RunTimeline timeline_of(const RunEvents& run);

/// How many spans ran from each moment on until the next. Where there are more than `most` changes, means over that many equal
/// parts of the run, rounded.
std::vector<std::pair<Microseconds, std::int64_t>> running_curve(const RunTimeline& timeline, std::size_t most);

}  // namespace weft
