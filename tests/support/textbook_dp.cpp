#include "support/textbook_dp.hpp"

#include <algorithm>
#include <limits>
#include <vector>

namespace weft::test {
namespace {

constexpr std::int64_t impossible = std::numeric_limits<std::int64_t>::min() / 4;

}  // namespace

TextbookScores textbook_scores(std::span<const Code> query, std::span<const Code> reference, const Scoring& scoring,
                               std::int64_t low, std::int64_t high) {
    const std::size_t rows = query.size() + 1, columns = reference.size() + 1;
    // Gaps of any length are looked up in the whole row or column, so no recurrence for running gaps is needed.
    std::vector<std::int64_t> score(rows * columns, impossible);
    TextbookScores result{impossible, impossible, impossible};
    for (std::size_t i = 0; i < rows; ++i)
        for (std::size_t j = 0; j < columns; ++j) {
            const std::int64_t diagonal = static_cast<std::int64_t>(j) - static_cast<std::int64_t>(i);
            if (diagonal < low || diagonal > high) continue;
            std::int64_t& cell = score[i * columns + j];
            if (i == 0 && j == 0) cell = 0;
            if (i > 0 && j > 0)
                cell = std::max(cell, score[(i - 1) * columns + j - 1] + scoring.substitution(query[i - 1], reference[j - 1]));
            for (std::size_t length = 1; length <= j; ++length)
                cell = std::max(cell, score[i * columns + j - length] - scoring.gap(static_cast<std::int64_t>(length)));
            for (std::size_t length = 1; length <= i; ++length)
                cell = std::max(cell, score[(i - length) * columns + j] - scoring.gap(static_cast<std::int64_t>(length)));
            result.best = std::max(result.best, cell);
            if (i + 1 == rows) result.best_whole = std::max(result.best_whole, cell);
        }
    result.global = score.back();
    return result;
}

std::int64_t path_score(std::span<const Code> query, std::span<const Code> reference, const Scoring& scoring, const Cigar& cigar) {
    std::int64_t score = 0;
    std::size_t i = 0, j = 0;
    for (const CigarElement& element : cigar) {
        if (element.op == CigarOp::insertion || element.op == CigarOp::deletion) score -= scoring.gap(element.length);
        for (std::uint32_t base = 0; base < element.length; ++base) {
            if (element.op == CigarOp::match_or_mismatch) score += scoring.substitution(query[i], reference[j]);
            if (consumes_query(element.op)) ++i;
            if (consumes_reference(element.op)) ++j;
        }
    }
    return score;
}

}  // namespace weft::test
