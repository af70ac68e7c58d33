// The index that lies beside a FASTA, and whether it may be used.
//
// `weft index genome.fa.gz` writes genome.fa.gz.weft, and `weft align genome.fa.gz` looks for it there. It is used only if it
// belongs to exactly that file: same length and same XXH3 over the file's bytes, compressed as they are. Times of modification
// prove nothing (copies, checkouts, clocks), while hashing a file costs about 0.1 s per gigabyte once it is in the page cache:
// so the checksum is computed every time. Who wants to save even that gives the index itself instead of the FASTA.
#pragma once

#include <optional>
#include <string>

#include "weft/index/index.hpp"
#include "weft/model/reference.hpp"

namespace weft {

/// Where the index of a FASTA is written unless another name is given: the same name with ".weft" behind it.
std::string index_path_for(const std::string& fasta);

/// Whether a file begins like an index, whatever its name. Throws SystemError when it cannot be read.
bool begins_like_index(const std::string& path);

/// Whether a file is meant as an index: it begins like one, or is named *.weft. Throws SystemError when it cannot be read.
bool is_index_file(const std::string& path);

/// Whether an index was built from exactly this file (length and checksum; the path does not count).
bool belongs_to(const Index& index, const ReferenceSource& source);

/// The index at index_path_for(source.path), or nothing when there is no file. Throws FormatError when it belongs to another
/// file, and what Index::open throws: an index that lies there and cannot be used is never passed over in silence.
std::optional<Index> open_index_beside(const ReferenceSource& source, const OpenOptions& options = {});

}  // namespace weft
