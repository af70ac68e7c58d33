// Advice on a pipeline that is valid: settings that do nothing, filters that nobody passes, work that is done again for no reason.
#pragma once

#include <vector>

#include "weft/pipeline/pipeline.hpp"

namespace weft {

/// Warnings, sorted by place; codes from W170 on. Reads nothing but the pipeline. Throws ConfigError where stages contradict each other.
std::vector<ConfigProblem> advice_on(const Pipeline& pipeline);

}  // namespace weft
