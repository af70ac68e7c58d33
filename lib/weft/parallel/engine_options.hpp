// All options of the engine in one value, and the presets that fill it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "weft/align/options.hpp"
#include "weft/chain/options.hpp"
#include "weft/index/options.hpp"
#include "weft/seed/options.hpp"
#include "weft/select/options.hpp"

namespace weft {

/// Presets name the query.
enum class Preset { feature, assembly, hifi, ont, short_query };

struct EngineOptions {
    int k = 15;   // of the index this preset wants
    int w = 10;
    SeedOptions seed{};
    ChainOptions chain{};
    AlignOptions align{};
    SelectOptions select{};

    /// Every fault of these values, one sentence each, named as on the command line; empty when they are fine.
    std::vector<std::string> problems() const;
};

struct PresetRow {
    Preset preset;
    std::string_view name;      // as on the command line: feature, asm, hifi, ont, short
    std::string_view aliases;   // minimap2's names, comma separated
    std::string_view purpose;   // half a line for --help
    EngineOptions options;
};

/// The table of presets, default first.
std::span<const PresetRow> presets();
/// Options of a preset.
const EngineOptions& options_of(Preset preset);
/// The preset of that name or alias; nothing when there is none.
std::optional<Preset> preset_named(std::string_view name);
/// Every option with its value, one "name = value   # meaning" per line, for --print-options.
std::string describe(const EngineOptions& options);

}  // namespace weft
