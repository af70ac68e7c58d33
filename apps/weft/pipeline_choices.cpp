#include "pipeline_choices.hpp"

#include <unistd.h>

#include <fmt/format.h>

#include "console.hpp"
#include "number_options.hpp"
#include "weft/model/error.hpp"
#include "weft/pipeline/read_pipeline.hpp"
#include "weft/stages/stage_kinds.hpp"

namespace weft {

void add_pipeline_options(CLI::App& command, PipelineChoices& choices) {
    command.add_option("FILE", choices.file, "Pipeline: a YAML file");
    command.add_option("--set", choices.settings, "Put a value over the file's: threads=4, vars.target=x.fa, filter.where='mapq >= 30'")
        ->type_name("KEY=VALUE")->group("Values")->allow_extra_args(false);
    add_whole(command, "-t,--threads", choices.threads, {1, 1'024}, "Threads of the whole run; by default all this process may use")->group("Values");
    command.add_option("--memory", choices.memory, "Memory that all running tasks share, such as 8G or 500M")->type_name("SIZE")->group("Values");
    command.add_option("--work", choices.work, "Folder of store, journal and logs")->type_name("FOLDER")->group("Values");
    command.add_option("--out", choices.out, "Folder of the published files")->type_name("FOLDER")->group("Values");
}

namespace {

ConfigOverrides overrides_of(const PipelineChoices& choices) {
    ConfigOverrides overrides{.settings = choices.settings};
    for (char** variable = environ; *variable != nullptr; ++variable) {
        const std::string text(*variable);
        const std::size_t equals = text.find('=');
        if (equals != std::string::npos) overrides.environment.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    // The short forms of options are settings like others: their complaints name `threads`, not `-t`.
    if (choices.threads) overrides.settings.push_back(fmt::format("threads={}", *choices.threads));
    if (!choices.memory.empty()) overrides.settings.push_back("memory=" + choices.memory);
    if (!choices.work.empty()) overrides.settings.push_back("work=" + std::filesystem::absolute(choices.work).string());
    if (!choices.out.empty()) overrides.settings.push_back("out=" + std::filesystem::absolute(choices.out).string());
    return overrides;
}

Pipeline with_warnings(Pipeline pipeline) {
    for (const ConfigProblem& warning : pipeline.warnings) say(warning.text());
    return pipeline;
}

}  // namespace

Pipeline chosen_pipeline(const PipelineChoices& choices) {
    if (choices.file.empty()) throw UsageError{{"FILE", "there is no pipeline file", "give one, such as pipelines/align-features.yaml"}};
    return with_warnings(read_pipeline(choices.file, stage_schema(), overrides_of(choices)));
}

Pipeline pipeline_without_file(const PipelineChoices& choices) {
    constexpr std::string_view text = "weft: 1\nname: none\nstages: [{ name: load, stage: load, inputs: { input: '-' } }]\n";
    return with_warnings(read_pipeline_text(text, "no file", stage_schema(), overrides_of(choices)));
}

}  // namespace weft
