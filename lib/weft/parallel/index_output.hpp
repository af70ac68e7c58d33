// What a writer needs to know of a reference, taken from an index. (The layers of files and of indexes do not see each other.)
#pragma once

#include "weft/index/index.hpp"
#include "weft/record/alignment_writer.hpp"

namespace weft {

/// The contig dictionary, the path of the reference FASTA and the version of weft; the rest is for the caller to fill.
OutputHeader header_of(const Index& index);

/// Access to the reference's letters. The index must outlive it.
ReferenceLetters letters_of(const Index& index);

}  // namespace weft
