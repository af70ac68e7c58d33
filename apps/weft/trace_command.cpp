// weft trace: the last run of a pipeline, for chrome://tracing and ui.perfetto.dev.
#include <memory>

#include <fmt/format.h>

#include "commands.hpp"
#include "console.hpp"
#include "pipeline_choices.hpp"
#include "weft/bytes/output_file.hpp"
#include "weft/executor/trace.hpp"

namespace weft {
namespace {

constexpr const char* examples = R"(Examples:
  weft trace pipeline.yaml -o trace.json    open it in https://ui.perfetto.dev or chrome://tracing)";

struct TraceChoices {
    PipelineChoices pipeline{};
    std::string output = "-";
};

void trace(const TraceChoices& choices) {
    const Pipeline pipeline = chosen_pipeline(choices.pipeline);
    const RunEvents events = read_event_log(event_log_path(pipeline.work.string()));
    OutputFile file(choices.output);
    file.write(trace_json(events));
    file.commit();
}

}  // namespace

void add_trace_command(CLI::App& app) {
    CLI::App* command = app.add_subcommand("trace", "Write the last run of a pipeline as a trace");
    const auto choices = std::make_shared<TraceChoices>();
    command->footer(examples);
    add_pipeline_options(*command, choices->pipeline);
    command->add_option("-o,--output", choices->output, "Trace Event JSON; - is standard output")->type_name("FILE");
    command->callback([choices] { trace(*choices); });
}

}  // namespace weft
