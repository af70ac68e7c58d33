#include <array>

#include "weft/parallel/engine_options.hpp"

namespace weft {
namespace {

EngineOptions feature_options() {
    EngineOptions options;
    options.select.neighbours = true;
    return options;
}

EngineOptions assembly_options() {
    EngineOptions options;
    options.chain.max_gap = 10'000;
    options.chain.bandwidth = 1'000;
    options.chain.long_bandwidth = 100'000;
    options.chain.min_score = 60;
    options.chain.min_minimizers = 3;
    options.seed.sensitive_below = 0;
    options.align.scoring = {.match = 1, .mismatch = 4, .ambiguous = 1, .gap_open = 6, .gap_extend = 2, .gap_open2 = 26, .gap_extend2 = 1};
    options.align.end_to_end = false;
    options.align.end_bonus = 5;
    options.align.drop = 200;
    options.align.min_score = 100;
    options.align.bandwidth = 1'000;
    return options;
}

EngineOptions hifi_options() {
    EngineOptions options;
    options.chain.max_gap = 10'000;
    options.chain.min_minimizers = 3;
    options.chain.min_score = 40;
    options.seed.sensitive_below = 0;
    options.align.scoring = {.match = 1, .mismatch = 4, .ambiguous = 1, .gap_open = 6, .gap_extend = 2, .gap_open2 = 26, .gap_extend2 = 1};
    options.align.end_to_end = false;
    options.align.end_bonus = 5;
    options.align.drop = 200;
    options.align.min_score = 60;
    return options;
}

EngineOptions ont_options() {
    EngineOptions options;
    options.chain.min_minimizers = 3;
    options.chain.min_score = 40;
    options.align.end_to_end = false;
    options.align.end_bonus = 5;
    options.align.min_score = 60;
    return options;
}

EngineOptions short_options() {
    EngineOptions options;
    options.k = 11;
    options.w = 5;
    options.chain.max_gap = 100;
    options.chain.bandwidth = 50;
    options.chain.long_bandwidth = 100;
    options.chain.min_score = 18;
    options.chain.min_minimizers = 1;
    options.seed.rescue_stretch = 50;
    options.align.scoring = {.match = 2, .mismatch = 6, .ambiguous = 1, .gap_open = 10, .gap_extend = 2, .gap_open2 = 30, .gap_extend2 = 1};
    options.align.end_bonus = 12;
    options.align.drop = 100;
    options.align.bandwidth = 50;
    return options;
}

}  // namespace

std::span<const PresetRow> presets() {
    static const std::array<PresetRow, 5> rows{{
        {Preset::feature, "feature", "same-species", "genes, transcripts without introns, exons, windows of 50 bp and more; both ends are wanted", feature_options()},
        {Preset::assembly, "asm", "asm5,asm10,asm20", "contigs and assemblies against a genome", assembly_options()},
        {Preset::hifi, "hifi", "map-hifi,lr:hq", "long reads with few errors", hifi_options()},
        {Preset::ont, "ont", "map-ont,lr", "long reads with errors", ont_options()},
        {Preset::short_query, "short", "sr", "primers, probes and short single-end reads, 18 bp and more", short_options()},
    }};
    return rows;
}

const EngineOptions& options_of(Preset preset) {
    for (const PresetRow& row : presets())
        if (row.preset == preset) return row.options;
    return presets().front().options;
}

std::optional<Preset> preset_named(std::string_view name) {
    for (const PresetRow& row : presets()) {
        if (name == row.name) return row.preset;
        std::string_view rest = row.aliases;
        while (!rest.empty()) {
            const std::size_t comma = std::min(rest.find(','), rest.size());
            if (!name.empty() && rest.substr(0, comma) == name) return row.preset;
            rest.remove_prefix(std::min(comma + 1, rest.size()));
        }
    }
    return std::nullopt;
}

}  // namespace weft
