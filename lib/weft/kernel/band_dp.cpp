// The front of banded alignment: checks the problem, lets the filler of the SIMD target in use fill it, walks the trace back.
#include "weft/kernel/band_dp.hpp"

#include <string>
#include <utility>

#include "weft/kernel/band_fill.hpp"
#include "weft/model/error.hpp"

namespace weft {
namespace {

BandProblem checked_problem(std::span<const Code> query, std::span<const Code> reference, const Scoring& scoring, DiagonalBand band,
                            std::int64_t last_diagonal) {
    const auto rows = static_cast<std::int64_t>(query.size()), columns = static_cast<std::int64_t>(reference.size());
    if (band.low > std::min<std::int64_t>(0, last_diagonal) || band.high < std::max<std::int64_t>(0, last_diagonal))
        throw UsageError({"banded alignment",
                          "the band " + std::to_string(band.low) + ".." + std::to_string(band.high) + " misses diagonal 0 or " +
                              std::to_string(last_diagonal)});
    for (const int score : {scoring.match, scoring.mismatch, scoring.ambiguous, scoring.gap_open, scoring.gap_extend, scoring.gap_open2,
                            scoring.gap_extend2})
        if (score < 0) throw UsageError({"scores", "a score is " + std::to_string(score), "give costs as positive numbers"});
    const std::int64_t largest =
        std::max<std::int64_t>({scoring.match, scoring.mismatch, scoring.ambiguous, std::int64_t{scoring.gap_open} + scoring.gap_extend,
                                std::int64_t{scoring.gap_open2} + scoring.gap_extend2});
    if ((rows + columns + 2) * largest >= std::int64_t{1} << 29)
        throw UsageError({"banded alignment", std::to_string(rows) + " x " + std::to_string(columns) + " bases are too many for these scores"});
    return {query, reference, scoring, std::max(band.low, -rows), std::min(band.high, columns)};
}

/// Follows the trace from cell (i, j) to (0, 0).
void trace_back(const BandProblem& problem, const BandScratch::Memory& memory, std::int64_t i, std::int64_t j, Cigar& cigar) {
    const std::uint8_t* const rows = memory.trace.aligned();
    const auto byte_at = [&](std::int64_t row, std::int64_t column) {
        return rows[(row + column) * memory.stride + (column - row - problem.low) / 2];
    };
    cigar.clear();
    while (i > 0 && j > 0) {
        std::uint8_t byte = byte_at(i, j);
        if (byte & trace::from_insertion) {
            const std::uint8_t opens = byte & trace::second_insertion ? trace::opens_insertion2 : trace::opens_insertion;
            do append(cigar, CigarOp::insertion, 1);
            while (--i > 0 && !(byte_at(i, j) & opens));
        } else if (byte & trace::from_deletion) {
            const std::uint8_t opens = byte & trace::second_deletion ? trace::opens_deletion2 : trace::opens_deletion;
            do append(cigar, CigarOp::deletion, 1);
            while (--j > 0 && !(byte_at(i, j) & opens));
        } else {
            append(cigar, CigarOp::match_or_mismatch, 1);
            --i;
            --j;
        }
    }
    append(cigar, CigarOp::insertion, static_cast<std::uint32_t>(i));
    append(cigar, CigarOp::deletion, static_cast<std::uint32_t>(j));
    std::reverse(cigar.begin(), cigar.end());
}

/// Score of a global path: what the trace says must be what the scores said.
std::int64_t score_of(const Cigar& cigar, const BandProblem& problem) {
    std::int64_t score = 0;
    const Code *query = problem.query.data(), *reference = problem.reference.data();
    for (const auto& [length, op] : cigar) {
        if (op == CigarOp::match_or_mismatch)
            for (std::uint32_t i = 0; i < length; ++i) score += problem.scoring.substitution(query[i], reference[i]);
        else
            score -= problem.scoring.gap(length);
        if (consumes_query(op)) query += length;
        if (consumes_reference(op)) reference += length;
    }
    return score;
}

/// The vectors need a base to start with.
const BandFillers& fillers_for(SimdTarget target, const BandProblem& problem) {
    return band_fillers(problem.query.empty() || problem.reference.empty() ? SimdTarget::scalar : target);
}

}  // namespace

BandScratch::BandScratch() : memory_(new Memory) {}
BandScratch::~BandScratch() { delete memory_; }
BandScratch::BandScratch(BandScratch&& other) noexcept : memory_(std::exchange(other.memory_, nullptr)) {}
BandScratch& BandScratch::operator=(BandScratch&& other) noexcept {
    std::swap(memory_, other.memory_);
    return *this;
}

void align_global_on(SimdTarget target, std::span<const Code> query, std::span<const Code> reference, const Scoring& scoring,
                     DiagonalBand band, BandScratch& scratch, GlobalAlignment& result) {
    const auto rows = static_cast<std::int64_t>(query.size()), columns = static_cast<std::int64_t>(reference.size());
    const BandProblem problem = checked_problem(query, reference, scoring, band, columns - rows);
    fillers_for(target, problem).global(problem, scratch.memory());
    trace_back(problem, scratch.memory(), rows, columns, result.cigar);
    result.score = score_of(result.cigar, problem);
}

void align_extension_on(SimdTarget target, std::span<const Code> query, std::span<const Code> reference, const Scoring& scoring,
                        const ExtensionOptions& options, BandScratch& scratch, Extension& result) {
    const BandProblem problem = checked_problem(query, reference, scoring, options.band, 0);
    const ExtensionEnds ends = fillers_for(target, problem).extension(problem, options.drop, scratch.memory());
    const bool whole = ends.whole_seen && ends.whole.score + options.end_bonus >= ends.best.score;
    const BandEnd& end = whole ? ends.whole : ends.best;
    result.score = end.score;
    result.query_end = end.query;
    result.reference_end = end.reference;
    result.reaches_query_end = end.query == problem.rows();
    result.best_score = ends.best.score;
    result.end_score = ends.whole_seen ? ends.whole.score : 0;
    result.end_seen = ends.whole_seen;
    trace_back(problem, scratch.memory(), end.query, end.reference, result.cigar);
}

void align_global(std::span<const Code> query, std::span<const Code> reference, const Scoring& scoring, DiagonalBand band,
                  BandScratch& scratch, GlobalAlignment& result) {
    align_global_on(target_in_use(), query, reference, scoring, band, scratch, result);
}

void align_extension(std::span<const Code> query, std::span<const Code> reference, const Scoring& scoring,
                     const ExtensionOptions& options, BandScratch& scratch, Extension& result) {
    align_extension_on(target_in_use(), query, reference, scoring, options, scratch, result);
}

}  // namespace weft
