// Every option of the engine by its name, for whoever writes them down to read them back: another process must align with exactly these.
//
// The structured bindings name all members, so an option that is added to the engine and forgotten here does not compile.
#pragma once

#include "weft/parallel/engine_options.hpp"

namespace weft {

/// Calls field(name, value) for each; names are those of `describe`. `Options` is EngineOptions, const or not.
template <class Options, class Field>
void each_engine_field(Options& options, Field field) {
    auto& [k, w, seed, chain, align, select] = options;
    field("index.k", k);
    field("index.w", w);
    auto& [frequent_fraction, occurrence_floor, occurrence_ceiling, rescue_stretch, rescue_occurrences, sensitive_below,
           seed_neighbours] = seed;
    field("seed.frequent_fraction", frequent_fraction);
    field("seed.occurrence_floor", occurrence_floor);
    field("seed.occurrence_ceiling", occurrence_ceiling);
    field("seed.rescue_stretch", rescue_stretch);
    field("seed.rescue_occurrences", rescue_occurrences);
    field("seed.sensitive_below", sensitive_below);
    field("seed.neighbours", seed_neighbours);
    auto& [max_gap, chain_bandwidth, long_bandwidth, max_lookback, min_chain_score, min_minimizers, gap_scale, skip_scale] = chain;
    field("chain.max_gap", max_gap);
    field("chain.bandwidth", chain_bandwidth);
    field("chain.long_bandwidth", long_bandwidth);
    field("chain.max_lookback", max_lookback);
    field("chain.min_score", min_chain_score);
    field("chain.min_minimizers", min_minimizers);
    field("chain.gap_scale", gap_scale);
    field("chain.skip_scale", skip_scale);
    auto& [scoring, end_bonus, end_to_end, bridge_cost, max_bridge, drop, min_score, min_segment_score, bandwidth, max_cells] = align;
    auto& [match, mismatch, ambiguous, gap_open, gap_extend, gap_open2, gap_extend2] = scoring;
    field("align.match", match);
    field("align.mismatch", mismatch);
    field("align.ambiguous", ambiguous);
    field("align.gap_open", gap_open);
    field("align.gap_extend", gap_extend);
    field("align.gap_open2", gap_open2);
    field("align.gap_extend2", gap_extend2);
    field("align.end_bonus", end_bonus);
    field("align.end_to_end", end_to_end);
    field("align.bridge_cost", bridge_cost);
    field("align.max_bridge", max_bridge);
    field("align.drop", drop);
    field("align.min_score", min_score);
    field("align.min_segment_score", min_segment_score);
    field("align.bandwidth", bandwidth);
    field("align.max_cells", max_cells);
    auto& [secondary, max_secondary, secondary_ratio, mask_overlap, neighbours, neighbour_distance, neighbour_margin] = select;
    field("select.secondary", secondary);
    field("select.max_secondary", max_secondary);
    field("select.secondary_ratio", secondary_ratio);
    field("select.mask_overlap", mask_overlap);
    field("select.neighbours", neighbours);
    field("select.neighbour_distance", neighbour_distance);
    field("select.neighbour_margin", neighbour_margin);
}

}  // namespace weft
