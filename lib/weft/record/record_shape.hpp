// How a record presents an alignment: flags, clips and the stretch of the sequence it shows.
//
// The alignment itself has no clips; they follow from its role and the options. As minimap2 does it: the rest of the feature
// is soft-clipped in the primary record, hard-clipped in supplementary ones (soft with -Y), and a secondary record shows no
// sequence (SEQ *, soft clips) unless asked to, then clipped like a supplementary one.
#pragma once

#include <cstdint>
#include <span>
#include <utility>

#include "weft/model/alignment.hpp"
#include "weft/model/cigar.hpp"
#include "weft/record/alignment_writer.hpp"

namespace weft {

/// Bits of the SAM flag that weft uses.
inline constexpr std::uint16_t flag_unmapped = 4, flag_reverse = 16, flag_secondary = 256, flag_supplementary = 2048;

struct RecordShape {
    std::uint16_t flag = 0;
    CigarOp clip = CigarOp::soft_clip;
    std::int64_t left = 0;    // clipped bases before the alignment, along the forward reference
    std::int64_t right = 0;   // ... and behind it
    bool sequence = true;     // false: SEQ is *
    std::int64_t begin = 0;   // the stretch of the oriented sequence that SEQ shows
    std::int64_t end = 0;

    bool whole() const { return sequence && clip == CigarOp::soft_clip; }
};

RecordShape shape_of(const Alignment& alignment, std::int64_t feature_length, const OutputOptions& options);

/// The longest run of one operation that BAM can hold; longer ones are written as several.
inline constexpr std::int64_t longest_operation = (std::int64_t{1} << 28) - 1;

template <class Visit>
void visit_operation(std::int64_t length, CigarOp op, Visit& visit) {
    for (; length > longest_operation; length -= longest_operation) visit(static_cast<std::uint32_t>(longest_operation), op);
    if (length > 0) visit(static_cast<std::uint32_t>(length), op);
}

/// Calls visit(length, operation) along a CIGAR, with = and X merged into M unless `extended`.
template <class Visit>
void for_each_operation(std::span<const CigarElement> cigar, bool extended, Visit&& visit) {
    std::int64_t merged = 0;
    for (const CigarElement& element : cigar) {
        if (!extended && (element.op == CigarOp::match || element.op == CigarOp::mismatch)) {
            merged += element.length;
            continue;
        }
        visit_operation(std::exchange(merged, 0), CigarOp::match_or_mismatch, visit);
        visit_operation(element.length, element.op, visit);
    }
    visit_operation(merged, CigarOp::match_or_mismatch, visit);
}

/// The same with the clips of a record around it.
template <class Visit>
void for_each_operation(const Alignment& alignment, const RecordShape& shape, bool extended, Visit&& visit) {
    visit_operation(shape.left, shape.clip, visit);
    for_each_operation(alignment.cigar, extended, visit);
    visit_operation(shape.right, shape.clip, visit);
}

}  // namespace weft
