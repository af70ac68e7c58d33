// Every value of a pipeline with where it comes from: `weft config --print`.
#pragma once

#include <string>
#include <vector>

#include "weft/pipeline/pipeline.hpp"

namespace weft {

/// A value in words, on one line.
struct ConfigRow {
    std::string key{};      // "threads", "align.memory"
    std::string value{};
    std::string origin{};   // "yeast.yaml:40:13", "WEFT_THREADS", "built-in"
};

/// Those of the file first, then those of each stage.
std::vector<ConfigRow> config_rows(const Pipeline& pipeline);

/// One line per value, those of the file first, then those of each stage as "align.memory":
///     threads         4       WEFT_THREADS
///     align.memory    600M    yeast.yaml:40:13
///     align.cpu       1       built-in
std::string config_text(const Pipeline& pipeline);

}  // namespace weft
