// The aligner's options as a pipeline file gives them: a preset and what overrides it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "weft/executor/content_key.hpp"
#include "weft/parallel/engine_options.hpp"
#include "weft/pipeline/schema.hpp"
#include "weft/pipeline/settings.hpp"

namespace weft {

/// Keys of a stage that sets engine options, `preset` first.
std::vector<KeySpec> engine_keys();

/// The options that a stage's settings ask for. Throws UsageError listing all that is wrong with them together.
EngineOptions engine_options_of(const Settings& settings, const std::string& stage);

/// Every option that decides an alignment, for a content key.
std::map<std::string, ParameterValue> parameters_of(const EngineOptions& options);

}  // namespace weft
