// The answer: where a feature lies on the reference, base by base.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "weft/model/cigar.hpp"
#include "weft/model/coordinates.hpp"

namespace weft {

/// How an alignment stands to the others of its feature.
enum class Role : std::uint8_t {
    primary,         // the best one; exactly one per aligned feature
    supplementary,   // another part of the feature, best for that part (flag 2048)
    secondary,       // the same part at another place (flag 256)
};

/// One alignment of a feature. Intervals are 0-based, half-open, in bases.
struct Alignment {
    ContigId contig{};
    Strand strand = Strand::forward;
    ReferenceInterval reference{};   // on the contig's forward strand
    QueryInterval query{};           // on the feature as it was given
    Role role = Role::primary;
    std::uint8_t mapq = 0;           // 0 to 60, -10 log10 of the probability that the place is wrong

    /// =, X, I, D (and N for introns) along the forward reference, without clips; indels leftmost.
    Cigar cigar{};

    std::int32_t score = 0;               // AS: sum over the CIGAR with dual-affine gaps
    std::int32_t placement_score = 0;     // score with long gaps counted as one event; what places are ranked by
    std::int32_t best_segment_score = 0;  // ms: the highest-scoring stretch of the alignment
    std::int32_t chain_score = 0;         // s1: score of its chain, in matched bases
    std::int32_t second_chain_score = 0;  // s2: best chain at another place for the same part, 0 if none
    std::int32_t minimizers = 0;          // cm: minimizers on the chain
    std::int32_t ties = 0;                // other places of the same part with the same placement score
    bool moved = false;                   // the neighbouring features decided between copies (select/place_by_neighbours)
    std::int64_t matches = 0;             // = bases
    std::int64_t mismatches = 0;          // X bases, ambiguous ones included
    std::int64_t ambiguous = 0;           // nn: X bases where query or reference is not A, C, G or T
    std::int64_t inserted = 0;            // I bases
    std::int64_t deleted = 0;             // D bases
    std::int64_t gap_opens = 0;           // I and D elements

    /// NM of the SAM specification: mismatches + inserted + deleted bases.
    std::int64_t edit_distance() const { return mismatches + inserted + deleted; }
    /// Columns of the alignment: matches, mismatches and gap bases (PAF column 11).
    std::int64_t columns() const { return matches + mismatches + inserted + deleted; }
    /// de: differences per column with a gap counted once, ambiguous bases left out; 0 to 1.
    double gap_compressed_divergence() const;
};

/// Why a feature has no alignment.
enum class Unaligned : std::uint8_t {
    no,               // it has one
    empty_sequence,   // there are no bases
    too_short,        // shorter than the preset can place
    no_seed,          // nothing of it occurs in the reference
    low_score,        // candidates were aligned, none reached the minimal score
    failed,           // the engine reported an error; see `message`
};

/// Short words for a report: "no seed", "low score".
const char* reason(Unaligned why);

/// All alignments of one feature: primary first, then supplementary ones, then secondary ones by falling score.
struct FeatureAlignments {
    std::vector<Alignment> alignments{};
    std::vector<Alignment> alternatives{}; // places of the primary's part that nearly or fully tie with it; not output by themselves
    std::int32_t repeat_length = 0;        // rl: query bases covered only by minimizers too frequent to use
    Unaligned unaligned = Unaligned::no;
    std::string message{};                 // for Unaligned::failed

    bool aligned() const { return !alignments.empty(); }
};

}  // namespace weft
