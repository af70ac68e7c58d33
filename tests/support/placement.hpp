// Placements written down in one line, for the tests of the comparison.
#pragma once

#include <optional>
#include <string>

#include "weft/report/placements.hpp"

namespace weft::test {

/// A record of a query of 100 bases, aligned from end to end.
inline AlignmentRecord aligned_record(const std::string& name, const std::string& contig, std::int64_t begin, std::int64_t end, Strand strand, int mapq,
                                      std::optional<std::int64_t> score = {}) {
    AlignmentRecord record;
    record.name = name;
    record.aligned = true;
    record.contig = contig;
    record.reference = {begin, end};
    record.strand = strand;
    record.query = {0, 100};
    record.query_length = 100;
    record.mapq = mapq;
    record.score = score;
    return record;
}

inline AlignmentRecord unaligned_record(const std::string& name) {
    AlignmentRecord record;
    record.name = name;
    return record;
}

}  // namespace weft::test
