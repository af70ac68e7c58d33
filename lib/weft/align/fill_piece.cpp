#include "weft/align/fill_piece.hpp"

#include <algorithm>
#include <cstdlib>

namespace weft {
namespace {

std::int64_t ungapped_score(std::span<const Code> query, std::span<const Code> reference, const Scoring& scoring) {
    std::int64_t score = 0;
    for (std::size_t i = 0; i < query.size(); ++i) score += scoring.substitution(query[i], reference[i]);
    return score;
}

/// Equal lengths. A rival needs at least one insertion and one deletion, and loses at least one column to them.
bool fill_ungapped(std::span<const Code> query, std::span<const Code> reference, const Scoring& scoring, Cigar& cigar) {
    const auto length = static_cast<std::int64_t>(query.size());
    const std::int64_t best_rival = scoring.match * (length - 1) - 2 * scoring.gap(1);
    if (ungapped_score(query, reference, scoring) < best_rival) return false;
    append_columns(query, reference, cigar);
    return true;
}

/// Unequal lengths: columns on the first diagonal, one gap, columns on the last diagonal. Accepted when neither a rival that also
/// gaps the other way nor one that takes the gap in two parts can score more (gap costs are concave).
bool fill_one_gap(std::span<const Code> query, std::span<const Code> reference, const Scoring& scoring,
                  std::vector<std::int32_t>& prefix, Cigar& cigar) {
    const auto m = static_cast<std::int64_t>(query.size());
    const auto n = static_cast<std::int64_t>(reference.size());
    const std::int64_t columns = std::min(m, n);
    const std::int64_t gap = std::abs(n - m);
    prefix.resize(static_cast<std::size_t>(columns) + 1);
    prefix[0] = 0;
    for (std::int64_t i = 0; i < columns; ++i) {
        const auto at = static_cast<std::size_t>(i);
        prefix[at + 1] = prefix[at] + scoring.substitution(query[at], reference[at]);
    }
    std::int64_t best = INT64_MIN, split = 0, suffix = 0;
    for (std::int64_t i = columns;; --i) {   // downward, so that the leftmost of equal splits stays
        const std::int64_t score = prefix[static_cast<std::size_t>(i)] + suffix;
        if (score >= best) {
            best = score;
            split = i;
        }
        if (i == 0) break;
        suffix += scoring.substitution(query[static_cast<std::size_t>(m - columns + i - 1)],
                                       reference[static_cast<std::size_t>(n - columns + i - 1)]);
    }
    best -= scoring.gap(gap);
    if (best < scoring.match * (columns - 1) - scoring.gap(gap + 1) - scoring.gap(1)) return false;
    if (gap >= 2 && best < scoring.match * columns - scoring.gap(1) - scoring.gap(gap - 1)) return false;
    const auto first = static_cast<std::size_t>(split);
    const auto rest = static_cast<std::size_t>(columns - split);
    append_columns(query.first(first), reference.first(first), cigar);
    append(cigar, m > n ? CigarOp::insertion : CigarOp::deletion, static_cast<std::uint32_t>(gap));
    append_columns(query.last(rest), reference.last(rest), cigar);
    return true;
}

}  // namespace

void append_columns(std::span<const Code> query, std::span<const Code> reference, Cigar& cigar) {
    for (std::size_t i = 0; i < query.size();) {
        const auto equal = [&](std::size_t at) { return query[at] == reference[at] && query[at] < ambiguous_code; };
        const bool run = equal(i);
        std::size_t end = i + 1;
        while (end < query.size() && equal(end) == run) ++end;
        append(cigar, run ? CigarOp::match : CigarOp::mismatch, static_cast<std::uint32_t>(end - i));
        i = end;
    }
}

void append_exact(std::span<const CigarElement> merged, std::span<const Code> query, std::span<const Code> reference, Cigar& cigar) {
    std::size_t q = 0, r = 0;
    for (const CigarElement& element : merged) {
        if (element.op == CigarOp::match_or_mismatch) {
            append_columns(query.subspan(q, element.length), reference.subspan(r, element.length), cigar);
            q += element.length;
            r += element.length;
        } else {
            append(cigar, element.op, element.length);
            (element.op == CigarOp::insertion ? q : r) += element.length;
        }
    }
}

bool fill_piece(std::span<const Code> query, std::span<const Code> reference, const AlignOptions& options, FillScratch& scratch,
                Cigar& cigar) {
    const Scoring& scoring = options.scoring;
    const auto m = static_cast<std::int64_t>(query.size());
    const auto n = static_cast<std::int64_t>(reference.size());
    if (m == 0 || n == 0) {
        append(cigar, m == 0 ? CigarOp::deletion : CigarOp::insertion, static_cast<std::uint32_t>(m + n));
        return true;
    }
    if (m == n ? fill_ungapped(query, reference, scoring, cigar) : fill_one_gap(query, reference, scoring, scratch.prefix, cigar))
        return true;
    const std::int64_t shorter = std::min(m, n);
    const std::int64_t widest = std::max<std::int64_t>(options.bandwidth, 8);
    std::int64_t width = std::min<std::int64_t>(8 + shorter / 16, widest);
    for (;;) {
        const DiagonalBand band{std::min<std::int64_t>(0, n - m) - width, std::max<std::int64_t>(0, n - m) + width};
        if (shorter * std::min(band.high - band.low + 1, std::max(m, n)) > options.max_cells) return false;
        align_global(query, reference, scoring, band, scratch.band, scratch.global);
        // A path that leaves the band on one side must come back: it loses `width + 1` columns and opens two gaps of that size.
        const std::int64_t outside = scoring.match * (shorter - width - 1) - 2 * scoring.gap(width + 1);
        if (scratch.global.score >= outside || width >= shorter || width >= widest) break;
        width = std::min(2 * width, widest);
    }
    append_exact(scratch.global.cigar, query, reference, cigar);
    return true;
}

}  // namespace weft
