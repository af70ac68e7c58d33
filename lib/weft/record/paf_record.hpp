// PAF records (pairwise mapping format, minimap2's manual): one line per alignment, 12 columns and tags.
#pragma once

#include <string>

#include "weft/record/record_source.hpp"

namespace weft {

/// Appends the lines of a feature: one per alignment; for a feature without, one line when `paf_no_hit` is set, else none.
void append_paf_records(RecordSource& source, std::string& text);

}  // namespace weft
