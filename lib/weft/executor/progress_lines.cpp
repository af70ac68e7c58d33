#include "weft/executor/progress_lines.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "weft/model/readable.hpp"
#include "weft/model/utf8.hpp"

namespace weft {
namespace {

constexpr std::size_t widest_name = 32;
constexpr std::size_t status_width = 9;          // "cancelled"
constexpr double shortest_for_rate = 0.05;       // seconds; below, a rate would be noise
constexpr double shortest_for_rest = 1;          // seconds; below, what is left cannot be told

double seconds(std::chrono::nanoseconds time) { return std::chrono::duration<double>(time).count(); }

std::string rate_text(double per_second) {
    if (per_second < 9.95) return fmt::format("{:.{}f}/s", per_second, per_second < 0.995 ? 2 : 1);
    return grouped(static_cast<std::uint64_t>(per_second + 0.5)) + "/s";
}

const char* colour_of(std::string_view status) {
    if (status == "failed") return "\033[31m";
    if (status == "done" || status == "reused") return "\033[32m";
    return "\033[33m";
}

}  // namespace

ProgressLines::ProgressLines(ProgressOptions options) : options_(std::move(options)) {
    for (const std::string& name : options_.stages) {
        names_.add(name);
        name_width_ = std::max(name_width_, std::min(widest_name, display_width(printable(name))));
    }
    stages_.resize(names_.size());
}

std::string ProgressLines::add(const TaskEvent& event) {
    const std::size_t index = names_.of(event.task);
    if (index >= stages_.size()) stages_.resize(index + 1);
    if (event.task == names_.name(index)) return own_event(event, index);
    sub_task_event(event, stages_[index]);
    return "";
}

void ProgressLines::reused(std::string_view stage) {
    const std::size_t index = names_.of(stage);
    if (index >= stages_.size()) stages_.resize(index + 1);
    stages_[index].reused = true;
}

std::string ProgressLines::own_event(const TaskEvent& event, std::size_t index) {
    Stage& stage = stages_[index];
    switch (event.kind) {
        case TaskEventKind::started: {
            const bool first = !stage.runs;
            if (first) running_.push_back(index);
            const Time begin = first ? event.time : stage.begin;
            stage = {.runs = true, .reused = stage.reused, .begin = begin, .told = event.time};
            return options_.live || !first ? "" : labelled(index, "started\n");
        }
        case TaskEventKind::progress: stage.own = event.progress; return "";
        case TaskEventKind::retrying:
            return labelled(index, fmt::format("is tried again after attempt {}: {}\n", event.attempt, printable(event.text)));
        case TaskEventKind::ended: {
            std::string line = end_line(event, index);
            stage.runs = false;
            std::erase(running_, index);
            return line;
        }
        case TaskEventKind::log: break;   // for the log of the run
    }
    return "";
}

void ProgressLines::sub_task_event(const TaskEvent& event, Stage& stage) {
    switch (event.kind) {
        case TaskEventKind::started: stage.running_sub_tasks.insert_or_assign(std::string(event.task), 0); break;
        case TaskEventKind::progress:
            if (const auto known = stage.running_sub_tasks.find(event.task); known != stage.running_sub_tasks.end())
                known->second = event.progress.done;
            break;
        case TaskEventKind::retrying:
            if (const auto known = stage.running_sub_tasks.find(event.task); known != stage.running_sub_tasks.end())
                stage.running_sub_tasks.erase(known);
            break;
        case TaskEventKind::ended:
            if (const auto known = stage.running_sub_tasks.find(event.task); known != stage.running_sub_tasks.end()) {
                if (event.status == TaskStatus::done) stage.done_by_sub_tasks += known->second;
                stage.running_sub_tasks.erase(known);
            }
            ++stage.ended_sub_tasks;
            stage.failed_sub_tasks += event.status == TaskStatus::failed ? 1 : 0;
            break;
        case TaskEventKind::log: break;
    }
}

std::uint64_t ProgressLines::done(const Stage& stage) const {
    std::uint64_t sum = stage.done_by_sub_tasks;
    for (const auto& [name, done] : stage.running_sub_tasks) sum += done;
    return std::max(sum, stage.own.done);
}

/// "10,000 features", or how many sub-tasks there were when nobody counted anything else; empty when there is nothing to count.
std::string ProgressLines::amount(std::size_t index) const {
    const Stage& stage = stages_[index];
    const std::uint64_t count = done(stage);
    if (count == 0) return stage.ended_sub_tasks == 0 ? "" : count_text(stage.ended_sub_tasks, "task");
    const auto unit = options_.units.find(names_.name(index));
    return unit == options_.units.end() ? grouped(count) : grouped(count) + " " + unit->second;
}

std::string ProgressLines::end_line(const TaskEvent& event, std::size_t index) const {
    const Stage& stage = stages_[index];
    const bool reused = stage.reused && event.status == TaskStatus::done;
    const std::string_view status = reused ? "reused" : name_of(event.status);
    std::string text = painted(status);
    const double took = seconds(event.time - stage.begin);
    const std::string what = amount(index);
    if (event.status == TaskStatus::done && !reused) {
        text += what.empty() ? "in " + time_text(took) : fmt::format("{} in {}", what, time_text(took));
        const auto count = static_cast<double>(done(stage));
        if (count > 0 && took >= shortest_for_rate) text += fmt::format(" ({})", rate_text(count / took));
    } else if (stage.runs && !reused) {
        text += what.empty() ? "after " + time_text(took) : fmt::format("after {} and {}", time_text(took), what);
    }
    if (stage.failed_sub_tasks > 0) text += fmt::format(", {} failed", count_text(stage.failed_sub_tasks, "task"));
    if (event.status != TaskStatus::done && !event.text.empty()) text += (stage.runs ? ": " : "") + printable(event.text);
    text.erase(text.find_last_not_of(' ') + 1);
    return labelled(index, text + "\n");
}

std::string ProgressLines::running_text(std::size_t index, Time now) const {
    const Stage& stage = stages_[index];
    const double took = seconds(now - stage.begin);
    const std::uint64_t count = done(stage);
    const std::string running = stage.running_sub_tasks.empty() ? "" : fmt::format("{} running", grouped(stage.running_sub_tasks.size()));
    if (count == 0 && stage.own.total == 0) {
        const std::string what = amount(index);
        const std::string since = time_text(took);
        if (what.empty()) return running.empty() ? since : fmt::format("{}, {}", running, since);
        return fmt::format("{}{}{}, {}", what, running.empty() ? "" : ", ", running, since);
    }
    std::string text;
    const std::uint64_t total = stage.own.total;
    const double share = total == 0 ? 0 : std::min(1.0, static_cast<double>(count) / static_cast<double>(total));
    const auto unit = options_.units.find(names_.name(index));
    const std::string noun = unit == options_.units.end() ? "" : " " + unit->second;
    if (total > 0) text = fmt::format("{:3.0f} %  {} of {}{}", 100 * share, grouped(count), grouped(total), noun);
    else text = grouped(count) + noun;
    if (count > 0 && took >= shortest_for_rate) text += ", " + rate_text(static_cast<double>(count) / took);
    if (share > 0 && share < 1 && took >= shortest_for_rest) text += fmt::format(", {} left", time_text(took * (1 - share) / share));
    return text;
}

std::string ProgressLines::due(Time now) {
    std::string lines;
    if (options_.live) return lines;
    for (const std::size_t index : running_) {
        Stage& stage = stages_[index];
        const std::uint64_t count = done(stage) + stage.ended_sub_tasks;
        if (now - stage.told < options_.plain_interval || count == stage.told_done) continue;
        stage.told = now;
        stage.told_done = count;
        std::string text = running_text(index, now);
        text.erase(0, text.find_first_not_of(' '));
        lines += labelled(index, text + "\n");
    }
    return lines;
}

std::vector<std::string> ProgressLines::running(Time now, std::size_t width, std::size_t most) const {
    std::vector<std::string> lines;
    if (most == 0) return lines;
    const std::size_t shown = running_.size() <= most ? running_.size() : most - 1;
    for (std::size_t i = 0; i < shown; ++i) lines.push_back(shortened(labelled(running_[i], running_text(running_[i], now)), width));
    if (shown < running_.size()) lines.push_back(shortened(fmt::format("and {} more", running_.size() - shown), width));
    return lines;
}

/// The text behind the name of its stage, in its column.
std::string ProgressLines::labelled(std::size_t index, const std::string& text) const {
    std::string name = shortened(printable(names_.name(index)), widest_name);
    const std::size_t width = display_width(name);
    name.append(std::max(name_width_, width) - width + 2, ' ');
    return name + text;
}

/// The word for how a stage ended, in its column.
std::string ProgressLines::painted(std::string_view status) const {
    const std::string space(status_width - std::min(status_width, status.size()) + 2, ' ');
    return options_.colour ? fmt::format("{}{}\033[0m{}", colour_of(status), status, space) : std::string(status) + space;
}

}  // namespace weft
