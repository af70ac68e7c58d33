// Whether the arrays of an index make sense: what lazy opening has to believe, looked at value by value.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "weft/index/index_view.hpp"
#include "weft/index/minimizer_table.hpp"

namespace weft {

/// Reads all arrays but the contig table (which every opening checks). Afterwards every position of an entry lies in a contig with its
/// whole k-mer, buckets and runs are sorted, and the statistics are those of the entries. Throws FormatError with `path`.
void check_content(const IndexView& view, std::span<const OccurrenceClass> occurrences, std::uint64_t distinct, const std::string& path);

}  // namespace weft
