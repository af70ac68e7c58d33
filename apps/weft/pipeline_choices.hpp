// What the commands on pipelines have in common: the file, and what is put over its values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "weft/pipeline/pipeline.hpp"

namespace weft {

struct PipelineChoices {
    std::string file{};
    std::vector<std::string> settings{};   // --set
    std::optional<int> threads{};
    std::string memory{};
    std::string work{};
    std::string out{};
};

void add_pipeline_options(CLI::App& command, PipelineChoices& choices);

/// Reads and checks the file with the environment and the choices over it; warnings go to standard error. Throws ConfigError.
Pipeline chosen_pipeline(const PipelineChoices& choices);

/// The values that a run has when no file says otherwise.
Pipeline pipeline_without_file(const PipelineChoices& choices);

}  // namespace weft
