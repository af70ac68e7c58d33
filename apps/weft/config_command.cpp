// weft config: every value of a pipeline with its origin, and every key that there is.
#include <memory>

#include <fmt/format.h>

#include "commands.hpp"
#include "pipeline_choices.hpp"
#include "weft/bytes/this_machine.hpp"
#include "weft/model/error.hpp"
#include "weft/model/nearest_names.hpp"
#include "weft/pipeline/print_config.hpp"
#include "weft/stages/stage_kinds.hpp"

namespace weft {
namespace {

struct ConfigChoices {
    PipelineChoices pipeline{};
    std::string print{};
    std::string keys{};
};

constexpr const char* examples = R"(Examples:
  weft config pipeline.yaml                   every value and where it comes from
  weft config pipeline.yaml --print align.cpu    one value
  weft config --print threads                 what this machine gives when nothing is said
  weft config --keys align                    every key of a stage `align`, with its meaning; --keys file for those of the file)";

/// What `auto` stands for on this machine.
std::string resolved(const ConfigRow& row) {
    if (row.value != "auto") return row.value;
    if (row.key == "threads") return fmt::format("{}", available_threads());
    if (row.key == "memory") return fmt::format("{}", available_memory());
    return row.value;
}

void print_value(const Pipeline& pipeline, const std::string& key) {
    NearestNames near(key);
    for (const ConfigRow& row : config_rows(pipeline)) {
        if (row.key == key) {
            fmt::print("{}\n", resolved(row));
            return;
        }
        near.offer(row.key);
    }
    throw UsageError{{"--print", fmt::format("there is no value '{}'", key), near.question()}};
}

void print_keys(const std::string& owner) {
    const PipelineSchema schema = stage_schema();
    const StageKind* const kind = schema.find(owner);
    if (kind == nullptr && owner != "file")
        throw UsageError{{"--keys", fmt::format("there is no stage kind '{}'", owner), fmt::format("give file or one of {}", fmt::join(schema.kind_names(), ", "))}};
    const auto print = [](const std::string& prefix, const KeySpec& key) {
        const std::string usual = key.required ? "required" : key.default_value.empty() ? "" : "default " + key.default_value;
        fmt::print("{:<24} {:<28} {} ({})\n", prefix + key.name, usual, key.help, key.kind.expected());
    };
    for (const KeySpec& key : kind == nullptr ? schema.file_keys : kind->keys) {
        if (key.members.empty()) print("", key);
        for (const KeySpec& member : key.members) print(key.name + ".", member);
    }
}

void config(const ConfigChoices& choices) {
    if (!choices.keys.empty()) return print_keys(choices.keys);
    const Pipeline pipeline = choices.pipeline.file.empty() && !choices.print.empty() ? pipeline_without_file(choices.pipeline) : chosen_pipeline(choices.pipeline);
    if (choices.print.empty()) fmt::print("{}", config_text(pipeline));
    else print_value(pipeline, choices.print);
}

}  // namespace

void add_config_command(CLI::App& app) {
    CLI::App* command = app.add_subcommand("config", "Print the values of a pipeline with their origin, or all keys there are");
    const auto choices = std::make_shared<ConfigChoices>();
    command->footer(examples);
    add_pipeline_options(*command, choices->pipeline);
    command->add_option("--print", choices->print, "Only the value of this key")->type_name("KEY");
    command->add_option("--keys", choices->keys, "The keys of a stage kind, or of the file")->type_name("KIND");
    command->callback([choices] { config(*choices); });
}

}  // namespace weft
