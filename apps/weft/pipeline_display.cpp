#include "pipeline_display.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include <fmt/format.h>

#include "console.hpp"

namespace weft {
namespace {

constexpr auto refresh = std::chrono::milliseconds{100};
constexpr std::size_t most_lines = 12;   // of the block, on a screen that is high enough

struct ScreenSize {
    std::size_t columns = 80;
    std::size_t rows = 24;
};

/// Asked for at each drawing: windows change.
ScreenSize screen_size() {
    winsize size{};
    if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return {};
    return {size.ws_col, size.ws_row};
}

bool is_set(const char* variable) {
    const char* const value = std::getenv(variable);
    return value != nullptr && *value != '\0';
}

void print(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stderr); }

}  // namespace

TerminalChoice terminal_choice() {
    const char* const kind = std::getenv("TERM");
    const bool live = is_terminal(STDERR_FILENO) && kind != nullptr && std::string_view(kind) != "dumb";
    return {live, live && !is_set("NO_COLOR")};
}

PipelineDisplay::PipelineDisplay(std::vector<std::string> stages, std::map<std::string, std::string> units, TerminalChoice terminal)
    : live_(terminal.live),
      lines_({.live = terminal.live, .colour = terminal.colour, .stages = std::move(stages), .units = std::move(units)}),
      thread_([this] { keep_drawing(); }) {}

PipelineDisplay::~PipelineDisplay() { finish(); }

EventSink PipelineDisplay::sink() {
    return [this](const TaskEvent& event) { add(event); };
}

void PipelineDisplay::add(const TaskEvent& event) {
    const std::lock_guard lock{mutex_};
    if (end_) return;
    if (!zero_) zero_ = Clock::now() - event.time;
    const std::string stays = lines_.add(event);
    if (!stays.empty()) draw(stays);
}

void PipelineDisplay::reused(std::string_view stage) {
    const std::lock_guard lock{mutex_};
    lines_.reused(stage);
}

void PipelineDisplay::say(const std::string& line) {
    const std::lock_guard lock{mutex_};
    draw(line + "\n");
}

void PipelineDisplay::keep_drawing() {
    std::unique_lock lock{mutex_};
    while (!ended_.wait_for(lock, refresh, [this] { return end_; })) draw(lines_.due(now()));
}

/// Prints lines that stay and the block below them, in one write; on a terminal not before it is time again. Under the lock.
void PipelineDisplay::draw(const std::string& above) {
    if (!live_) {
        if (!above.empty()) print(above);
        return;
    }
    above_ += above;
    const Clock::time_point time = Clock::now();
    if (!end_ && time - drawn_at_ < refresh) return;   // the thread comes soon
    drawn_at_ = time;
    const ScreenSize screen = screen_size();
    std::string block;
    std::size_t lines = 0;
    if (!end_) {
        // The last column stays free: some terminals go to the next line when it is written to.
        for (const std::string& line : lines_.running(now(), screen.columns - 1, std::min(most_lines, screen.rows / 2))) {
            block += line + "\n";
            ++lines;
        }
    }
    if (above_.empty() && block == drawn_) return;
    const std::string back = drawn_lines_ == 0 ? "" : fmt::format("\033[{}A\r\033[J", drawn_lines_);
    print(back + above_ + block);
    above_.clear();
    drawn_ = std::move(block);
    drawn_lines_ = lines;
}

void PipelineDisplay::finish() {
    if (!thread_.joinable()) return;
    {
        const std::lock_guard lock{mutex_};
        end_ = true;
    }
    ended_.notify_all();
    thread_.join();
    draw("");
}

}  // namespace weft
