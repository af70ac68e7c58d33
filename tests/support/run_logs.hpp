// Logs of runs that never were, made line by line: for what is told about a run afterwards.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "weft/executor/run_events.hpp"

namespace weft::test {

/// Times are in milliseconds.
class RunLog {
public:
    explicit RunLog(std::vector<StageHead> stages = {}, int threads = 2) {
        run.head = {.pipeline = "p",
                    .command = "weft run p.yaml",
                    .started = "2026-11-25T12:00:00Z",
                    .threads = threads,
                    .stages = std::move(stages)};
    }

    RunLog& started(const std::string& task, double at, std::optional<double> ready = {}, int attempt = 1) {
        return add({.kind = TaskEventKind::started, .attempt = attempt, .ready = time(ready.value_or(at))}, task, at);
    }
    RunLog& ended(const std::string& task, double at, TaskStatus status = TaskStatus::done, const std::string& why = "",
                  const std::string& cause = "") {
        return add({.kind = TaskEventKind::ended, .status = status, .text = why, .cause = cause}, task, at);
    }
    RunLog& retrying(const std::string& task, double at, const std::string& why) {
        return add({.kind = TaskEventKind::retrying, .text = why}, task, at);
    }
    RunLog& log(const std::string& task, double at, const std::string& line) {
        return add({.kind = TaskEventKind::log, .text = line}, task, at);
    }
    RunLog& progress(const std::string& task, double at, std::uint64_t done, std::uint64_t total) {
        return add({.kind = TaskEventKind::progress, .progress = {done, total}}, task, at);
    }
    /// A task that was ready at once or at `ready`.
    RunLog& task(const std::string& name, double begin, double end, std::optional<double> ready = {}) {
        return started(name, begin, ready).ended(name, end);
    }

    RunLog& sample(double at, double cpu_percent, std::uint64_t resident, std::uint64_t read_bytes = 0, std::uint64_t swapped = 0) {
        run.samples.push_back(
            {.at = time(at), .cpu_percent = cpu_percent, .resident = resident, .swapped = swapped, .read_bytes = read_bytes});
        run.peak_memory = std::max(run.peak_memory, resident);
        run.end = std::max(run.end, time(at));
        return *this;
    }
    RunLog& end(const std::string& status, int exit_code, double at) {
        run.status = status;
        run.exit_code = exit_code;
        run.end = std::max(run.end, time(at));
        return *this;
    }

    RunEvents run{};

private:
    static std::chrono::microseconds time(double milliseconds) {
        return std::chrono::microseconds(static_cast<std::int64_t>(milliseconds * 1e3 + 0.5));
    }

    RunLog& add(LoggedEvent event, const std::string& task, double at) {
        const auto [known, is_new] = index_.try_emplace(task, static_cast<std::uint32_t>(run.names.size()));
        if (is_new) run.names.push_back(task);
        event.task = known->second;
        event.at = time(at);
        run.events.push_back(std::move(event));
        run.end = std::max(run.end, time(at));
        return *this;
    }

    std::map<std::string, std::uint32_t> index_{};
};

}  // namespace weft::test
