// Banded dual-affine alignment of two short sequences: the work horse under gaps and ends.
//
// Rows are query bases, columns reference bases, a diagonal is (reference - query). The scalar version is the definition;
// the vector versions fill anti-diagonals and must give the same score, ends and CIGAR, tie for tie:
// walking back from the end, a diagonal step is preferred to a deletion, a deletion to an insertion, and staying in a gap
// to opening it; of equal best ends of an extension the one with the shorter reference end, then query end, wins.
// Gotoh 1982 (J Mol Biol 162:705); anti-diagonal layout as in Wozniak 1997 (CABIOS 13:145).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "weft/kernel/scoring.hpp"
#include "weft/model/cigar.hpp"
#include "weft/model/sequence.hpp"

namespace weft {

/// Memory that a caller keeps between calls; one per thread. Content means nothing to the caller.
class BandScratch {
public:
    BandScratch();
    ~BandScratch();
    BandScratch(BandScratch&&) noexcept;
    BandScratch& operator=(BandScratch&&) noexcept;
    struct Memory;
    Memory& memory() { return *memory_; }

private:
    Memory* memory_;
};

/// Inclusive range of diagonals (reference - query) that may be used. Must hold diagonal 0, and for a global
/// alignment also (reference length - query length).
struct DiagonalBand {
    std::int64_t low = 0;
    std::int64_t high = 0;
};

/// Result of a global alignment.
struct GlobalAlignment {
    std::int64_t score = 0;
    Cigar cigar{};   // M (match_or_mismatch), I, D
};

/// Aligns all of `query` to all of `reference` inside the band. Either may be empty.
/// Time and memory O(anti-diagonals x band width); one byte of trace per cell.
void align_global(std::span<const Code> query, std::span<const Code> reference, const Scoring& scoring, DiagonalBand band,
                  BandScratch& scratch, GlobalAlignment& result);

struct ExtensionOptions {
    std::int64_t end_bonus = 0;   // reaching the last query base is worth this much when the two ends are compared
    std::int64_t drop = 400;      // stop when an anti-diagonal's best falls this far below the best so far (gap-adjusted); < 0: never
    DiagonalBand band{};
};

/// Result of an extension from the (0, 0) corner.
struct Extension {
    std::int64_t score = 0;          // of the chosen path, without the bonus
    std::int64_t query_end = 0;      // query bases used
    std::int64_t reference_end = 0;  // reference bases used
    bool reaches_query_end = false;  // the chosen path uses the whole query
    std::int64_t best_score = 0;     // best of any end; 0 for the empty path
    std::int64_t end_score = 0;      // best that uses the whole query; meaningless when `end_seen` is false
    bool end_seen = false;           // the band and the drop let some path use the whole query
    Cigar cigar{};                   // of the chosen path
};

/// Extends from the start of both sequences. The path that uses the whole query is chosen when
/// end_score + end_bonus >= best_score, else the best path anywhere.
void align_extension(std::span<const Code> query, std::span<const Code> reference, const Scoring& scoring,
                     const ExtensionOptions& options, BandScratch& scratch, Extension& result);

}  // namespace weft
