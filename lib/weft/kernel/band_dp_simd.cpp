// Banded dual-affine alignment by vectors: one anti-diagonal of the band at a time, one byte of trace per cell.
//
// Scores are kept as differences between neighbouring cells (Suzuki & Kasahara 2018, BMC Bioinformatics 19:45; two gap pieces as in
// Li 2018), which stay so small that eight bits hold them whatever the length. With H the score of a cell, D and I of a deletion and an
// insertion that enter the next cell to the right and below, a lane carries
//     u = H(i,j) - H(i-1,j)     v = H(i,j) - H(i,j-1)     x = D(i,j+1) - H(i,j)     y = I(i+1,j) - H(i,j)    (x, y for both pieces)
// and z = H(i,j) - H(i-1,j-1) is the best of the substitution score, x + u of the left and y + v of the upper neighbour.
//
// Lanes are slots of the trace (band_fill.hpp): slot k holds diagonal low + 2k on one anti-diagonal and low + 2k + 1 on the next, so
// rows and columns of the band never move between lanes; one side's neighbour is in the same lane and the other side's one lane over.
//   - Outside the matrix, above its first row and left of its first column, cells copy their diagonal predecessor (z = 0). This
//     carries the gap costs that the first row and column need along, from presets; no cell is treated apart.
//   - Outside the band u (left) and v (above) are the lowest number, so saturating sums never choose a gap from there.
//   - Behind the last row and column lanes compute what nobody asks for: no cell inside depends on them, ends leave them out.
#include <algorithm>
#include <cstdint>

#include "weft/kernel/band_fill.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "weft/kernel/band_dp_simd.cpp"
#define HWY_DISABLED_TARGETS HWY_SSSE3
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "weft/kernel/band_ends-inl.hpp"
#include "weft/kernel/band_lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace weft {
namespace HWY_NAMESPACE {
#if HWY_TARGET != HWY_SCALAR   // Highway's fallback; ours is band_dp_scalar.cpp
namespace {

/// Slots [first, end) of the cells of anti-diagonal t that have all three neighbours. On anti-diagonals of parity 0 slot k holds
/// diagonal low + 2k, on those of parity 1 diagonal low + 2k + 1.
struct SlotRange {
    std::int64_t first, end;
    SlotRange(const BandProblem& problem, std::int64_t t, int parity) {
        const std::int64_t low = std::max(problem.low, t - 2 * std::min(problem.rows(), t - 1));
        const std::int64_t high = std::min(problem.high, t - 2 * std::max<std::int64_t>(1, t - problem.columns()));
        first = (low - problem.low - parity + 1) >> 1;
        end = ((high - problem.low - parity) >> 1) + 1;
    }
};

template <typename T>
const GapSteps<T>& prepared_steps(const BandProblem& problem, BandScratch::Memory& memory, std::int64_t lanes) {
    const std::int64_t reach = std::max(-problem.low, problem.high) + 4 * lanes;
    if constexpr (sizeof(T) == 1) {
        memory.steps8.prepare(problem.scoring, reach);
        return memory.steps8;
    } else {
        memory.steps16.prepare(problem.scoring, reach);
        return memory.steps16;
    }
}

/// A band of one vector: what the cells hand on stays in registers.
template <class D, class Ends>
class NarrowFiller {
public:
    using T = hn::TFromD<D>;
    using V = hn::Vec<D>;
    static constexpr std::int64_t lanes = lanes_of<D>;

    NarrowFiller(const BandProblem& problem, BandScratch::Memory& memory, Ends& ends)
        : problem_(problem),
          recurrence_(D(), problem.scoring),
          codes_(problem, lanes, memory.state.at_least(static_cast<std::size_t>(PaddedCodes::bytes(problem, lanes)))),
          steps_(prepared_steps<T>(problem, memory, lanes)),
          ends_(ends),
          row_(memory.trace.at_least(static_cast<std::size_t>((problem.last_antidiagonal() + 2) * lanes)) + 2 * lanes) {
        memory.stride = lanes;
        ends.prepare(lanes);
    }

