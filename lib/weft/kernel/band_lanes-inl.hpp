// The arithmetic of one anti-diagonal of band_dp_simd.cpp, in lanes of eight or sixteen bits. Compiled once per SIMD target.
#include <cstdint>
#include <cstring>

#include "weft/kernel/band_fill.hpp"

#if defined(WEFT_BAND_LANES_INL) == defined(HWY_TARGET_TOGGLE)   // Highway's guard: once per target
#ifdef WEFT_BAND_LANES_INL
#undef WEFT_BAND_LANES_INL
#else
#define WEFT_BAND_LANES_INL
#endif

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace weft {
namespace HWY_NAMESPACE {
#if HWY_TARGET != HWY_SCALAR   // Highway's fallback; ours is band_dp_scalar.cpp
namespace {

namespace hn = hwy::HWY_NAMESPACE;

template <class D>
constexpr std::int64_t lanes_of = static_cast<std::int64_t>(hn::MaxLanes(D()));

template <class D>
constexpr int bytes_of = static_cast<int>(hn::MaxLanes(D()) * sizeof(hn::TFromD<D>));

/// Lane k of the result is lane k - 1 of `v`; lane 0 is the last one of `before`.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V shift_up(D d, V v, V before) {
    constexpr int bytes = 16 - static_cast<int>(sizeof(hn::TFromD<D>));
    if constexpr (bytes_of<D> == 16) {
        return hn::CombineShiftRightBytes<bytes>(d, v, before);
    } else if constexpr (bytes_of<D> == 32) {
        return hn::CombineShiftRightBytes<bytes>(d, v, hn::ConcatLowerUpper(d, v, before));
    } else {
#if HWY_CAP_GE512
        return hn::CombineShiftRightBytes<bytes>(d, v, V{_mm512_alignr_epi64(v.raw, before.raw, 6)});
#endif
    }
}

/// Lane k of the result is lane k + 1 of `v`; the last lane is lane 0 of `after`.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V shift_down(D d, V v, V after) {
    constexpr int bytes = static_cast<int>(sizeof(hn::TFromD<D>));
    if constexpr (bytes_of<D> == 16) {
        return hn::CombineShiftRightBytes<bytes>(d, after, v);
    } else if constexpr (bytes_of<D> == 32) {
        return hn::CombineShiftRightBytes<bytes>(d, hn::ConcatLowerUpper(d, after, v), v);
    } else {
#if HWY_CAP_GE512
        return hn::CombineShiftRightBytes<bytes>(d, V{_mm512_alignr_epi64(after.raw, v.raw, 2)}, v);
#endif
    }
}

/// Copies of both sequences, the query reversed, with a vector of other codes on either side. The exclusive or of a query and a
/// reference code tells their column: 0 a match, 1 to 3 a mismatch, 4 to 15 an ambiguous base, from 0x80 on a cell outside the matrix,
/// above its first row or left of its first column. Behind the last base codes are ambiguous.
class PaddedCodes {
public:
    static constexpr std::uint8_t outside = 0x80;

    static std::int64_t bytes(const BandProblem& problem, std::int64_t lanes) { return problem.rows() + problem.columns() + 4 * lanes; }

    PaddedCodes(const BandProblem& problem, std::int64_t lanes, std::uint8_t* memory) {
        constexpr std::uint8_t ambiguous_query = 4, ambiguous_reference = 8;
        const std::int64_t rows = problem.rows(), columns = problem.columns();
        const auto padding = static_cast<std::size_t>(lanes);
        std::uint8_t* query = memory + lanes;
        std::uint8_t* reference = query + rows + 2 * lanes;
        std::memset(memory, ambiguous_query, padding);
        for (std::int64_t i = 0; i < rows; ++i) query[i] = std::min(problem.query.data()[rows - 1 - i], ambiguous_query);
        std::memset(query + rows, outside, padding);
        std::memset(reference - lanes, outside, padding);
        for (std::int64_t j = 0; j < columns; ++j) {
            const Code code = problem.reference.data()[j];
            reference[j] = code < ambiguous_code ? code : ambiguous_reference;
        }
        std::memset(reference + columns, ambiguous_reference, padding);
        query_end_ = query + rows;
        reference_ = reference;
    }

    /// Codes of query base i - 1 and, behind it, of the bases before; i may be less than 1 and greater than the length.
    const std::uint8_t* query(std::int64_t i) const { return query_end_ - i; }
    /// Codes of reference base j - 1 and, behind it, of the bases after.
    const std::uint8_t* reference(std::int64_t j) const { return reference_ + j - 1; }

private:
    const std::uint8_t* query_end_;
    const std::uint8_t* reference_;
};

/// Substitution scores of pairs of codes, and trace bytes out of lanes.
template <class D, typename T = hn::TFromD<D>>
class Columns {
public:
    using V = hn::Vec<D>;
    Columns(D d, const Scoring& scoring) {
        HWY_ALIGN std::int8_t table[16];
        for (int pair = 0; pair < 16; ++pair)
            table[pair] = static_cast<std::int8_t>(pair == 0 ? scoring.match : pair < 4 ? -scoring.mismatch : -scoring.ambiguous);
        scores_ = hn::LoadDup128(d, table);
    }
    HWY_INLINE V scores(const std::uint8_t* query, const std::uint8_t* reference) const {
        const hn::Rebind<std::uint8_t, D> du;
        return hn::TableLookupBytesOr0(scores_, hn::BitCast(D(), hn::Xor(hn::LoadU(du, query), hn::LoadU(du, reference))));
    }
    static HWY_INLINE void store_trace(V bytes, std::uint8_t* row) {
        const hn::Rebind<std::uint8_t, D> du;
        hn::Store(hn::BitCast(du, bytes), du, row);
    }

private:
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
        return hn::IfThenElseZero(hn::Lt(pair, hn::Set(d, std::int16_t{PaddedCodes::outside})), inside);
    }
    static HWY_INLINE void store_trace(V bytes, std::uint8_t* row) {
        const hn::Rebind<std::uint8_t, D> du;
        hn::StoreU(hn::DemoteTo(du, bytes), du, row);
    }

private:
    V match_, mismatch_, ambiguous_;
};

