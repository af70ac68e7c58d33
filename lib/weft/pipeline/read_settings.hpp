// Reads the keys of one map, a stage's or the file's, by their table: unknown, repeated and missing keys, types, defaults.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "weft/pipeline/references.hpp"
#include "weft/pipeline/schema.hpp"
#include "weft/pipeline/settings.hpp"

namespace weft {

/// Defaults that were read before. Those of a stage kind are the same for each of its stages, and a `foreach` makes ten thousand.
using KnownDefaults = std::unordered_map<const KeySpec*, Setting>;

struct SettingsContext {
    std::string owner{};                            // "stage 'align'", for messages
    std::filesystem::path folder{};                 // of the file
    ReferenceScope scope{};
    std::span<const std::string_view> beside{};     // keys that are read elsewhere
    const Settings* inherited = nullptr;            // the file's, for keys that a stage inherits
    KnownDefaults* defaults = nullptr;              // of all stages; null: each is read
};

/// What is wrong is missing from the result, and in `problems`.
Settings read_settings(const ConfigNode& map, const std::vector<KeySpec>& keys, const SettingsContext& context, References& references,
                       ProblemList& problems);

/// Complains of keys that stand in neither list and of keys that stand twice.
void check_keys(const ConfigNode& map, const std::vector<std::string>& known, const std::string& owner, ProblemList& problems);

}  // namespace weft
