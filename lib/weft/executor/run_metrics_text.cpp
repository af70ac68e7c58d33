// The figures of a run for people and for Prometheus.
#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "weft/executor/run_metrics.hpp"
#include "weft/model/readable.hpp"
#include "weft/model/utf8.hpp"

namespace weft {
namespace {

using Row = std::vector<std::string>;

/// Columns: the first two to the left, the others to the right.
std::string table(const std::vector<Row>& rows) {
    std::vector<std::size_t> widths;
    for (const Row& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
    }
    std::string text;
    for (const Row& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string space(widths[i] - display_width(row[i]), ' ');
            line += (i == 0 ? "" : "  ") + (i < 2 ? row[i] + space : space + row[i]);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    }
    return text;
}

std::string counts_text(const std::map<std::string, std::uint64_t>& counts) {
    std::string text;
    for (const auto& [word, count] : counts) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", grouped(count), word);
    return text.empty() ? "none" : text;
}

/// One family of metrics in the text format of Prometheus.
class Family {
public:
    Family(std::string& text, std::string_view name, std::string_view type, std::string_view help) : text_(text), name_(name) {
        text_ += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
    }

    using Labels = std::vector<std::pair<std::string_view, std::string>>;

    Family& add(const Labels& labels, double value, std::string_view suffix = "") {
        text_ += name_;
        text_ += suffix;
        for (std::size_t i = 0; i < labels.size(); ++i)
            text_ += fmt::format("{}{}=\"{}\"", i == 0 ? "{" : ",", labels[i].first, escaped(labels[i].second));
        text_ += fmt::format("{} {}\n", labels.empty() ? "" : "}", value);
        return *this;
    }

private:
    static std::string escaped(const std::string& value) {
        std::string result;
        for (const char letter : printable(value)) {
            if (letter == '"' || letter == '\\') result += '\\';
            result += letter;
        }
        return result;
    }

