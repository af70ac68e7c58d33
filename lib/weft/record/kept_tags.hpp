// The optional fields (tags) that a read of SAM, BAM or CRAM input keeps, in BAM encoding.
#pragma once

#include <string>
#include <string_view>

#include "weft/model/coordinates.hpp"

namespace weft {

/// Appends to `kept` those fields of a record that do not describe its alignment (alignment_fields.hpp), in the direction of
/// the read: OQ, which runs along SEQ, is turned when the record is on the reverse strand. Base modifications (MM, ML, MN)
/// count along the read already. False when `tags` is damaged; `kept` then holds the fields before the fault.
bool append_kept_tags(std::string_view tags, Strand strand, std::string& kept);

}  // namespace weft
