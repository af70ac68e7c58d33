#include "weft/record/record_shape.hpp"

namespace weft {

RecordShape shape_of(const Alignment& alignment, std::int64_t feature_length, const OutputOptions& options) {
    const bool reverse = alignment.strand == Strand::reverse;
    const bool secondary = alignment.role == Role::secondary;
    RecordShape shape;
    if (reverse) shape.flag |= flag_reverse;
    if (secondary) shape.flag |= flag_secondary;
    if (alignment.role == Role::supplementary) shape.flag |= flag_supplementary;

    shape.left = reverse ? feature_length - alignment.query.end : alignment.query.begin;
    shape.right = reverse ? alignment.query.begin : feature_length - alignment.query.end;
    shape.sequence = !secondary || options.secondary_sequence;
    if (alignment.role != Role::primary && shape.sequence && !options.soft_clip_supplementary) shape.clip = CigarOp::hard_clip;

    const bool hard = shape.clip == CigarOp::hard_clip;
    shape.begin = hard ? shape.left : 0;
    shape.end = !shape.sequence ? 0 : hard ? feature_length - shape.right : feature_length;
    return shape;
}

}  // namespace weft
