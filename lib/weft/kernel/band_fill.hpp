// What the front of band_dp and its per-target fillers share: the problem, the trace they leave, and the memory they use.
//
// A filler computes scores and one trace byte per cell; the front walks the trace back. Anti-diagonal t of the trace is a row of
// `stride` bytes, in which the cell on diagonal d has the slot (d - low) / 2: cells of one anti-diagonal lie on every other diagonal,
// so a slot is shared by two diagonals that never meet in a row. A cell's diagonal predecessor has the same slot two rows above.
// Internal to kernel/.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "weft/kernel/band_dp.hpp"
#include "weft/kernel/gap_steps.hpp"
#include "weft/kernel/target.hpp"

namespace weft {

/// Bits of a trace byte. The first four say where the cell's best score came from, the others where a gap that leaves the cell
/// towards the next one began: set when it opens here, clear when it was running already.
namespace trace {
inline constexpr std::uint8_t from_deletion = 1 << 0;     // better than the diagonal step
inline constexpr std::uint8_t from_insertion = 1 << 1;    // better than the diagonal step and any deletion
inline constexpr std::uint8_t second_deletion = 1 << 2;   // the better deletion is of the second piece
inline constexpr std::uint8_t second_insertion = 1 << 3;
inline constexpr std::uint8_t opens_deletion = 1 << 4;
inline constexpr std::uint8_t opens_deletion2 = 1 << 5;
inline constexpr std::uint8_t opens_insertion = 1 << 6;
inline constexpr std::uint8_t opens_insertion2 = 1 << 7;
}  // namespace trace

/// One checked problem; the band is clipped to the matrix.
struct BandProblem {
    std::span<const Code> query;
    std::span<const Code> reference;
    const Scoring& scoring;
    std::int64_t low;
    std::int64_t high;

    std::int64_t rows() const { return static_cast<std::int64_t>(query.size()); }
    std::int64_t columns() const { return static_cast<std::int64_t>(reference.size()); }
    /// Slots of a trace row that can hold a cell.
    std::int64_t slots() const { return (high - low) / 2 + 1; }
    /// The last anti-diagonal with a cell: that of the band's far end.
    std::int64_t last_antidiagonal() const {
        if (columns() - rows() > high) return 2 * rows() + high;
        if (columns() - rows() < low) return 2 * columns() - low;
        return rows() + columns();
    }
    /// First and last diagonal with a cell on anti-diagonal `t`, of t's parity; first > last when there is none.
    DiagonalBand diagonals(std::int64_t t) const {
        const std::int64_t first = std::max(low, t - 2 * std::min(rows(), t));
        const std::int64_t last = std::min(high, t - 2 * std::max<std::int64_t>(0, t - columns()));
        return {first + ((first ^ t) & 1), last - ((last ^ t) & 1)};
    }
};

/// A cell that an alignment may end in.
struct BandEnd {
    std::int64_t score = 0;
    std::int64_t query = 0;
    std::int64_t reference = 0;
};

/// What a filler found while it looked for ends.
struct ExtensionEnds {
    BandEnd best{};    // of all cells filled
    BandEnd whole{};   // of the cells in the last query row; valid when `whole_seen`
    bool whole_seen = false;
};

/// Bytes that only grow; content is lost when they do. 64-byte aligned.
class ScratchBytes {
public:
    std::uint8_t* at_least(std::size_t size) {
        if (size > size_) {
            size_ = 0;   // stays right when the allocation throws
            owner_ = std::make_unique_for_overwrite<std::uint8_t[]>(size + size / 2 + alignment);
            size_ = size + size / 2;
        }
        return aligned();
    }
    std::uint8_t* aligned() const {
        const auto address = reinterpret_cast<std::uintptr_t>(owner_.get());
        return owner_.get() + (alignment - address % alignment) % alignment;
    }

private:
    static constexpr std::size_t alignment = 64;
    std::unique_ptr<std::uint8_t[]> owner_{};
    std::size_t size_ = 0;
};

struct BandScratch::Memory {
    ScratchBytes trace{};   // last_antidiagonal + 1 rows of `stride` bytes
    std::int64_t stride = 0;
    ScratchBytes state{};   // a filler's own arrays
    ScratchBytes ends{};    // what an extension's filler remembers of each diagonal
    GapSteps<std::int8_t> steps8{};
    GapSteps<std::int16_t> steps16{};
};

/// The functions of one SIMD target. Neither sequence may be empty.
struct BandFillers {
    /// Fills the whole trace.
    void (*global)(const BandProblem& problem, BandScratch::Memory& memory);
    /// Fills the trace until the drop stops it, and finds the ends.
    ExtensionEnds (*extension)(const BandProblem& problem, std::int64_t drop, BandScratch::Memory& memory);
};

/// The definition (band_dp_scalar.cpp); takes empty sequences, too.
void fill_global_scalar(const BandProblem& problem, BandScratch::Memory& memory);
ExtensionEnds fill_extension_scalar(const BandProblem& problem, std::int64_t drop, BandScratch::Memory& memory);

/// Fillers of an available target.
const BandFillers& band_fillers(SimdTarget target);

}  // namespace weft