    void fill() {
        const std::int64_t low = problem_.low, last = problem_.last_antidiagonal();
        if (ends_.stops_after(1)) return;
        // All lanes begin as cells outside the matrix.
        const std::int64_t parity = (low + 1) & 1;
        Cells<D> cells{hn::LoadU(D(), steps_.u(low + parity)), recurrence_.opened1, recurrence_.opened2,
                       hn::LoadU(D(), steps_.v(low + parity)), recurrence_.opened1, recurrence_.opened2};
        const V limits[2] = {limit(0), limit(1)};
        cells.v = hn::Min(cells.v, limits[parity]);
        std::int64_t t = 2;
        if (parity == 0 && fill_row<1>(t++, limits[1], cells)) return;
        for (; t < last; t += 2) {
            if (fill_row<0>(t, limits[0], cells)) return;
            if (fill_row<1>(t + 1, limits[1], cells)) return;
        }
        if (t == last) fill_row<0>(t, limits[0], cells);
    }

private:
    /// The highest v of each lane: the lowest number outside the band.
    V limit(int parity) const {
        const std::int64_t inside = ((problem_.high - problem_.low - parity) >> 1) + 1;
        return hn::IfThenElse(hn::FirstN(D(), static_cast<std::size_t>(inside)), hn::Set(D(), hwy::HighestValue<T>()), recurrence_.lowest);
    }

    /// Fills anti-diagonal t; true when that was the last one.
    template <int parity>
    HWY_INLINE bool fill_row(std::int64_t t, V limit, Cells<D>& cells) {
        const D d;
        if constexpr (parity == 0) {
            cells.u = shift_up(d, cells.u, recurrence_.lowest);
            cells.x1 = shift_up(d, cells.x1, recurrence_.lowest);
            cells.x2 = shift_up(d, cells.x2, recurrence_.lowest);
        } else {
            cells.v = shift_down(d, cells.v, recurrence_.lowest);
            cells.y1 = shift_down(d, cells.y1, recurrence_.lowest);
            cells.y2 = shift_down(d, cells.y2, recurrence_.lowest);
        }
        const std::int64_t i = (t - problem_.low - parity) / 2, j = (t + problem_.low + parity) / 2;
        V bits;
        const V z = recurrence_.fill(recurrence_.columns.scores(codes_.query(i), codes_.reference(j)), limit, cells, bits);
        recurrence_.columns.store_trace(bits, row_);
        row_ += lanes;
        if constexpr (Ends::watched) {
            const SlotRange slots(problem_, t, parity);
            ends_.see(d, z, parity, t, 0, slots.first, slots.end);
        }
        return ends_.stops_after(t);
    }

    const BandProblem& problem_;
    const Recurrence<D> recurrence_;
    const PaddedCodes codes_;
    const GapSteps<T>& steps_;
    Ends& ends_;
    std::uint8_t* row_;   // of the trace
};

/// A band of any number of vectors: what the cells hand on lies in memory, one set of arrays for each parity. Only vectors that
/// overlap the matrix are touched; the others hold what cells outside of it always hand on.
template <class D, class Ends>
class WideFiller {
public:
    using T = hn::TFromD<D>;
    using V = hn::Vec<D>;
    static constexpr std::int64_t lanes = lanes_of<D>;

    WideFiller(const BandProblem& problem, BandScratch::Memory& memory, Ends& ends)
        : problem_(problem),
          recurrence_(D(), problem.scoring),
          slots_((problem.slots() + lanes - 1) / lanes * lanes),
          memory_(memory.state.at_least(static_cast<std::size_t>(14 * (slots_ + 2 * lanes) * std::int64_t{sizeof(T)} +
                                                                 PaddedCodes::bytes(problem, lanes)))),
          codes_(problem, lanes, memory_ + 14 * (slots_ + 2 * lanes) * std::int64_t{sizeof(T)}),
          ends_(ends),
          trace_(memory.trace.at_least(static_cast<std::size_t>((problem.last_antidiagonal() + 1) * slots_))) {
        T* next = reinterpret_cast<T*>(memory_) + lanes;
        for (Arrays& arrays : arrays_)
            for (T** member : {&arrays.u, &arrays.x1, &arrays.x2, &arrays.v, &arrays.y1, &arrays.y2, &arrays.limit}) {
                *member = next;
                next += slots_ + 2 * lanes;   // a guard vector on either side
            }
        preset(prepared_steps<T>(problem, memory, lanes));
        memory.stride = slots_;
        ends_.prepare(slots_);
    }

