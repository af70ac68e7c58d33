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
#include <cstring>

#include "weft/kernel/band_fill.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "weft/kernel/band_dp_simd.cpp"
#define HWY_DISABLED_TARGETS HWY_SSSE3
#include <hwy/foreach_target.h>
#include <hwy/highway.h>


HWY_BEFORE_NAMESPACE();
namespace weft {
namespace HWY_NAMESPACE {
#if HWY_TARGET != HWY_SCALAR   // Highway's fallback; ours is band_dp_scalar.cpp
namespace {

namespace hn = hwy::HWY_NAMESPACE;

constexpr std::int64_t padding = 128;   // codes around a sequence: a vector that overlaps the matrix reaches no farther

// Codes as they are compared: the exclusive or of a query and a reference code is 0 for a match, 1 to 3 for a mismatch, 4 to 15 with an
// ambiguous base and at least 0x80 outside the matrix.
constexpr std::uint8_t ambiguous_query = 4, ambiguous_reference = 8, outside = 0x80;

/// Lane k of the result is lane k - 1 of `v`; lane 0 is the last one of `before`.
template <class D, class V>
HWY_INLINE V shift_up(D d, V v, V before) {
    constexpr int bytes = 16 - static_cast<int>(sizeof(hn::TFromD<D>));
    if constexpr (hn::MaxLanes(D()) * sizeof(hn::TFromD<D>) == 16) {
        return hn::CombineShiftRightBytes<bytes>(d, v, before);
    } else if constexpr (hn::MaxLanes(D()) * sizeof(hn::TFromD<D>) == 32) {
        return hn::CombineShiftRightBytes<bytes>(d, v, hn::ConcatLowerUpper(d, v, before));
    } else {
#if HWY_CAP_GE512
        return hn::CombineShiftRightBytes<bytes>(d, v, V{_mm512_alignr_epi64(v.raw, before.raw, 6)});
#endif
    }
}

/// Lane k of the result is lane k + 1 of `v`; the last lane is lane 0 of `after`.
template <class D, class V>
HWY_INLINE V shift_down(D d, V v, V after) {
    constexpr int bytes = static_cast<int>(sizeof(hn::TFromD<D>));
    if constexpr (hn::MaxLanes(D()) * sizeof(hn::TFromD<D>) == 16) {
        return hn::CombineShiftRightBytes<bytes>(d, after, v);
    } else if constexpr (hn::MaxLanes(D()) * sizeof(hn::TFromD<D>) == 32) {
        return hn::CombineShiftRightBytes<bytes>(d, hn::ConcatLowerUpper(d, after, v), v);
    } else {
#if HWY_CAP_GE512
        return hn::CombineShiftRightBytes<bytes>(d, V{_mm512_alignr_epi64(after.raw, v.raw, 2)}, v);
#endif
    }
}

/// Substitution scores of pairs of codes, and trace bytes out of lanes, for lanes of eight and of sixteen bits.
template <class D, typename T = hn::TFromD<D>>
class Columns {
public:
    using V = hn::Vec<D>;
    Columns(D, const Scoring& scoring) {
        for (int pair = 0; pair < 16; ++pair)
            table_[pair] = static_cast<std::int8_t>(pair == 0 ? scoring.match : pair < 4 ? -scoring.mismatch : -scoring.ambiguous);
        scores_ = hn::LoadDup128(D(), table_);
    }
    HWY_INLINE V scores(const std::uint8_t* query, const std::uint8_t* reference) const {
        const hn::Rebind<std::uint8_t, D> du;
        return hn::TableLookupBytesOr0(scores_, hn::BitCast(D(), hn::Xor(hn::LoadU(du, query), hn::LoadU(du, reference))));
    }
    HWY_INLINE void store_trace(V bytes, std::uint8_t* row) const {
        const hn::Rebind<std::uint8_t, D> du;
        hn::Store(hn::BitCast(du, bytes), du, row);
    }

private:
    HWY_ALIGN std::int8_t table_[16];
    V scores_;
};

template <class D>
class Columns<D, std::int16_t> {
public:
    using V = hn::Vec<D>;
    Columns(D d, const Scoring& scoring)
        : match_(hn::Set(d, static_cast<std::int16_t>(scoring.match))),
          mismatch_(hn::Set(d, static_cast<std::int16_t>(-scoring.mismatch))),
          ambiguous_(hn::Set(d, static_cast<std::int16_t>(-scoring.ambiguous))) {}
    HWY_INLINE V scores(const std::uint8_t* query, const std::uint8_t* reference) const {
        const D d;
        const hn::Rebind<std::uint8_t, D> du;
        const V pair = hn::PromoteTo(d, hn::Xor(hn::LoadU(du, query), hn::LoadU(du, reference)));
        const V known = hn::IfThenElse(hn::Eq(pair, hn::Zero(d)), match_, mismatch_);
        const V inside = hn::IfThenElse(hn::Lt(pair, hn::Set(d, std::int16_t{4})), known, ambiguous_);
        return hn::IfThenElseZero(hn::Lt(pair, hn::Set(d, std::int16_t{outside})), inside);
    }
    HWY_INLINE void store_trace(V bytes, std::uint8_t* row) const {
        const hn::Rebind<std::uint8_t, D> du;
        hn::StoreU(hn::DemoteTo(du, bytes), du, row);
    }

private:
    V match_, mismatch_, ambiguous_;
};

/// Fills the matrix and shows the z of each vector to `Ends`, which may stop it after an anti-diagonal.
template <class D, class Ends>
class Filler {
public:
    using T = hn::TFromD<D>;
    using V = hn::Vec<D>;
    static constexpr std::int64_t lanes = static_cast<std::int64_t>(hn::MaxLanes(D()));

