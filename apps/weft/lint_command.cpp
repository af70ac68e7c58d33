// weft lint and weft config: a pipeline file read closely, without running anything.
#include <memory>

#include <fmt/format.h>

#include "commands.hpp"
#include "console.hpp"
#include "pipeline_choices.hpp"
#include "weft/bytes/this_machine.hpp"
#include "weft/model/error.hpp"
#include "weft/pipeline/print_config.hpp"
#include "weft/stages/advice.hpp"

namespace weft {
namespace {

constexpr const char* lint_examples = R"(Examples:
  weft lint pipeline.yaml     all that is wrong with it, with line and column, and advice
Exit code 2 when something is wrong, 0 for advice alone.)";

constexpr const char* config_examples = R"(Examples:
  weft config pipeline.yaml                   every value and where it comes from
  weft config pipeline.yaml --print threads   one value
  WEFT_THREADS=4 weft config pipeline.yaml --set align.cpu=2)";

void lint(const PipelineChoices& choices) {
    const Pipeline pipeline = chosen_pipeline(choices);
    const std::vector<ConfigProblem> advice = advice_on(pipeline);
    for (const ConfigProblem& problem : advice) fmt::print("{}\n", problem.text());
    const std::size_t doubts = advice.size() + pipeline.warnings.size();
    fmt::print("{}: {} stages, {}\n", choices.file, pipeline.stages.size(), doubts == 0 ? std::string("nothing to say") : fmt::format("{} doubtful", doubts));
}

void print_config(const PipelineChoices& choices, const std::string& key) {
    const Pipeline pipeline = chosen_pipeline(choices);
    const std::string text = config_text(pipeline);
    if (key == "threads" || key == "memory") {   // what `auto` stands for here
        const bool given = key == "threads" ? pipeline.threads > 0 : pipeline.memory.has_value();
        if (!given) fmt::print("{}\n", key == "threads" ? std::int64_t{available_threads()} : available_memory());
        if (!given) return;
    }
    if (key.empty()) {
        fmt::print("{}", text);
        return;
    }
    for (std::string_view rest = text; !rest.empty();) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        if (line.substr(0, line.find(' ')) != key) continue;
        const std::string_view behind = line.substr(line.find_first_not_of(' ', key.size()));
        fmt::print("{}\n", behind.substr(0, behind.find("  ")));
        return;
    }
    throw UsageError{{"--print", fmt::format("there is no value '{}'", key), fmt::format("see `weft config {}`", choices.file)}};
}

}  // namespace

void add_lint_command(CLI::App& app) {
    CLI::App* command = app.add_subcommand("lint", "Say what is wrong with a pipeline file, or doubtful");
    const auto choices = std::make_shared<PipelineChoices>();
    command->footer(lint_examples);
    add_pipeline_options(*command, *choices);
    command->callback([choices] { lint(*choices); });
}

void add_config_command(CLI::App& app) {
    CLI::App* command = app.add_subcommand("config", "Print every value of a pipeline with its origin");
    const auto choices = std::make_shared<PipelineChoices>();
    const auto key = std::make_shared<std::string>();
    command->footer(config_examples);
    add_pipeline_options(*command, *choices);
    command->add_option("--print", *key, "Only the value of this key, such as threads or align.cpu")->type_name("KEY");
    command->callback([choices, key] { print_config(*choices, *key); });
}

}  // namespace weft
