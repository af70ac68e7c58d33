// weft lint: a pipeline file read closely, without running anything.
#include <memory>

#include <fmt/format.h>

#include "commands.hpp"
#include "console.hpp"
#include "pipeline_choices.hpp"
#include "weft/stages/advice.hpp"

namespace weft {
namespace {

constexpr const char* lint_examples = R"(Examples:
  weft lint pipeline.yaml     all that is wrong with it, with line and column, and advice
Exit code 2 when something is wrong, 0 for advice alone.)";

void lint(const PipelineChoices& choices) {
    const Pipeline pipeline = chosen_pipeline(choices);
    const std::vector<ConfigProblem> advice = advice_on(pipeline);
    for (const ConfigProblem& problem : advice) fmt::print("{}\n", problem.text());
    const std::size_t doubts = advice.size() + pipeline.warnings.size();
    fmt::print("{}: {} stages, {}\n", choices.file, pipeline.stages.size(), doubts == 0 ? std::string("nothing to say") : fmt::format("{} doubtful", doubts));
}

}  // namespace

void add_lint_command(CLI::App& app) {
    CLI::App* command = app.add_subcommand("lint", "Say what is wrong with a pipeline file, or doubtful");
    const auto choices = std::make_shared<PipelineChoices>();
    command->footer(lint_examples);
    add_pipeline_options(*command, *choices);
    command->callback([choices] { lint(*choices); });
}

}  // namespace weft
