// Seeding: which minimizers of a query occur where on the reference.
//
// Minimizers that occur too often say little and cost much; they are left out unless a stretch of the query would be without any
// seed. What was left out is counted (`repeat_length`), because MAPQ needs to know. Short features without a confident chain are
// looked up a second time, with every k-mer and its one-substitution neighbours: at 8 % divergence a 75-bp tRNA often has no
// conserved minimizer, but nearly always a 15-mer with at most one change.
#pragma once

#include <cstdint>
#include <vector>

#include "weft/index/index_view.hpp"
#include "weft/kernel/sketch.hpp"
#include "weft/model/anchor.hpp"
#include "weft/model/for_each.hpp"
#include "weft/seed/options.hpp"
#include "weft/seed/query.hpp"

namespace weft {

/// Cut-offs that follow from the options and the occurrence statistics of an index.
struct SeedLimits {
    std::uint32_t frequent = 0;   // minimizers with more occurrences are left out ...
    std::uint32_t rescue = 0;     // ... unless needed, and never above this
};

struct SeedScratch {
    std::vector<Minimizer> minimizers{};
    std::vector<Occurrences> occurrences{};
    std::vector<std::uint32_t> rescued{};
};

struct SeedResult {
    std::vector<Anchor> anchors{};      // by rising query position, then reference position
    std::int32_t repeat_length = 0;     // query bases covered only by minimizers left out as too frequent
    std::int32_t minimizers = 0;        // minimizers of the query
};

/// Anchors of all minimizers of the query that are not too frequent, replacing `result`.
void find_anchors(const IndexView& index, const Query& query, const SeedLimits& limits, const SeedOptions& options,
                  SeedScratch& scratch, SeedResult& result, const ForEach& for_each);

/// Anchors of every k-mer of the query and, where `options.neighbours` is set, of every k-mer with one substitution.
/// The anchors of changed k-mers are not exact matches. Meant for short queries: cost grows with 3k look-ups per base.
void find_anchors_densely(const IndexView& index, const Query& query, const SeedLimits& limits, const SeedOptions& options,
                          SeedScratch& scratch, SeedResult& result);

}  // namespace weft
