// What the event log of a run tells, read back: whatever is said about a run afterwards (times, pictures, advice) is said from here,
// so that it can be said as well of a run that failed or was killed.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "weft/executor/resources.hpp"
#include "weft/executor/task_event.hpp"

namespace weft {

/// One stage as it was planned.
struct StageHead {
    std::string name{};
    std::string kind{};                    // "align", as the pipeline file calls it
    std::vector<std::string> needs{};      // names of stages
    Demand demand{};                       // of each of its tasks; rates are not kept
    bool blocking = false;                 // it mostly sleeps
    bool external = false;                 // other programs do its work: their processor time is not that of this process
};

/// The run as it was planned: the first line of the log.
struct RunHead {
    std::string pipeline{};
    std::string command{};
    std::string started{};                 // UTC, "2026-11-25T12:00:00Z"
    int threads = 0;
    std::int64_t memory = 0;               // budget in bytes; 0: none
    int io = 0;                            // slots; 0: not counted
    std::map<std::string, int> limits{};   // named ones
    std::vector<StageHead> stages{};
};

/// TaskEvent as it was written, times in whole microseconds.
struct LoggedEvent {
    TaskEventKind kind = TaskEventKind::started;
    std::uint32_t task = 0;                // index in RunEvents::names
    TaskStatus status = TaskStatus::running;
    int attempt = 1;
    std::chrono::microseconds at{};
    std::chrono::microseconds ready{};     // of `started`
    TaskProgress progress{};
    std::string text{};
    std::string cause{};                   // of one that was skipped
};

struct ResourceSample {
    std::chrono::microseconds at{};
    double cpu_percent = 0;                // since the sample before; 100 is one processor
    double crowded_percent = 0;            // likewise: threads could have run, but others had the processors
    std::uint64_t resident = 0;            // bytes
    std::uint64_t swapped = 0;             // bytes
    std::uint64_t read_bytes = 0;          // from disks, since the start of the process
    std::uint64_t written_bytes = 0;       // to disks, likewise
};

struct RunEvents {
    RunHead head{};
    std::vector<std::string> names{};      // of tasks and sub-tasks, in the order in which they were met
    std::vector<LoggedEvent> events{};     // as written: those of one task in their order, those of several not always in that of time
    std::vector<ResourceSample> samples{};
    std::set<std::string> reused{};        // stages whose results were there already
    std::string status = "killed";         // as told to EventLog::finish
    int exit_code = 0;                     // likewise; of a run that was killed nobody knows it
    std::chrono::microseconds end{};       // the latest time that was told
    std::uint64_t peak_memory = 0;         // bytes resident
    std::uint64_t damaged_lines = 0;       // that were passed over; a last line without its end is none of them
};

inline constexpr int event_log_version = 1;

/// Reads a log. A torn last line is ignored. Throws SystemError when there is none, FormatError when it has no head of this version.
RunEvents read_event_log(const std::string& path);

/// The names of the log of a work folder and of that of the run before.
std::string event_log_path(const std::string& work_folder);
std::string previous_event_log_path(const std::string& work_folder);

}  // namespace weft
