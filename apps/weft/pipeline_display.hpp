// Tells on standard error how a pipeline goes: on a terminal a block of lines that is drawn over in place, below the lines of what has
// ended; elsewhere plain lines. What the lines say is made in weft/executor/progress_lines.hpp.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "weft/executor/progress_lines.hpp"
#include "weft/executor/task_event.hpp"

namespace weft {

/// Whether standard error is a terminal on which lines can be drawn over, and whether colours are wanted (https://no-color.org).
struct TerminalChoice {
    bool live = false;
    bool colour = false;
};
TerminalChoice terminal_choice();

/// Lives as long as the run. The block is erased by `finish` or the destructor, so that what is printed next starts clean.
class PipelineDisplay {
public:
    /// `stages` are all of the run; `units` say what the progress of a stage counts ("features").
    explicit PipelineDisplay(std::vector<std::string> stages, std::map<std::string, std::string> units = {},
                             TerminalChoice terminal = terminal_choice());
    ~PipelineDisplay();
    PipelineDisplay(const PipelineDisplay&) = delete;
    PipelineDisplay& operator=(const PipelineDisplay&) = delete;

    /// For ExecutorOptions::events. Any thread; the display must outlive the executor.
    EventSink sink();

    /// The result of a stage that runs was there already. Any thread.
    void reused(std::string_view stage);

    /// Prints a line that stays, above the block. Any thread.
    void say(const std::string& line);

    /// Ends the thread and erases the block. Once is enough, more is harmless.
    void finish();

private:
    using Clock = std::chrono::steady_clock;

    void add(const TaskEvent& event);
    void keep_drawing();
    void draw(const std::string& above);
    std::chrono::nanoseconds now() const { return zero_ ? Clock::now() - *zero_ : std::chrono::nanoseconds{}; }

    const bool live_;
    std::mutex mutex_{};
    std::condition_variable ended_{};
    bool end_ = false;
    ProgressLines lines_;
    std::optional<Clock::time_point> zero_{};   // the start of the run, told by the first event
    std::string above_{};                       // lines that stay and are not printed yet
    std::size_t drawn_lines_ = 0;               // of the block on the screen
    std::string drawn_{};
    Clock::time_point drawn_at_{};
    std::thread thread_{};                      // last: it uses the others
};

}  // namespace weft
