// Optional fields (tags) of SAM records, in BAM encoding: which of them outlive the alignment they came with.
//
// A read that is aligned again keeps what belongs to the read (barcodes, base modifications, kinetics, read group) and
// loses what described the old alignment, which would contradict the new one.
#pragma once

#include <string>
#include <string_view>

namespace weft {

/// Appends to `kept` those fields of `tags` that say nothing about an alignment. False when `tags` is not well formed; `kept`
/// then holds the fields before the fault.
bool append_kept_tags(std::string_view tags, std::string& kept);

/// Turns the fields that have one character per base of SEQ (OQ and U2 reversed, E2 reverse-complemented) to the other
/// strand, in place. `Feature::tags` has them in the direction of the read; a record on the reverse strand needs them turned.
/// Base modifications (MM, ML, MN) always count along the read and stay. `tags` must be well formed.
void turn_tags(std::string& tags);

}  // namespace weft
