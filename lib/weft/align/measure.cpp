#include "weft/align/measure.hpp"

#include <algorithm>

#include "weft/align/reference_bases.hpp"

namespace weft {

void measure(const IndexView& index, std::span<const Code> query, std::uint64_t reference, const AlignOptions& options,
             Alignment& alignment) {
    const Scoring& scoring = options.scoring;
    ReferenceBases bases(index);
    alignment.matches = alignment.mismatches = alignment.ambiguous = 0;
    alignment.inserted = alignment.deleted = alignment.gap_opens = 0;
    std::int64_t score = 0, running = 0, best = 0;   // of all; since the last time it was 0; the highest of the latter
    std::int64_t refund = 0;                          // what long gaps cost less in the placement score
    const auto add = [&](std::int64_t points) {
        score += points;
        running = std::max<std::int64_t>(0, running + points);
        best = std::max(best, running);
    };
    const auto add_gap = [&](std::int64_t length) {
        ++alignment.gap_opens;
        add(-scoring.gap(length));
        refund += scoring.gap(length) - options.placement_gap(length);
    };
    std::size_t q = 0;
    std::uint64_t r = reference;
    for (const CigarElement& element : alignment.cigar) {
        const std::int64_t length = element.length;
        switch (element.op) {
            case CigarOp::match:   // equal and unambiguous, by construction
                alignment.matches += length;
                add(length * scoring.match);
                q += element.length;
                r += element.length;
                break;
            case CigarOp::insertion:
                alignment.inserted += length;
                add_gap(length);
                q += element.length;
                break;
            case CigarOp::deletion:
                alignment.deleted += length;
                add_gap(length);
                r += element.length;
                break;
            default:   // X
                alignment.mismatches += length;
                for (std::int64_t i = 0; i < length; ++i, ++q, ++r) {
                    const Code on_reference = bases.at(r);
                    alignment.ambiguous += query[q] == ambiguous_code || on_reference == ambiguous_code;
                    add(scoring.substitution(query[q], on_reference));
                }
        }
    }
    alignment.score = static_cast<std::int32_t>(score);
    alignment.placement_score = static_cast<std::int32_t>(score + refund);
    alignment.best_segment_score = static_cast<std::int32_t>(best);
}

}  // namespace weft
