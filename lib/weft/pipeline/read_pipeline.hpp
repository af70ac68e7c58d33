// Reads a pipeline file: the only way to a Pipeline, and what comes out of it is complete and right.
//
// The whole file is read and every problem is found before anything is said, and nothing starts while there is one.
#pragma once

#include <string>
#include <string_view>

#include "weft/pipeline/overrides.hpp"
#include "weft/pipeline/pipeline.hpp"
#include "weft/pipeline/schema.hpp"

namespace weft {

/// Values: built-in < file < environment < command line.
/// Throws ConfigError with all problems, SystemError when the file cannot be read.
Pipeline read_pipeline(const std::string& file, const PipelineSchema& schema, const ConfigOverrides& overrides = {});

/// The same for a text. `file` is what messages call it; its folder is where relative paths start.
Pipeline read_pipeline_text(std::string_view text, const std::string& file, const PipelineSchema& schema,
                            const ConfigOverrides& overrides = {});

}  // namespace weft
