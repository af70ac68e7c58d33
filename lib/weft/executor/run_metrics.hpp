// The figures of a run: how long its stages took, how busy its threads were, how long ready tasks waited, what failed.
//
// A task here is a sub-task, or a stage that has none. Work of several attempts counts as work; as a task it counts once.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "weft/executor/run_timeline.hpp"

namespace weft {

/// How long tasks that could have run waited for a thread and for their tokens.
struct WaitingTimes {
    /// Upper ends of the classes; one more has no end.
    static constexpr std::array<double, 10> seconds{1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10, 60, 600, 3'600};

    std::array<std::uint64_t, seconds.size() + 1> counts{};
    std::uint64_t total = 0;
    double sum = 0;                      // seconds
    double median = 0;                   // seconds; of the smallest value that so many do not exceed
    double percentile_99 = 0;            // seconds
    double longest = 0;                  // seconds
};

struct StageMetrics {
    std::string name{};
    std::string kind{};
    std::string status{};
    bool critical = false;
    double seconds = 0;                  // from begin to end
    double busy = 0;                     // seconds of all its work
    std::map<std::string, std::uint64_t> tasks{};   // by how they ended
    std::uint64_t retries = 0;
    double longest = 0;                  // seconds of its longest task
    WaitingTimes waiting{};

    std::uint64_t task_count() const;
};

struct RunMetrics {
    std::string pipeline{};
    std::string status{};
    int exit_code = 0;
    int threads = 0;
    double seconds = 0;                  // wall time
    double busy = 0;                     // seconds of all work but that of stages that mostly sleep
    double utilisation = 0;              // busy of what the threads could have been, 0 to 1
    double cpu_seconds = 0;              // of the process, by its samples
    std::uint64_t peak_memory = 0;       // bytes
    std::map<std::string, std::uint64_t> stage_statuses{};
    std::map<std::string, std::uint64_t> task_statuses{};
    std::uint64_t retries = 0;
    double tasks_per_second = 0;         // that were done
    double failed_share = 0;             // of the tasks that were done or failed
    WaitingTimes waiting{};
    std::int64_t most_running = 0;
    double mean_running = 0;
    std::vector<std::string> critical_path{};
    double critical_seconds = 0;
    std::vector<std::pair<std::string, double>> slowest{};   // 20 tasks, seconds
    std::vector<StageMetrics> stages{};  // in the order of the timeline
};

RunMetrics metrics_of(const RunEvents& run);

/// For people: a screen of text.
std::string metrics_text(const RunMetrics& metrics);

/// In the text format of Prometheus, version 0.0.4.
std::string metrics_prometheus(const RunMetrics& metrics);

}  // namespace weft