    Filler(const BandProblem& problem, BandScratch::Memory& memory, Ends& ends)
        : problem_(problem),
          columns_(D(), problem.scoring),
          ends_(ends),
          extend1_(static_cast<T>(problem.scoring.gap_extend)),
          extend2_(static_cast<T>(problem.scoring.gap_extend2)),
          opened1_(static_cast<T>(-problem.scoring.gap_open - problem.scoring.gap_extend)),
          opened2_(static_cast<T>(-problem.scoring.gap_open2 - problem.scoring.gap_extend2)) {
        const std::int64_t slots = (problem.slots() + lanes - 1) / lanes * lanes;
        memory.stride = stride_ = slots;
        trace_ = memory.trace.at_least(static_cast<std::size_t>((problem.last_antidiagonal() + 1) * slots));
        const std::int64_t array = slots + 2 * lanes;   // a guard vector on either side
        const std::int64_t codes = problem.rows() + problem.columns() + 4 * padding;
        std::uint8_t* bytes = memory.state.at_least(static_cast<std::size_t>(14 * array * std::int64_t{sizeof(T)} + codes));
        T* next = reinterpret_cast<T*>(bytes) + lanes;
        for (State& state : states_)
            for (T** member : {&state.u, &state.v, &state.x1, &state.x2, &state.y1, &state.y2, &state.limit}) {
                *member = next;
                next += array;
            }
        preset(slots);
        prepare_codes(reinterpret_cast<std::uint8_t*>(next - lanes));
        ends_.prepare(slots);
    }

    void fill() {
        const std::int64_t rows = problem_.rows(), columns = problem_.columns(), low = problem_.low, high = problem_.high;
        const std::int64_t last = problem_.last_antidiagonal();
        if (ends_.stops_after(1)) return;
        for (std::int64_t t = 2; t <= last; ++t) {
            const std::int64_t parity = (t ^ low) & 1;
            const std::int64_t first_d = std::max(low, t - 2 * std::min(rows, t - 1));
            const std::int64_t last_d = std::min(high, t - 2 * std::max<std::int64_t>(1, t - columns));
            const std::int64_t first = (first_d - low - parity + 1) >> 1, end = ((last_d - low - parity) >> 1) + 1;
            if (parity == 0)
                fill_row<0>(t, first, end);
            else
                fill_row<1>(t, first, end);
            if (ends_.stops_after(t)) return;
        }
    }

private:
    /// What the cells of an anti-diagonal hand on, and the highest v they may (the lowest number outside the band).
    struct State {
        T *u, *v, *x1, *x2, *y1, *y2, *limit;
    };

    /// v of a cell in the first row, u of one in the first column: what a gap's `length`-th base adds.
    T gap_step(std::int64_t length) const {
        return static_cast<T>(problem_.scoring.gap(length - 1) - problem_.scoring.gap(length));
    }

