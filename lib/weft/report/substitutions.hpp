// Which base was read in place of which, from whatever of a record holds letters.
//
// Three sources say the same: a cs tag alone; an MD tag and the record's sequence; the reference and the sequence. The first that a
// record has is used, and a record with none is left out.
#pragma once

#include <array>
#include <cstdint>

#include "weft/record/alignment_reader.hpp"
#include "weft/report/reference_text.hpp"

namespace weft {

/// Counts by base of the forward reference and base of the query as it lies on it, A, C, G, T; other letters are left out.
class SubstitutionMatrix {
public:
    void add(char reference, char query);
    void merge(const SubstitutionMatrix& other);

    /// By codes (model/sequence.hpp), 0 to 3.
    std::int64_t count(int reference, int query) const {
        return counts_[static_cast<std::size_t>(reference)][static_cast<std::size_t>(query)];
    }

private:
    std::array<std::array<std::int64_t, 4>, 4> counts_{};
};

/// Counts the mismatches of an aligned record and returns true, or returns false when their letters are not known. `reference` may be
/// null. Throws FormatError for a tag that does not fit its alignment, or a reference that does not have the place.
bool count_substitutions(const AlignmentRecord& record, const ReferenceText* reference, SubstitutionMatrix& matrix);

}  // namespace weft
