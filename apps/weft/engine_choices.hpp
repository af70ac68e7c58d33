// The options of `weft align` that decide how features are aligned: a preset, and single values that replace its own.
//
// Letters are minimap2's, so that a command line that works there works here, and so are meanings; the help of an option says where
// its meaning differs. What weft does not support is not declared, and therefore refused.
#pragma once

#include <optional>
#include <string>

#include <CLI/App.hpp>

#include "weft/parallel/engine_options.hpp"

namespace weft {

/// What was typed; empty where the preset decides.
struct EngineChoices {
    std::string preset = "feature";        // -x
    std::optional<int> k{};                // -k
    std::optional<int> w{};                // -w
    std::string frequent{};                // -f
    std::string occurrences{};             // -U
    std::optional<int> rescue_stretch{};   // -e
    std::optional<std::int64_t> max_gap{}; // -g
    std::string bandwidth{};               // -r
    std::optional<int> min_chain_score{};  // -m
    std::optional<int> min_minimizers{};   // -n
    std::optional<int> match{};            // -A
    std::optional<int> mismatch{};         // -B
    std::string gap_open{};                // -O
    std::string gap_extend{};              // -E
    std::optional<int> drop{};             // -z
    std::optional<int> min_score{};        // -s
    std::optional<int> end_bonus{};        // --end-bonus
    std::string secondary{};               // --secondary
    std::optional<int> max_secondary{};    // -N
    std::optional<double> secondary_ratio{};   // -p
    std::optional<double> mask_overlap{};      // -M
    std::optional<bool> neighbours{};          // --neighbours, --no-neighbours
};

/// Declares the options; `choices` must outlive `command`.
void add_engine_options(CLI::App& command, EngineChoices& choices);

/// The preset named by -x. Throws UsageError that lists the presets.
Preset chosen_preset(const EngineChoices& choices);

/// The preset's options with the choices in their place; complete and valid, or UsageError with every problem.
EngineOptions chosen_engine_options(const EngineChoices& choices);

}  // namespace weft
