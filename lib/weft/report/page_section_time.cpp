// Where the time went. The section itself is an empty frame, the same in every run; all that differs is in `times_html`.
#include <fmt/format.h>

#include <algorithm>

#include "weft/report/page_html.hpp"
#include "weft/report/page_section.hpp"
#include "weft/report/text_table.hpp"

namespace weft {
namespace {

using Run = RunDocument;

constexpr std::size_t most_samples = 20;   // rows of the tables of curves

// "2026-11-25T12:00:00Z" as "2026-11-25 12:00:00 UTC".
std::string moment_text(std::string text) {
    if (const auto t = text.find('T'); t != std::string::npos) text[t] = ' ';
    if (text.ends_with('Z')) text.replace(text.size() - 1, 1, " UTC");
    return text;
}

std::string facts_html(const Run& run) {
    const auto reused =
        std::count_if(run.stages.begin(), run.stages.end(), [](const Run::Stage& stage) { return stage.status == "reused"; });
    std::string html;
    if (run.wall_ms) html += fact_html("Wall time", duration_html(*run.wall_ms));
    if (run.threads > 0) html += fact_html("Threads", with_commas(run.threads));
    if (run.peak_memory > 0)
        html += fact_html("Peak memory", bytes_text(run.peak_memory), run.memory_budget > 0 ? "of " + bytes_text(run.memory_budget) : "");
    if (reused > 0) html += fact_html("Reused", counted(reused, "stage"), fmt::format("of {}", run.stages.size()));
    if (!run.started.empty()) html += fact_html("Started", moment_text(run.started));
    return html.empty() ? "" : fmt::format(R"(<dl class="facts facts-run">{}</dl>)", html);
}

HtmlCell rate_cell(std::int64_t count, double seconds, std::string (*text)(std::int64_t)) {
    if (seconds <= 0) return {"–", {}};
    const double rate = static_cast<double>(count) / seconds;
    return {text(static_cast<std::int64_t>(rate)), rate};
}

std::string throughput_figure(const Run& run) {
    HtmlTable table("Throughput by length of the feature");
    table.text_column("Length")
        .number_column("Features")
        .number_column("Bases")
        .number_column("CPU time")
        .number_column("Features per s")
        .number_column("Bases per s");
    std::string words = "Features and bases per second of CPU time, by length of the feature.";
    for (const auto& [size_class, features, bases, seconds] : run.throughput) {
        const HtmlCell features_rate = rate_cell(features, seconds, with_commas);
        const HtmlCell bases_rate = rate_cell(bases, seconds, bases_html);
        words += fmt::format(" {}: {} features, {}.", size_class, features_rate.html, bases_rate.html);
        table.row(
            {text_cell(size_class), count_cell(features), bases_cell(bases), duration_cell(seconds * 1'000), features_rate, bases_rate});
    }
    if (table.empty()) return "";
    return figure_html({.chart = "throughput",
                        .heading = "Throughput by length of the feature",
                        .note = "Per second of CPU time of the alignment.",
                        .words = words,
                        .table = table.html(),
                        .wide = true});
}

std::string stages_figure(const Run& run) {
    HtmlTable table("Times of the stages");
    table.text_column("Stage")
        .text_column("Status")
        .number_column("Ready")
        .number_column("Begin")
        .number_column("End")
        .number_column("Duration")
        .number_column("Attempts")
        .number_column("Sub-tasks")
        .text_column("Critical path");
    std::string words = "Timeline of the stages.";
    bool any = false;
    for (const Run::Stage& stage : run.stages) {
        const std::optional<double> duration =
            stage.begin_ms && stage.end_ms ? std::optional(*stage.end_ms - *stage.begin_ms) : std::nullopt;
        if (duration) words += fmt::format(" {} ran for {}.", stage.name, duration_html(*duration));
        any = any || duration;
        table.row({code_cell(stage.name), status_cell(stage.status), duration_cell(stage.ready_ms), duration_cell(stage.begin_ms),
                   duration_cell(stage.end_ms), duration_cell(duration), count_cell(stage.attempts), count_cell(stage.sub_tasks),
                   text_cell(stage.critical ? "yes" : "")});
    }
    if (!any) return "";
    return figure_html({.chart = "stage-times",
                        .heading = "Stages over time",
                        .note = "Thin: ready, but waiting. Thick: running. Marked: the critical path, which set the wall time.",
                        .words = words,
                        .table = table.html(),
                        .wide = true});
}

std::string tasks_figure(const Run& run) {
    if (run.tasks_shown == 0) return "";
    const std::string tasks =
        run.tasks_shown < run.tasks_total
            ? fmt::format("The {} longest of {} are drawn", with_commas(run.tasks_shown), counted(run.tasks_total, "task"))
            : fmt::format("{} ran", counted(run.tasks_shown, "task"));
    const std::string note = tasks + " in lanes, one for each that ran at the same time; the colour is the stage.";
    return figure_html({.chart = "tasks",
                        .heading = "Tasks over time",
                        .note = note,
                        .words = note + " The slowest are listed in the section on stages.",
                        .table = "",
                        .wide = true});
}

// Rows of a long table, evenly chosen, the last one among them.
template <class Sample>
std::vector<Sample> chosen(const std::vector<Sample>& samples) {
    if (samples.size() <= most_samples) return samples;
    std::vector<Sample> result;
    for (std::size_t i = 0; i < most_samples; ++i) result.push_back(samples[i * (samples.size() - 1) / (most_samples - 1)]);
    return result;
}

std::string running_figure(const Run& run) {
    if (run.running.empty()) return "";
    HtmlTable table("Running tasks");
    table.number_column("Time").number_column("Tasks");
    for (const auto& [ms, tasks] : chosen(run.running)) table.row({duration_cell(ms), count_cell(tasks)});
    const auto most =
        std::max_element(run.running.begin(), run.running.end(), [](const auto& a, const auto& b) { return a.tasks < b.tasks; });
    return figure_html({.chart = "running",
                        .heading = "Running tasks",
                        .note = "How many tasks ran at the same time.",
                        .words = fmt::format("Running tasks over time; at most {}.", with_commas(most->tasks)),
                        .table = table.html()});
}

std::string resources_figure(const Run& run) {
    if (run.resources.empty()) return "";
    HtmlTable table("CPU and memory");
    table.number_column("Time").number_column("CPU").number_column("Memory");
    for (const auto& [ms, cpu_percent, memory] : chosen(run.resources))
        table.row({duration_cell(ms), {fmt::format("{:.0f} %", cpu_percent), {}}, {bytes_text(memory), static_cast<double>(memory)}});
    const auto cpu = std::max_element(run.resources.begin(), run.resources.end(),
                                      [](const auto& a, const auto& b) { return a.cpu_percent < b.cpu_percent; });
    const auto memory =
        std::max_element(run.resources.begin(), run.resources.end(), [](const auto& a, const auto& b) { return a.memory < b.memory; });
    return figure_html(
        {.chart = "resources",
         .heading = "CPU and memory",
         .note = "100 % is one CPU.",
         .words = fmt::format("CPU and memory over time; at most {:.0f} % and {}.", cpu->cpu_percent, bytes_text(memory->memory)),
         .table = table.html()});
}

std::string slowest_html(const Run& run) {
    HtmlTable table("The slowest tasks");
    table.text_column("Task").number_column("Time").number_column("Share of the wall time");
    for (const auto& [name, ms] : run.slowest)
        table.row({code_cell(name), duration_cell(ms),
                   run.wall_ms ? bar_cell(static_cast<std::int64_t>(ms), static_cast<std::int64_t>(*run.wall_ms)) : HtmlCell{"–", {}}});
    return table.empty() ? "" : "<h3>The slowest tasks</h3>" + table.html();
}

}  // namespace

PageSection time_section(const RunDocument& run) {
    const std::string html =
        "<div class=\"figures\" id=\"time-figures\"></div>\n<noscript><p>Without scripts, the tables of time stand below the "
        "verdict.</p></noscript>\n";
    return {"time", "Time", run.stages.empty() ? "" : html};
}

std::string times_html(const RunDocument& run) {
    const std::string figures =
        throughput_figure(run) + stages_figure(run) + tasks_figure(run) + running_figure(run) + resources_figure(run);
    return facts_html(run) +
           fmt::format(R"(<details class="times" id="times"><summary>Times of this run</summary><div data-place="time-figures">{}</div>)"
                       R"(<div data-place="slowest">{}</div></details>)",
                       figures, slowest_html(run));
}

}  // namespace weft
