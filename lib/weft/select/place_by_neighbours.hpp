// Where a feature's own sequence cannot decide between copies, the features before it in the input can.
//
// Genes are usually given in genome order. About 3 % of a yeast genome's features (tRNAs, transposon parts, subtelomeric families)
// have copies that fit as well as the true place or one substitution better; their neighbours nearly always say which is right.
// Only undecided features are touched, what was moved is marked, and MAPQ keeps saying what the sequence alone is worth.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "weft/model/alignment.hpp"
#include "weft/select/options.hpp"

namespace weft {

/// Places the undecided features of one stream. Features must be handed over in input order: the outcome depends on the features
/// before, never on threads or batches. One object per run; not thread-safe.
class NeighbourPlacer {
public:
    explicit NeighbourPlacer(const SelectOptions& options) : options_(options) {}

    /// Makes the alternative nearest to the last confidently placed features the primary, where there is one:
    ///   - of equal score: within options.neighbour_distance of the last confident feature;
    ///   - of lower score (`alternatives` holds only those within options.neighbour_margin): the last two confident features must
    ///     also lie within that distance of each other, so that an input in random order moves nothing.
    /// Returns true when it changed `result`.
    bool place(FeatureAlignments& result);

private:
    struct Place {
        ContigId contig{};
        Strand strand = Strand::forward;
        ReferenceInterval reference{};
        bool operator==(const Place&) const = default;
    };

    static Place place_of(const Alignment& alignment) { return {alignment.contig, alignment.strand, alignment.reference}; }
    static std::int64_t distance(const Place& a, const Place& b);
    bool is_taken(const Place& place) const;
    const Alignment* choose(const FeatureAlignments& result) const;
    void promote(const Alignment& chosen, std::vector<Alignment>& alignments) const;
    void remember(const Alignment& primary);

    SelectOptions options_;
    std::deque<Place> confident_{};   // the last two
    std::deque<Place> taken_{};       // places of the last features, whatever their confidence
};

}  // namespace weft
