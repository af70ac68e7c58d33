// Alignment records written down in one line, for the tests of tables and statistics.
#pragma once

#include <optional>
#include <string>

#include "support/example_alignments.hpp"
#include "weft/record/alignment_reader.hpp"

namespace weft::test {

/// What differs between the records of a test; the rest is made up around it.
struct RecordShort {
    std::string name = "q";
    Role role = Role::primary;
    std::string contig = "c1";
    std::int64_t begin = 0;                    // on the contig
    Strand strand = Strand::forward;
    std::int64_t query_begin = 0;              // on the query as given
    const char* cigar = "100=";
    std::int64_t query_length = 100;
    std::int64_t contig_length = 10'000;
    int mapq = 60;
    std::optional<std::int64_t> score{};
};

inline AlignmentRecord record_of(const RecordShort& in) {
    AlignmentRecord record;
    record.name = in.name;
    record.aligned = true;
    record.role = in.role;
    record.contig = in.contig;
    record.strand = in.strand;
    record.cigar = cigar_of(in.cigar);
    record.reference = {in.begin, in.begin + reference_length(record.cigar)};
    record.query = {in.query_begin, in.query_begin + query_length(record.cigar)};
    record.query_length = in.query_length;
    record.contig_length = in.contig_length;
    record.mapq = in.mapq;
    record.score = in.score;
    return record;
}

inline AlignmentRecord lost_record(const char* name, std::int64_t length, const char* reason = "") {
    AlignmentRecord record;
    record.name = name;
    record.query_length = length;
    record.reason = reason;
    return record;
}

}  // namespace weft::test