/// What cells hand on: u, x1, x2 to the right, v, y1, y2 downwards (meaning in band_dp_simd.cpp).
template <class D>
struct Cells {
    hn::Vec<D> u, x1, x2, v, y1, y2;
};

/// The recurrences. `lowest` is what stands for "no such neighbour".
template <class D>
class Recurrence {
public:
    using T = hn::TFromD<D>;
    using V = hn::Vec<D>;

    Recurrence(D d, const Scoring& scoring)
        : columns(d, scoring),
          extend1_(hn::Set(d, static_cast<T>(scoring.gap_extend))),
          extend2_(hn::Set(d, static_cast<T>(scoring.gap_extend2))),
          opened1(hn::Set(d, static_cast<T>(-scoring.gap_open - scoring.gap_extend))),
          opened2(hn::Set(d, static_cast<T>(-scoring.gap_open2 - scoring.gap_extend2))),
          lowest(hn::Set(d, hwy::LowestValue<T>())) {}

    /// Fills cells with substitution scores `s`. `cells` holds u, x1, x2 of the left and v, y1, y2 of the upper neighbours and gets
    /// those of the cells; v is at most `limit`. Returns z, leaves trace bytes in `bits`.
    HWY_INLINE V fill(V s, V limit, Cells<D>& cells, V& bits) const {
        const V a1 = hn::SaturatedAdd(cells.x1, cells.u), a2 = hn::SaturatedAdd(cells.x2, cells.u);
        const V b1 = hn::SaturatedAdd(cells.y1, cells.v), b2 = hn::SaturatedAdd(cells.y2, cells.v);
        const V a = hn::Max(a1, a2), b = hn::Max(b1, b2);
        const V sa = hn::Max(s, a);
        const V z = hn::Max(sa, b);
        bits = bit_where(a > s, trace::from_deletion);
        bits = hn::Or(bits, bit_where(b > sa, trace::from_insertion));
        bits = hn::Or(bits, bit_where(a2 > a1, trace::second_deletion));
        bits = hn::Or(bits, bit_where(b2 > b1, trace::second_insertion));

        // A running gap goes on unless it is better opened here.
        const V z1 = hn::SaturatedAdd(z, extend1_), z2 = hn::SaturatedAdd(z, extend2_);
        const V a1_runs = hn::SaturatedSub(a1, z1), a2_runs = hn::SaturatedSub(a2, z2);
        const V b1_runs = hn::SaturatedSub(b1, z1), b2_runs = hn::SaturatedSub(b2, z2);
        bits = hn::Or(bits, bit_where(opened1 > a1_runs, trace::opens_deletion));
        bits = hn::Or(bits, bit_where(opened2 > a2_runs, trace::opens_deletion2));
        bits = hn::Or(bits, bit_where(opened1 > b1_runs, trace::opens_insertion));
        bits = hn::Or(bits, bit_where(opened2 > b2_runs, trace::opens_insertion2));
        const V u = hn::SaturatedSub(z, cells.v);
        cells.v = hn::Min(hn::SaturatedSub(z, cells.u), limit);
        cells.u = u;
        cells.x1 = hn::Max(a1_runs, opened1), cells.x2 = hn::Max(a2_runs, opened2);
        cells.y1 = hn::Max(b1_runs, opened1), cells.y2 = hn::Max(b2_runs, opened2);
        return z;
    }

    const Columns<D> columns;

private:
    static HWY_INLINE V bit_where(hn::Mask<D> mask, std::uint8_t bit) {
        return hn::IfThenElseZero(mask, hn::Set(D(), static_cast<T>(bit)));
    }

    V extend1_, extend2_;

public:
    const V opened1, opened2, lowest;
};

}  // namespace
#endif
}  // namespace HWY_NAMESPACE
}  // namespace weft
HWY_AFTER_NAMESPACE();

#endif
