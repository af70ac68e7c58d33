// The header of SAM, BAM and CRAM files.
#pragma once

#include <string>
#include <string_view>

#include "weft/record/alignment_writer.hpp"

namespace weft {

/// The ID of an @RG line. Throws UsageError naming --read-group when the line is none: wrong start, no ID, line ends inside.
std::string read_group_id(std::string_view line);

/// Header text: @HD with the order of the records, @SQ with LN and M5 per contig, @RG, @PG with the command line.
/// With `options.read_group` that is the only @RG; otherwise those of the input. Throws FormatError when two different lines
/// of the input have the same ID, or a contig has a name that SAM gives another meaning.
std::string sam_header(const OutputOptions& options, const OutputHeader& header);

}  // namespace weft