    /// The state that cells outside the matrix have at any time.
    void preset(std::int64_t slots) {
        constexpr T lowest = hwy::LowestValue<T>(), highest = hwy::HighestValue<T>();
        for (std::int64_t parity = 0; parity < 2; ++parity) {
            const State& state = states_[parity];
            const std::int64_t all = slots + 2 * lanes;
            for (T* array : {state.x1, state.y1}) std::fill_n(array - lanes, all, opened1_);
            for (T* array : {state.x2, state.y2}) std::fill_n(array - lanes, all, opened2_);
            for (std::int64_t k = 0; k < slots; ++k) {
                const std::int64_t d = problem_.low + 2 * k + parity;
                state.u[k] = d < 0 ? gap_step(-d) : static_cast<T>(-gap_step(d + 1));
                state.v[k] = d > 0 ? gap_step(d) : static_cast<T>(-gap_step(1 - d));
                state.limit[k] = d > problem_.high ? lowest : highest;
                if (d > problem_.high) state.v[k] = lowest;
            }
            std::fill_n(state.u - lanes, lanes, lowest);
            std::fill_n(state.v + slots, lanes, lowest);
        }
    }

    /// Copies the sequences, the query reversed, with codes around them that tell before the first and behind the last base.
    void prepare_codes(std::uint8_t* bytes) {
        const std::int64_t rows = problem_.rows(), columns = problem_.columns();
        query_ = bytes + padding;
        std::memset(bytes, ambiguous_query, padding);
        for (std::int64_t i = 0; i < rows; ++i) query_[rows - 1 - i] = std::min(problem_.query[static_cast<std::size_t>(i)], ambiguous_query);
        std::memset(query_ + rows, outside, padding);
        reference_ = query_ + rows + 2 * padding;
        std::memset(reference_ - padding, outside, padding);
        for (std::int64_t j = 0; j < columns; ++j) {
            const Code code = problem_.reference[static_cast<std::size_t>(j)];
            reference_[j] = code < ambiguous_code ? code : ambiguous_reference;
        }
        std::memset(reference_ + columns, ambiguous_reference, padding);
    }

    /// Fills the slots [first, end) of anti-diagonal t. On rows of parity 0 the left neighbour is one lane down, on rows of parity 1
    /// the upper neighbour is one lane up; the other one is in the same lane.
    template <int parity>
    HWY_INLINE void fill_row(std::int64_t t, std::int64_t first, std::int64_t end) {
        const D d;
        const V extend1 = hn::Set(d, extend1_), extend2 = hn::Set(d, extend2_);
        const V opened1 = hn::Set(d, opened1_), opened2 = hn::Set(d, opened2_);
        const State& from = states_[1 - parity];
        const State& to = states_[parity];
        const std::uint8_t* query = query_ + problem_.rows() - (t - problem_.low - parity) / 2;
        const std::uint8_t* reference = reference_ + (t + problem_.low + parity) / 2 - 1;
        std::uint8_t* row = trace_ + t * stride_;
        const std::int64_t begin = first & -lanes;
        const std::int64_t edge = parity == 0 ? begin - lanes : begin;
        V shifted0 = hn::Load(d, (parity == 0 ? from.u : from.v) + edge);
        V shifted1 = hn::Load(d, (parity == 0 ? from.x1 : from.y1) + edge);
        V shifted2 = hn::Load(d, (parity == 0 ? from.x2 : from.y2) + edge);
        for (std::int64_t k = begin; k < end; k += lanes) {
            V u, v, x1, x2, y1, y2;
            if constexpr (parity == 0) {
                const V u_here = hn::Load(d, from.u + k), x1_here = hn::Load(d, from.x1 + k), x2_here = hn::Load(d, from.x2 + k);
                u = shift_up(d, u_here, shifted0), x1 = shift_up(d, x1_here, shifted1), x2 = shift_up(d, x2_here, shifted2);
                shifted0 = u_here, shifted1 = x1_here, shifted2 = x2_here;
                v = hn::Load(d, from.v + k), y1 = hn::Load(d, from.y1 + k), y2 = hn::Load(d, from.y2 + k);
            } else {
                const std::int64_t after = k + lanes;
                const V v_after = hn::Load(d, from.v + after), y1_after = hn::Load(d, from.y1 + after),
                        y2_after = hn::Load(d, from.y2 + after);
                v = shift_down(d, shifted0, v_after), y1 = shift_down(d, shifted1, y1_after), y2 = shift_down(d, shifted2, y2_after);
                shifted0 = v_after, shifted1 = y1_after, shifted2 = y2_after;
                u = hn::Load(d, from.u + k), x1 = hn::Load(d, from.x1 + k), x2 = hn::Load(d, from.x2 + k);
            }

            // The best of the diagonal step, a deletion and an insertion.
            const V s = columns_.scores(query + k, reference + k);
            const V a1 = hn::SaturatedAdd(x1, u), a2 = hn::SaturatedAdd(x2, u);
            const V b1 = hn::SaturatedAdd(y1, v), b2 = hn::SaturatedAdd(y2, v);
            const V a = hn::Max(a1, a2), b = hn::Max(b1, b2);
            const V sa = hn::Max(s, a);
            const V z = hn::Max(sa, b);
            V bits = bit_where(a > s, trace::from_deletion);
            bits = hn::Or(bits, bit_where(b > sa, trace::from_insertion));
            bits = hn::Or(bits, bit_where(a2 > a1, trace::second_deletion));
            bits = hn::Or(bits, bit_where(b2 > b1, trace::second_insertion));

            // What the cell hands on. A running gap goes on unless it is better opened here.
            const V z1 = hn::SaturatedAdd(z, extend1), z2 = hn::SaturatedAdd(z, extend2);
            const V a1_runs = hn::SaturatedSub(a1, z1), a2_runs = hn::SaturatedSub(a2, z2);
            const V b1_runs = hn::SaturatedSub(b1, z1), b2_runs = hn::SaturatedSub(b2, z2);
            bits = hn::Or(bits, bit_where(opened1 > a1_runs, trace::opens_deletion));
            bits = hn::Or(bits, bit_where(opened2 > a2_runs, trace::opens_deletion2));
            bits = hn::Or(bits, bit_where(opened1 > b1_runs, trace::opens_insertion));
            bits = hn::Or(bits, bit_where(opened2 > b2_runs, trace::opens_insertion2));
            hn::Store(hn::SaturatedSub(z, v), d, to.u + k);
            hn::Store(hn::Min(hn::SaturatedSub(z, u), hn::Load(d, to.limit + k)), d, to.v + k);
            hn::Store(hn::Max(a1_runs, opened1), d, to.x1 + k);
            hn::Store(hn::Max(a2_runs, opened2), d, to.x2 + k);
            hn::Store(hn::Max(b1_runs, opened1), d, to.y1 + k);
            hn::Store(hn::Max(b2_runs, opened2), d, to.y2 + k);
            columns_.store_trace(bits, row + k);
            ends_.see(d, z, parity, t, k, first, end);
        }
    }

