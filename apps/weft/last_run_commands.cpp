// weft metrics and weft doctor: what the event log of the last run says, in figures and as advice.
#include <memory>

#include <fmt/format.h>

#include "commands.hpp"
#include "pipeline_choices.hpp"
#include "weft/executor/doctor.hpp"
#include "weft/executor/run_metrics.hpp"

namespace weft {
namespace {

constexpr const char* metrics_examples = R"(Examples:
  weft metrics pipeline.yaml                 the last run in figures
  weft metrics pipeline.yaml --prometheus    the same for Prometheus (textfile collector))";

constexpr const char* doctor_examples = R"(Examples:
  weft doctor pipeline.yaml                  which pitfall held the last run up, and what to change)";

RunEvents last_run(const PipelineChoices& choices) { return read_event_log(event_log_path(chosen_pipeline(choices).work.string())); }

}  // namespace

void add_metrics_command(CLI::App& app) {
    CLI::App* command = app.add_subcommand("metrics", "Show the last run of a pipeline in figures");
    const auto choices = std::make_shared<PipelineChoices>();
    const auto prometheus = std::make_shared<bool>(false);
    command->footer(metrics_examples);
    add_pipeline_options(*command, *choices);
    command->add_flag("--prometheus", *prometheus, "In the text format of Prometheus");
    command->callback([choices, prometheus] {
        const RunMetrics metrics = metrics_of(last_run(*choices));
        fmt::print("{}", *prometheus ? metrics_prometheus(metrics) : metrics_text(metrics));
    });
}

void add_doctor_command(CLI::App& app) {
    CLI::App* command = app.add_subcommand("doctor", "Say why the last run of a pipeline was not faster");
    const auto choices = std::make_shared<PipelineChoices>();
    command->footer(doctor_examples);
    add_pipeline_options(*command, *choices);
    command->callback([choices] { fmt::print("{}", doctor_text(last_run(*choices))); });
}

}  // namespace weft