    std::string& text_;
    std::string name_;
};

void add_run(std::string& text, const RunMetrics& run) {
    Family(text, "weft_run_info", "gauge", "The run; its value is always 1.").add({{"pipeline", run.pipeline}, {"status", run.status}}, 1);
    Family(text, "weft_run_seconds", "gauge", "Wall time of the run.").add({}, run.seconds);
    Family(text, "weft_run_exit_code", "gauge", "Exit code of the run; 0 while it is not known.").add({}, run.exit_code);
    Family(text, "weft_threads", "gauge", "Threads that the run may use.").add({}, run.threads);
    Family(text, "weft_thread_utilisation_ratio", "gauge", "Share of the threads' time in which they had work.").add({}, run.utilisation);
    Family(text, "weft_cpu_seconds_total", "counter", "Processor time of the process.").add({}, run.cpu_seconds);
    Family(text, "weft_memory_peak_bytes", "gauge", "Largest memory of the process.").add({}, static_cast<double>(run.peak_memory));
    Family(text, "weft_critical_path_seconds", "gauge", "Time of the longest path of stages.").add({}, run.critical_seconds);
    Family(text, "weft_tasks_running_peak", "gauge", "Most tasks that ran at one moment.").add({}, static_cast<double>(run.most_running));
}

void add_stages(std::string& text, const RunMetrics& run) {
    Family seconds(text, "weft_stage_seconds", "gauge", "Time of a stage from its begin to its end.");
    for (const StageMetrics& stage : run.stages)
        seconds.add(
            {{"stage", stage.name}, {"kind", stage.kind}, {"status", stage.status}, {"critical", stage.critical ? "true" : "false"}},
            stage.seconds);
    Family busy(text, "weft_stage_busy_seconds_total", "counter", "Time of all work of a stage.");
    for (const StageMetrics& stage : run.stages) busy.add({{"stage", stage.name}}, stage.busy);
    Family tasks(text, "weft_tasks_total", "counter", "Tasks by how they ended.");
    for (const StageMetrics& stage : run.stages)
        for (const auto& [status, count] : stage.tasks) tasks.add({{"stage", stage.name}, {"status", status}}, static_cast<double>(count));
    Family retries(text, "weft_task_retries_total", "counter", "Further attempts.");
    for (const StageMetrics& stage : run.stages) retries.add({{"stage", stage.name}}, static_cast<double>(stage.retries));
    Family waiting(text, "weft_task_wait_seconds", "histogram", "Time from when a task could start to when it did.");
    for (const StageMetrics& stage : run.stages) {
        std::uint64_t sum = 0;
        for (std::size_t i = 0; i < stage.waiting.counts.size(); ++i) {
            sum += stage.waiting.counts[i];
            const bool last = i == WaitingTimes::seconds.size();
            waiting.add({{"stage", stage.name}, {"le", last ? "+Inf" : fmt::format("{}", WaitingTimes::seconds[i])}},
                        static_cast<double>(sum), "_bucket");
        }
        waiting.add({{"stage", stage.name}}, stage.waiting.sum, "_sum");
        waiting.add({{"stage", stage.name}}, static_cast<double>(sum), "_count");
    }
}

}  // namespace

std::string metrics_text(const RunMetrics& run) {
    const double possible = run.seconds * run.threads;
    std::vector<Row> facts{{"run", fmt::format("{}: {} in {}, {}", printable(run.pipeline), run.status, time_text(run.seconds),
                                               count_text(static_cast<std::uint64_t>(std::max(0, run.threads)), "thread"))}};
    facts.push_back({"stages", counts_text(run.stage_statuses)});
    facts.push_back({"tasks", fmt::format("{}; {:.1f} done per second, {} failed, {} tried again", counts_text(run.task_statuses),
                                          run.tasks_per_second, share_text(run.failed_share), grouped(run.retries))});
    facts.push_back({"threads", fmt::format("busy {}; tasks running: {:.1f} on average, {} at most", share_text(run.utilisation),
                                            run.mean_running, run.most_running)});
    if (run.cpu_seconds > 0 && possible > 0)
        facts.push_back({"processors", fmt::format("{} of processor time, {} of what the threads could use", time_text(run.cpu_seconds),
                                                   share_text(run.cpu_seconds / possible))});
    if (run.peak_memory > 0) facts.push_back({"memory", size_text(run.peak_memory) + " at most"});
    if (run.waiting.total > 0)
        facts.push_back(
            {"waiting", fmt::format("half of the tasks started within {} of when they could, 99 % within {}, all within {}",
                                    time_text(run.waiting.median), time_text(run.waiting.percentile_99), time_text(run.waiting.longest))});
    std::string path;
    for (const std::string& stage : run.critical_path) path += (path.empty() ? "" : " -> ") + printable(stage);
    if (!path.empty() && run.seconds > 0)
        facts.push_back({"critical path", fmt::format("{}, {} of the run: {}", time_text(run.critical_seconds),
                                                      share_text(run.critical_seconds / run.seconds), path)});

    std::vector<Row> stages{{"stage", "status", "time", "busy", "tasks", "longest", "half waited", "99 % waited"}};
    for (const StageMetrics& stage : run.stages)
        stages.push_back({printable(stage.name), stage.status, time_text(stage.seconds), time_text(stage.busy), grouped(stage.task_count()),
                          time_text(stage.longest), time_text(stage.waiting.median), time_text(stage.waiting.percentile_99)});
    std::string text = table(facts) + "\n" + table(stages);
    if (run.slowest.empty()) return text;
    std::vector<Row> slowest{{"slowest tasks", "", "time"}};
    for (const auto& [name, seconds] : run.slowest) slowest.push_back({printable(name), "", time_text(seconds)});
    return text + "\n" + table(slowest);
}

std::string metrics_prometheus(const RunMetrics& metrics) {
    std::string text;
    add_run(text, metrics);
    add_stages(text, metrics);
    return text;
}

}  // namespace weft
