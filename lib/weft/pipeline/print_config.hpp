// Every value of a pipeline with where it comes from: `weft config --print`.
#pragma once

#include <string>

#include "weft/pipeline/pipeline.hpp"

namespace weft {

/// One line per value, those of the file first, then those of each stage as "align.memory":
///     threads         4       WEFT_THREADS
///     align.memory    600M    yeast.yaml:40:13
///     align.cpu       1       built-in
std::string config_text(const Pipeline& pipeline);

}  // namespace weft
