// Banded dual-affine alignment of two short sequences: the work horse under gaps and ends.
//
// A cell (i, j) stands for i query and j reference bases used; its diagonal is j - i, its anti-diagonal i + j. Only cells whose
// diagonal lies in the band exist, and gaps run through existing cells only. The result is defined tie for tie, so that every
// SIMD target gives the same score, ends and CIGAR as the scalar definition (band_dp_scalar.cpp):
//   - walking back from the end, a diagonal step is preferred to a deletion, a deletion to an insertion, the first gap piece
//     (gap_open, gap_extend) to the second, and, inside a gap, staying in it to having opened it here;
//   - of equal best ends of an extension the one with the shorter reference end wins, then the one with the shorter query end.
// Gotoh 1982 (J Mol Biol 162:705); two gap pieces: Gotoh 1990 (Bull Math Biol 52:359).
#pragma once

#include <cstdint>
#include <span>

#include "weft/kernel/scoring.hpp"
#include "weft/kernel/target.hpp"
#include "weft/model/cigar.hpp"
#include "weft/model/sequence.hpp"

namespace weft {

/// Memory that a caller keeps between calls; one per thread. Content means nothing to the caller. It grows to the largest
/// problem seen (one byte per cell) and nothing is allocated by problems that are not larger. A moved-from scratch may only be
/// destroyed or assigned to.
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
/// alignment also (reference length - query length). May be wider than the matrix.
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
/// Throws UsageError for a band without the two diagonals above, for negative scores, and when
/// (query + reference length) x the largest score reaches 2^29. Thread-safe with one scratch and result per thread.
void align_global(std::span<const Code> query, std::span<const Code> reference, const Scoring& scoring, DiagonalBand band,
                  BandScratch& scratch, GlobalAlignment& result);

/// The drop is tested after the anti-diagonals 32, 64, 96, ...
inline constexpr std::int64_t drop_test_interval = 32;

struct ExtensionOptions {
    std::int64_t end_bonus = 0;   // reaching the last query base is worth this much when the two ends are compared
    std::int64_t drop = 400;      // how far below the best the front may fall before the extension stops, see below; < 0: any
    DiagonalBand band{};
};

/// Result of an extension from the (0, 0) corner.
struct Extension {
    std::int64_t score = 0;          // of the chosen path, without the bonus
    std::int64_t query_end = 0;      // query bases used
    std::int64_t reference_end = 0;  // reference bases used
    bool reaches_query_end = false;  // the chosen path uses the whole query
    std::int64_t best_score = 0;     // best of any end; 0 for the empty path
    std::int64_t end_score = 0;      // best that uses the whole query; 0 when `end_seen` is false
    bool end_seen = false;           // the band, the reference's length and the drop let some path use the whole query
    Cigar cigar{};                   // of the chosen path
};

/// Extends from the start of both sequences. The path that uses the whole query is chosen when it was seen and
/// end_score + end_bonus >= best_score, else the best path anywhere. Of equally good ends in the last query row the one with
/// the shorter reference end counts.
///
/// Anti-diagonals are filled in order until the band or the matrix ends. After every `drop_test_interval`-th of them the filling
/// stops if each cell of the last two anti-diagonals scores less than
///     best so far - drop - gap_extend2 x |its diagonal - the best cell's diagonal|
/// (the best so far with the tie rule above; the second term forgives one long gap). Cells filled before count, also when they
/// lie behind a deeper drop. Errors, cost and thread safety as align_global; the band must hold diagonal 0.
void align_extension(std::span<const Code> query, std::span<const Code> reference, const Scoring& scoring,
                     const ExtensionOptions& options, BandScratch& scratch, Extension& result);

/// The same on a target of choice (an available one), for tests and benchmarks.
void align_global_on(SimdTarget target, std::span<const Code> query, std::span<const Code> reference, const Scoring& scoring,
                     DiagonalBand band, BandScratch& scratch, GlobalAlignment& result);
void align_extension_on(SimdTarget target, std::span<const Code> query, std::span<const Code> reference, const Scoring& scoring,
                        const ExtensionOptions& options, BandScratch& scratch, Extension& result);

}  // namespace weft
