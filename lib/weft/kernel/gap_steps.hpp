// What each further base of a gap at the edge of the matrix adds, laid out as the vectors of band_dp_simd.cpp load it.
//
// In the first row the score falls along the columns by the steps of one growing gap, in the first column along the rows. The filler wants
// them by diagonal, for every other diagonal (its lanes), from one end of the band to the other. The table depends on the scores
// alone, so it is made once per scoring and kept in the scratch. Internal to kernel/.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "weft/kernel/scoring.hpp"

namespace weft {

template <typename T>
class GapSteps {
public:
    /// Makes the table reach from diagonal -reach to reach, at least.
    void prepare(const Scoring& scoring, std::int64_t reach) {
        if (reach <= reach_ && scoring == scoring_) return;
        half_ = reach / 2 + 1;
        reach_ = 2 * half_ - 1;
        scoring_ = scoring;
        for (std::int64_t parity = 0; parity < 2; ++parity) {
            u_[parity].resize(static_cast<std::size_t>(2 * half_));
            v_[parity].resize(static_cast<std::size_t>(2 * half_));
            for (std::int64_t half = -half_; half < half_; ++half) {
                const std::int64_t d = 2 * half + parity;
                u_[parity][static_cast<std::size_t>(half + half_)] = d < 0 ? step(-d) : static_cast<T>(-step(d + 1));
                v_[parity][static_cast<std::size_t>(half + half_)] = d > 0 ? step(d) : static_cast<T>(-step(1 - d));
            }
        }
    }

    /// Difference H(i,j) - H(i-1,j) (u) and H(i,j) - H(i,j-1) (v) on diagonal d and behind it on d + 2, d + 4, ..., in the first column
    /// and above the first row, where H is the negative gap cost of |d| and depends on the diagonal alone.
    const T* u(std::int64_t d) const { return u_[d & 1].data() + (d >> 1) + half_; }
    const T* v(std::int64_t d) const { return v_[d & 1].data() + (d >> 1) + half_; }

private:
    T step(std::int64_t length) const { return static_cast<T>(scoring_.gap(length - 1) - scoring_.gap(length)); }

    Scoring scoring_{};
    std::int64_t reach_ = -1;
    std::int64_t half_ = 0;
    std::vector<T> u_[2]{}, v_[2]{};
};

}  // namespace weft
