// Reads a reference FASTA (plain, gzip or BGZF) whole, strictly.
#pragma once

#include <string>
#include <vector>

#include "weft/model/reference.hpp"

namespace weft {

struct Reference {
    std::vector<ReferenceContig> contigs{};
    ReferenceSource source{};
};

/// Every contig of the file. Throws FormatError with file:line for anything that is not a FASTA: no header, text before the
/// first header, a letter that is not IUPAC, two contigs of one name, no sequence at all, truncated compression.
Reference read_reference(const std::string& path);

/// Length and checksum of a reference file, without parsing it: what decides whether an index belongs to it.
ReferenceSource identify_reference(const std::string& path);

}  // namespace weft
