// The tags of a record, decided once for SAM, BAM, CRAM and PAF. Meanings and units: docs/output.md.
#pragma once

#include <cstddef>

#include "weft/record/record_shape.hpp"
#include "weft/record/record_source.hpp"
#include "weft/record/tag_sink.hpp"

namespace weft {

/// Tags of alignment `index` of the feature.
void append_tags(RecordSource& source, std::size_t index, const RecordShape& shape, TagSink& sink);

/// Tags of a feature without alignment: why, beside what it brought along.
void append_unaligned_tags(const RecordSource& source, TagSink& sink);

}  // namespace weft
