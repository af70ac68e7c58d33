// One value of a file: from its text to its type, or a message that says what to write instead.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "weft/pipeline/value_kind.hpp"

namespace weft {

struct ValueContext {
    std::string owner{};                // "'memory' of stage 'align'": the beginning of a message
    std::filesystem::path folder{};     // of the file: what its relative paths start from
};

/// Reads a node whose references have been looked up. Nothing when it is wrong; then `problems` says why.
std::optional<SettingValue> read_value(const ConfigNode& node, const ValueKind& kind, const ValueContext& context, ProblemList& problems);

}  // namespace weft
