// SAM records as text.
#pragma once

#include <string>

#include "weft/record/record_source.hpp"

namespace weft {

/// Appends the lines of a feature: one per alignment, or one unmapped. Throws FormatError for a name that SAM cannot hold.
void append_sam_records(RecordSource& source, std::string& text);

}  // namespace weft