    void fill() {
        if (ends_.stops_after(1)) return;
        for (std::int64_t t = 2; t <= problem_.last_antidiagonal(); ++t) {
            if ((t ^ problem_.low) & 1)
                fill_row<1>(t);
            else
                fill_row<0>(t);
            if (ends_.stops_after(t)) return;
        }
    }

private:
    /// By slot: what the cells of an anti-diagonal hand on, and the highest v they may, the lowest number outside the band.
    struct Arrays {
        T *u, *x1, *x2, *v, *y1, *y2, *limit;
    };

    void preset(const GapSteps<T>& steps) {
        const D d;
        for (std::int64_t parity = 0; parity < 2; ++parity) {
            const Arrays& arrays = arrays_[parity];
            const T* u = steps.u(problem_.low + parity);
            const T* v = steps.v(problem_.low + parity);
            const std::int64_t inside = ((problem_.high - problem_.low - parity) >> 1) + 1;
            for (std::int64_t k = -lanes; k <= slots_; k += lanes) {
                const auto in_band = static_cast<std::size_t>(std::clamp<std::int64_t>(inside - k, 0, lanes));
                const V limit = hn::IfThenElse(hn::FirstN(d, in_band), hn::Set(d, hwy::HighestValue<T>()), recurrence_.lowest);
                hn::Store(limit, d, arrays.limit + k);
                hn::Store(k < 0 ? recurrence_.lowest : hn::LoadU(d, u + k), d, arrays.u + k);
                hn::Store(hn::Min(hn::LoadU(d, v + std::max<std::int64_t>(k, 0)), limit), d, arrays.v + k);
                hn::Store(recurrence_.opened1, d, arrays.x1 + k);
                hn::Store(recurrence_.opened2, d, arrays.x2 + k);
                hn::Store(recurrence_.opened1, d, arrays.y1 + k);
                hn::Store(recurrence_.opened2, d, arrays.y2 + k);
            }
        }
    }

    template <int parity>
    HWY_INLINE void fill_row(std::int64_t t) {
        const D d;
        const SlotRange slots(problem_, t, parity);
        const Arrays& from = arrays_[1 - parity];
        const Arrays& to = arrays_[parity];
        const std::uint8_t* query = codes_.query((t - problem_.low - parity) / 2);
        const std::uint8_t* reference = codes_.reference((t + problem_.low + parity) / 2);
        std::uint8_t* row = trace_ + t * slots_;
        const std::int64_t begin = slots.first & -lanes;
        // On parity 0 the left neighbour is one lane down and comes along from the vector before; on parity 1 the upper one is
        // one lane up and comes along from the vector behind. The other neighbour is in the same lane.
        const std::int64_t edge = parity == 0 ? begin - lanes : begin;
        V near0 = hn::Load(d, (parity == 0 ? from.u : from.v) + edge);
        V near1 = hn::Load(d, (parity == 0 ? from.x1 : from.y1) + edge);
        V near2 = hn::Load(d, (parity == 0 ? from.x2 : from.y2) + edge);
        for (std::int64_t k = begin; k < slots.end; k += lanes) {
            Cells<D> cells;
            if constexpr (parity == 0) {
                const V u = hn::Load(d, from.u + k), x1 = hn::Load(d, from.x1 + k), x2 = hn::Load(d, from.x2 + k);
                cells = {shift_up(d, u, near0), shift_up(d, x1, near1), shift_up(d, x2, near2),
                         hn::Load(d, from.v + k), hn::Load(d, from.y1 + k), hn::Load(d, from.y2 + k)};
                near0 = u, near1 = x1, near2 = x2;
            } else {
                const T* const next = from.v + k + lanes;
                const V v = hn::Load(d, next), y1 = hn::Load(d, from.y1 + k + lanes), y2 = hn::Load(d, from.y2 + k + lanes);
                cells = {hn::Load(d, from.u + k), hn::Load(d, from.x1 + k), hn::Load(d, from.x2 + k),
                         shift_down(d, near0, v), shift_down(d, near1, y1), shift_down(d, near2, y2)};
                near0 = v, near1 = y1, near2 = y2;
            }
            V bits;
            const V z = recurrence_.fill(recurrence_.columns.scores(query + k, reference + k), hn::Load(d, to.limit + k), cells, bits);
            hn::Store(cells.u, d, to.u + k);
            hn::Store(cells.x1, d, to.x1 + k);
            hn::Store(cells.x2, d, to.x2 + k);
            hn::Store(cells.v, d, to.v + k);
            hn::Store(cells.y1, d, to.y1 + k);
            hn::Store(cells.y2, d, to.y2 + k);
            recurrence_.columns.store_trace(bits, row + k);
            if constexpr (Ends::watched) ends_.see(d, z, parity, t, k, slots.first, slots.end);
        }
    }

