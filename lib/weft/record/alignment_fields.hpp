// Which optional fields of SAM describe an alignment, and so end with it when the read is aligned again.
//
// Read again, they would contradict the new record or pass for weft's own. What belongs to the read itself (barcodes, base
// modifications, kinetics, read group) lives on.
#pragma once

#include <string_view>

namespace weft {

/// Whether the field of this two-letter name tells about an alignment of the read, of its mate, or about the program that
/// made it. The names are those of the SAM specification and of the aligners in use; X?, Y? and Z? names are free for anybody,
/// so of them only those are listed that a common aligner writes.
bool describes_alignment(std::string_view name);

}  // namespace weft
