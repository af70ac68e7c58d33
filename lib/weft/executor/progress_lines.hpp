// What is told about a run while it goes on, line by line: pure text from events and a clock, so that it can be tested; who prints it
// and where is the caller's business.
//
// A stage that ended gives a line that stays. On a terminal each running stage has a line that is drawn over and over; elsewhere, in
// a log file, there is a line when a stage starts and now and then one on how far it is.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "weft/executor/stage_names.hpp"
#include "weft/executor/task_event.hpp"

namespace weft {

struct ProgressOptions {
    bool live = false;                                 // on a terminal: no lines for starts and progress, `running` has them
    bool colour = false;
    std::vector<std::string> stages{};                 // all of the run, so that columns fit from the start
    std::map<std::string, std::string> units{};        // of stages: what their progress counts, "features"
    std::chrono::seconds plain_interval{10};           // between two lines on the progress of one stage
};

/// For one thread at a time. All times are since the start of the run.
class ProgressLines {
public:
    using Time = std::chrono::nanoseconds;

    explicit ProgressLines(ProgressOptions options);

    /// Takes in what happened; the lines that this gives for good, each with its end. Mostly none.
    std::string add(const TaskEvent& event);

    /// The result of that stage, which has not ended yet, was there already.
    void reused(std::string_view stage);

    /// Lines on progress that are due where there is no terminal.
    std::string due(Time now);

    /// One line for each running stage, in the order in which they started, none longer than `width` columns; where there are more than
    /// `most`, the last one says how many are left out.
    std::vector<std::string> running(Time now, std::size_t width, std::size_t most) const;

private:
    struct Stage {
        bool runs = false;
        bool reused = false;
        Time begin{};
        TaskProgress own{};
        std::uint64_t done_by_sub_tasks = 0;           // as they told, of those that ended
        std::map<std::string, std::uint64_t, std::less<>> running_sub_tasks{};   // and what they told
        std::uint64_t ended_sub_tasks = 0;
        std::uint64_t failed_sub_tasks = 0;
        Time told{};                                   // when a line was last written on it
        std::uint64_t told_done = 0;
    };

    std::string own_event(const TaskEvent& event, std::size_t index);
    void sub_task_event(const TaskEvent& event, Stage& stage);
    std::string end_line(const TaskEvent& event, std::size_t index) const;
    std::string running_text(std::size_t index, Time now) const;
    std::string amount(std::size_t index) const;
    std::uint64_t done(const Stage& stage) const;
    std::string labelled(std::size_t index, const std::string& text) const;
    std::string painted(std::string_view status) const;

    ProgressOptions options_;
    StageNames names_{};
    std::vector<Stage> stages_{};
    std::vector<std::size_t> running_{};               // by start
    std::size_t name_width_ = 0;
};

}  // namespace weft