    template <class Mask>
    static HWY_INLINE V bit_where(Mask mask, std::uint8_t bit) {
        return hn::IfThenElseZero(mask, hn::Set(D(), static_cast<T>(bit)));
    }

    const BandProblem& problem_;
    Columns<D> columns_;
    Ends& ends_;
    T extend1_, extend2_, opened1_, opened2_;
    State states_[2];
    std::uint8_t* trace_;
    std::int64_t stride_;
    std::uint8_t* query_;       // reversed
    std::uint8_t* reference_;
};

/// A global alignment ends in its last cell; nothing is to be seen before.
struct NoEnds {
    void prepare(std::int64_t) {}
    template <class D>
    HWY_INLINE void see(D, hn::Vec<D>, int, std::int64_t, std::int64_t, std::int64_t, std::int64_t) {}
    bool stops_after(std::int64_t) { return false; }
};

/// Sums the z of each diagonal up to scores, and remembers the best of each diagonal and where it was.
template <typename Score>
class DiagonalEnds {
public:
    DiagonalEnds(const BandProblem& problem, std::int64_t drop, BandScratch::Memory& memory)
        : problem_(problem), drop_(drop), memory_(memory) {}

    void prepare(std::int64_t slots) {
        auto* next = reinterpret_cast<Score*>(memory_.ends.at_least(static_cast<std::size_t>(6 * slots) * sizeof(Score)));
        for (std::int64_t parity = 0; parity < 2; ++parity) {
            scores_[parity] = next, best_[parity] = next + slots, best_at_[parity] = next + 2 * slots;
            next += 3 * slots;
            for (std::int64_t k = 0; k < slots; ++k)
                scores_[parity][k] = static_cast<Score>(-problem_.scoring.gap(std::abs(problem_.low + 2 * k + parity)));
            std::fill_n(best_[parity], 2 * slots, Score{0});   // nothing below the empty path is ever the best
        }
    }

