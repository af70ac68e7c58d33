// The records of a file, query by query: as aligners write them, those of one query are neighbours.
#pragma once

#include <vector>

#include "weft/record/alignment_reader.hpp"

namespace weft {

/// Groups of neighbouring records of one query, in the order of the file. Not thread-safe.
/// Two features of one name that stand one behind the other are told apart by their primary records. Files sorted by place have no such
/// groups: see FeatureRows.
class FeatureGroups {
public:
    /// The reader must outlive this.
    explicit FeatureGroups(AlignmentReader& reader) : reader_(&reader) {}

    /// The next group, or false at the end. The vector's memory is used again. Throws as AlignmentReader::read.
    bool next(std::vector<AlignmentRecord>& group);

private:
    AlignmentReader* reader_;
    AlignmentRecord ahead_{};   // the first record of the next group
    bool has_ahead_ = false;
};

}  // namespace weft
