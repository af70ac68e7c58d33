// How one alignment differs from the reference, in counts, from whatever the file tells about it.
//
// The best source is a CIGAR with = and X. One with M leaves open how many of its columns are equal; NM closes that, or column 10 of
// PAF. A PAF without CIGAR still has its columns and both intervals, from which all sums follow, but not the single gaps.
#pragma once

#include <cstdint>
#include <optional>

#include "weft/record/alignment_reader.hpp"

namespace weft {

/// Counts of one record, in bases. N of a CIGAR (introns) is no difference.
struct RecordCounts {
    bool known = false;   // when false, the file does not tell matches from mismatches, and both are 0
    std::int64_t matches = 0;
    std::int64_t mismatches = 0;
    std::int64_t inserted = 0;
    std::int64_t deleted = 0;
    std::int64_t insertions = 0;    // I elements; 0 without CIGAR
    std::int64_t deletions = 0;     // D elements; 0 without CIGAR
    std::int64_t longest_gap = 0;   // the longest I or D element, 0 without CIGAR
};

/// Counts an aligned record. Numbers that contradict each other (more matches than columns) count as not known.
RecordCounts counts_of(const AlignmentRecord& record);

/// Matches among the columns of the alignment; none when they are not known or there is no column.
std::optional<double> identity_of(const RecordCounts& counts);

}  // namespace weft