    template <class D>
    HWY_INLINE void see(D d, hn::Vec<D> z, int parity, std::int64_t t, std::int64_t k, std::int64_t first, std::int64_t end) {
        HWY_ALIGN hn::TFromD<D> steps[hn::MaxLanes(D())];
        hn::Store(z, d, steps);
        using Wide = hn::CappedTag<Score, hn::MaxLanes(D())>;
        const Wide dw;
        const hn::Vec<Wide> now = hn::Set(dw, static_cast<Score>(t));
        for (std::size_t lane = 0; lane < hn::MaxLanes(D()); lane += hn::MaxLanes(Wide())) {
            const std::int64_t slot = k + static_cast<std::int64_t>(lane);
            hn::Vec<Wide> step;
            if constexpr (sizeof(Score) == sizeof(hn::TFromD<D>))
                step = hn::Load(dw, steps + lane);
            else
                step = hn::PromoteTo(dw, hn::Load(hn::Rebind<hn::TFromD<D>, Wide>(), steps + lane));
            const hn::Vec<Wide> score = hn::Add(hn::Load(dw, scores_[parity] + slot), step);
            const hn::Vec<Wide> best = hn::Load(dw, best_[parity] + slot);
            hn::Store(score, dw, scores_[parity] + slot);
            auto better = score > best;
            if (slot < first || slot + static_cast<std::int64_t>(hn::MaxLanes(Wide())) > end) {
                const hn::Vec<Wide> slots = hn::Iota(dw, static_cast<Score>(slot));
                better = hn::And(better, hn::And(slots > hn::Set(dw, static_cast<Score>(first - 1)),
                                                 slots < hn::Set(dw, static_cast<Score>(end))));
            }
            hn::Store(hn::IfThenElse(better, score, best), dw, best_[parity] + slot);
            hn::Store(hn::IfThenElse(better, now, hn::Load(dw, best_at_[parity] + slot)), dw, best_at_[parity] + slot);
        }
    }

    bool stops_after(std::int64_t t) {
        const std::int64_t whole = t - 2 * problem_.rows();   // where the anti-diagonal crosses the last row
        if (t >= problem_.rows() && whole >= problem_.low && whole <= problem_.high && t - problem_.rows() <= problem_.columns()) {
            const BandEnd end{score(whole), problem_.rows(), t - problem_.rows()};
            if (!ends_.whole_seen || end.score > ends_.whole.score) ends_.whole = end;
            ends_.whole_seen = true;
        }
        if (drop_ < 0 || t % drop_test_interval != 0) return false;
        find_best();
        return !is_alive(t - 1) && !is_alive(t);
    }

    const ExtensionEnds& ends() {
        find_best();
        return ends_;
    }

private:
    std::int64_t score(std::int64_t d) const { return scores_[(d ^ problem_.low) & 1][(d - problem_.low) / 2]; }

    void find_best() {
        BandEnd& best = ends_.best;
        for (std::int64_t d = problem_.low; d <= problem_.high; ++d) {
            const std::int64_t parity = (d ^ problem_.low) & 1, k = (d - problem_.low) / 2;
            const std::int64_t candidate = best_[parity][k], t = best_at_[parity][k];
            if (candidate < best.score || candidate == 0) continue;
            const BandEnd end{candidate, (t - d) / 2, (t + d) / 2};
            if (candidate > best.score || end.reference < best.reference ||
                (end.reference == best.reference && end.query < best.query))
                best = end;
        }
    }

    bool is_alive(std::int64_t t) const {
        const auto [first, last] = problem_.diagonals(t);
        for (std::int64_t d = first; d <= last; d += 2) {
            const std::int64_t gap = std::abs(d - (ends_.best.reference - ends_.best.query));
            if (score(d) >= ends_.best.score - drop_ - gap * problem_.scoring.gap_extend2) return true;
        }
        return false;
    }

    const BandProblem& problem_;
    const std::int64_t drop_;
    BandScratch::Memory& memory_;
    ExtensionEnds ends_{};
    Score* scores_[2] = {};    // by parity and slot: of the last cell of the diagonal
    Score* best_[2] = {};      // its best cell's
    Score* best_at_[2] = {};   // anti-diagonal of that cell
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
    if (!fits<std::int8_t>(problem.scoring))
        Filler<hn::ScalableTag<std::int16_t>, Ends>(problem, memory, ends).fill();
    else if (problem.slots() <= 16)
        Filler<hn::CappedTag<std::int8_t, 16>, Ends>(problem, memory, ends).fill();
    else if (problem.slots() <= 32)
        Filler<hn::CappedTag<std::int8_t, 32>, Ends>(problem, memory, ends).fill();
    else
        Filler<hn::ScalableTag<std::int8_t>, Ends>(problem, memory, ends).fill();
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