    const BandProblem& problem_;
    const Recurrence<D> recurrence_;
    const std::int64_t slots_;   // rounded up to whole vectors
    std::uint8_t* const memory_;
    const PaddedCodes codes_;
    Ends& ends_;
    std::uint8_t* const trace_;
    Arrays arrays_[2];   // by parity
};

/// Whether lanes of type T hold every difference of the problem, and sums of two of them where they must be told from less.
template <typename T>
bool fits(const Scoring& scoring) {
    const std::int64_t limit = hwy::HighestValue<T>();
    const std::int64_t one = scoring.gap(1);
    const std::int64_t worst = std::max(scoring.mismatch, scoring.ambiguous);
    const std::int64_t open = std::max(scoring.gap_open, scoring.gap_open2), extend = std::max(scoring.gap_extend, scoring.gap_extend2);
    const std::int64_t opened = std::max(std::int64_t{scoring.gap_open} + scoring.gap_extend, std::int64_t{scoring.gap_open2} + scoring.gap_extend2);
    return opened + one <= limit && open + worst <= limit && scoring.match + std::max(one, extend) <= limit;
}

template <class Ends>
void fill_with(const BandProblem& problem, BandScratch::Memory& memory, Ends& ends) {
    using Widest = hn::ScalableTag<std::int8_t>;
    if (!fits<std::int8_t>(problem.scoring))
        WideFiller<hn::ScalableTag<std::int16_t>, Ends>(problem, memory, ends).fill();
    else if (problem.slots() <= 16)
        NarrowFiller<hn::CappedTag<std::int8_t, 16>, Ends>(problem, memory, ends).fill();
    else if (bytes_of<Widest> >= 32 && problem.slots() <= 32)
        NarrowFiller<hn::CappedTag<std::int8_t, 32>, Ends>(problem, memory, ends).fill();
    else if (bytes_of<Widest> >= 64 && problem.slots() <= 64)
        NarrowFiller<hn::CappedTag<std::int8_t, 64>, Ends>(problem, memory, ends).fill();
    else
        WideFiller<Widest, Ends>(problem, memory, ends).fill();
}

void fill_global(const BandProblem& problem, BandScratch::Memory& memory) {
    if (!fits<std::int16_t>(problem.scoring)) return fill_global_scalar(problem, memory);
    NoEnds ends;
    fill_with(problem, memory, ends);
}

ExtensionEnds fill_extension(const BandProblem& problem, std::int64_t drop, BandScratch::Memory& memory) {
    const Scoring& scoring = problem.scoring;
    if (!fits<std::int16_t>(scoring)) return fill_extension_scalar(problem, drop, memory);
    constexpr std::int64_t limit = 32'000;
    const std::int64_t rows = problem.rows(), columns = problem.columns();
    if (fits<std::int8_t>(scoring) && rows + columns <= limit && scoring.match * std::min(rows, columns) <= limit &&
        scoring.gap(rows) + scoring.gap(columns) <= limit) {
        DiagonalEnds<std::int16_t> ends(problem, drop, memory);
        fill_with(problem, memory, ends);
        return ends.ends();
    }
    DiagonalEnds<std::int32_t> ends(problem, drop, memory);
    fill_with(problem, memory, ends);
    return ends.ends();
}

}  // namespace

extern const BandFillers fillers{fill_global, fill_extension};
#endif
}  // namespace HWY_NAMESPACE
}  // namespace weft
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace weft {

const BandFillers& band_fillers(SimdTarget target) {
    static constexpr BandFillers scalar{fill_global_scalar, fill_extension_scalar};
    switch (target) {
#if HWY_ARCH_X86
        case SimdTarget::sse4: return N_SSE4::fillers;
        case SimdTarget::avx2: return N_AVX2::fillers;
        case SimdTarget::avx512: return N_AVX3::fillers;
#endif
        default: break;
    }
    return scalar;
}

}  // namespace weft
#endif
