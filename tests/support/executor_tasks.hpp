// What the tests of the executor share: short looks into a report, and tasks that misbehave.
#pragma once

#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>

#include "weft/executor/hierarchical_executor.hpp"
#include "weft/model/error.hpp"

namespace weft::test {

inline TaskRecord record_of(const ExecutionReport& report, const std::string& name) {
    for (const TaskRecord& task : report.tasks())
        if (task.name == name) return task;
    throw std::logic_error("no task " + name);
}

/// "load:done parse:failed"
inline std::string statuses(const ExecutionReport& report) {
    std::string text;
    for (const TaskRecord& task : report.tasks()) text += (text.empty() ? "" : " ") + task.name + ":" + std::string(name_of(task.status));
    return text;
}

[[noreturn]] inline void fail_with(const std::string& text) { throw FormatError{{"genes.fa:7", text, ""}}; }

inline void sleep_unless_cancelled(TaskContext& task) {
    for (int i = 0; i < 2'000; ++i) {
        task.cancel().throw_if_requested();
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

}  // namespace weft::test
