// The definition of banded dual-affine alignment: cell by cell, one anti-diagonal after the other, no tricks.
//
// Scores are kept per diagonal. While anti-diagonal t is filled, entry d of `score` holds the cell of t-2 (the diagonal
// predecessor), and the entries d-1 and d+1 of the gap arrays hold what the cells of t-1 to the left and above have to offer.
#include <limits>

#include "weft/kernel/band_fill.hpp"

namespace weft {
namespace {

using Score = std::int32_t;
constexpr Score unreached = std::numeric_limits<Score>::min() / 2;

/// Scores at the front of the matrix, by diagonal, with an unreached diagonal on either side of the band.
class Front {
public:
    Front(const BandProblem& problem, ScratchBytes& bytes) : low_(problem.low) {
        const std::int64_t width = problem.high - problem.low + 3;
        auto* first = reinterpret_cast<Score*>(bytes.at_least(static_cast<std::size_t>(5 * width) * sizeof(Score)));
        std::fill_n(first, 5 * width, unreached);
        score_ = first;
        deletion_ = first + width;
        deletion2_ = first + 2 * width;
        insertion_ = first + 3 * width;
        insertion2_ = first + 4 * width;
    }

    Score& score(std::int64_t d) { return score_[d - low_ + 1]; }             // of the cell
    Score& deletion(std::int64_t d) { return deletion_[d - low_ + 1]; }       // of a gap from the cell to its right neighbour
    Score& deletion2(std::int64_t d) { return deletion2_[d - low_ + 1]; }
    Score& insertion(std::int64_t d) { return insertion_[d - low_ + 1]; }     // of a gap from the cell to the one below
    Score& insertion2(std::int64_t d) { return insertion2_[d - low_ + 1]; }

private:
    std::int64_t low_;
    Score* score_;
    Score* deletion_;
    Score* deletion2_;
    Score* insertion_;
    Score* insertion2_;
};

/// Fills one cell and returns its trace byte.
std::uint8_t fill_cell(const BandProblem& problem, std::int64_t i, std::int64_t j, Front& front) {
    const Scoring& scoring = problem.scoring;
    const std::int64_t d = j - i;
    std::uint8_t byte = 0;

    Score best = unreached;
    if (i == 0 && j == 0)
        best = 0;
    else if (i > 0 && j > 0)
        best = front.score(d) + scoring.substitution(problem.query[static_cast<std::size_t>(i - 1)],
                                                     problem.reference[static_cast<std::size_t>(j - 1)]);
    const Score deletion = front.deletion(d - 1), deletion2 = front.deletion2(d - 1);
    const Score insertion = front.insertion(d + 1), insertion2 = front.insertion2(d + 1);
    if (deletion2 > deletion) byte |= trace::second_deletion;
    if (insertion2 > insertion) byte |= trace::second_insertion;
    if (std::max(deletion, deletion2) > best) {
        byte |= trace::from_deletion;
        best = std::max(deletion, deletion2);
    }
    if (std::max(insertion, insertion2) > best) {
        byte |= trace::from_insertion;
        best = std::max(insertion, insertion2);
    }
    front.score(d) = best;

    const auto leave = [&](Score running, int open, int extend, std::uint8_t opens) {
        if (best - open > running) byte |= opens;
        return std::max(best - open, running) - extend;
    };
    front.deletion(d) = leave(deletion, scoring.gap_open, scoring.gap_extend, trace::opens_deletion);
    front.deletion2(d) = leave(deletion2, scoring.gap_open2, scoring.gap_extend2, trace::opens_deletion2);
    front.insertion(d) = leave(insertion, scoring.gap_open, scoring.gap_extend, trace::opens_insertion);
    front.insertion2(d) = leave(insertion2, scoring.gap_open2, scoring.gap_extend2, trace::opens_insertion2);
    return byte;
}

/// Fills anti-diagonal t and shows each cell (score, i, j) to `visit`.
template <typename Visit>
void fill_antidiagonal(const BandProblem& problem, std::int64_t t, Front& front, std::uint8_t* row, Visit visit) {
    const auto [first, last] = problem.diagonals(t);
    for (std::int64_t d = first; d <= last; d += 2) {
        const std::int64_t i = (t - d) / 2, j = (t + d) / 2;
        row[(d - problem.low) / 2] = fill_cell(problem, i, j, front);
        visit(BandEnd{front.score(d), i, j});
    }
}

std::uint8_t* trace_rows(const BandProblem& problem, BandScratch::Memory& memory) {
    memory.stride = problem.slots();
    return memory.trace.at_least(static_cast<std::size_t>((problem.last_antidiagonal() + 1) * memory.stride));
}

/// Whether some cell of anti-diagonal t is near enough to the best one for the extension to go on.
bool is_alive(const BandProblem& problem, std::int64_t t, std::int64_t drop, const BandEnd& best, Front& front) {
    const auto [first, last] = problem.diagonals(t);
    for (std::int64_t d = first; d <= last; d += 2) {
        const std::int64_t gap = std::abs(d - (best.reference - best.query));
        if (front.score(d) >= best.score - drop - gap * problem.scoring.gap_extend2) return true;
    }
    return false;
}

}  // namespace

void fill_global_scalar(const BandProblem& problem, BandScratch::Memory& memory) {
    Front front(problem, memory.state);
    std::uint8_t* row = trace_rows(problem, memory);
    for (std::int64_t t = 0; t <= problem.last_antidiagonal(); ++t, row += memory.stride)
        fill_antidiagonal(problem, t, front, row, [](const BandEnd&) {});
}

ExtensionEnds fill_extension_scalar(const BandProblem& problem, std::int64_t drop, BandScratch::Memory& memory) {
    Front front(problem, memory.state);
    std::uint8_t* row = trace_rows(problem, memory);
    ExtensionEnds ends;
    const auto visit = [&](const BandEnd& cell) {
        const bool earlier = cell.reference < ends.best.reference ||
                             (cell.reference == ends.best.reference && cell.query < ends.best.query);
        if (cell.score > ends.best.score || (cell.score == ends.best.score && earlier)) ends.best = cell;
        if (cell.query == problem.rows() && (!ends.whole_seen || cell.score > ends.whole.score)) {
            ends.whole = cell;   // the row is visited from left to right
            ends.whole_seen = true;
        }
    };
    for (std::int64_t t = 0; t <= problem.last_antidiagonal(); ++t, row += memory.stride) {
        fill_antidiagonal(problem, t, front, row, visit);
        if (drop >= 0 && t > 0 && t % drop_test_interval == 0 && !is_alive(problem, t - 1, drop, ends.best, front) &&
            !is_alive(problem, t, drop, ends.best, front))
            break;
    }
    return ends;
}

}  // namespace weft
