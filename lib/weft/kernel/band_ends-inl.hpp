// Where an extension ends: the z of each diagonal summed up to scores while band_dp_simd.cpp fills. Compiled once per SIMD target.
#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "weft/kernel/band_fill.hpp"

#if defined(WEFT_BAND_ENDS_INL) == defined(HWY_TARGET_TOGGLE)   // Highway's guard: once per target
#ifdef WEFT_BAND_ENDS_INL
#undef WEFT_BAND_ENDS_INL
#else
#define WEFT_BAND_ENDS_INL
#endif

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace weft {
namespace HWY_NAMESPACE {
#if HWY_TARGET != HWY_SCALAR
namespace {

namespace hn = hwy::HWY_NAMESPACE;

/// A global alignment ends in its last cell; nothing is to be seen before.
struct NoEnds {
    static constexpr bool watched = false;
    void prepare(std::int64_t) {}
    bool stops_after(std::int64_t) { return false; }
};

/// Keeps the score of each diagonal's last cell, and the best score of each diagonal and where it was.
template <typename Score>
class DiagonalEnds {
public:
    static constexpr bool watched = true;

    DiagonalEnds(const BandProblem& problem, std::int64_t drop, BandScratch::Memory& memory)
        : problem_(problem), drop_(drop), memory_(memory) {}

    /// `slots` is a multiple of the lanes.
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

    /// Takes the z of the slots from k on, of anti-diagonal t; only [first, end) lie in the matrix.
    template <class D>
    HWY_INLINE void see(D d, hn::Vec<D> z, int parity, std::int64_t t, std::int64_t k, std::int64_t first, std::int64_t end) {
        HWY_ALIGN hn::TFromD<D> steps[hn::MaxLanes(D())];
        hn::Store(z, d, steps);
        using Wide = hn::CappedTag<Score, hn::MaxLanes(D())>;
        const Wide dw;
        const hn::Vec<Wide> now = hn::Set(dw, static_cast<Score>(t));
        constexpr auto lanes = static_cast<std::int64_t>(hn::MaxLanes(Wide()));
        for (std::int64_t lane = 0; lane < static_cast<std::int64_t>(hn::MaxLanes(D())); lane += lanes) {
            const std::int64_t slot = k + lane;
            hn::Vec<Wide> step;
            if constexpr (sizeof(Score) == sizeof(hn::TFromD<D>))
                step = hn::Load(dw, steps + lane);
            else
                step = hn::PromoteTo(dw, hn::Load(hn::Rebind<hn::TFromD<D>, Wide>(), steps + lane));
            const hn::Vec<Wide> score = hn::Add(hn::Load(dw, scores_[parity] + slot), step);
            const hn::Vec<Wide> best = hn::Load(dw, best_[parity] + slot);
            hn::Store(score, dw, scores_[parity] + slot);
            auto better = score > best;
            if (slot < first || slot + lanes > end) {
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

}  // namespace
#endif
}  // namespace HWY_NAMESPACE
}  // namespace weft
HWY_AFTER_NAMESPACE();

#endif
