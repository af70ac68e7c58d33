#include "weft/report/record_counts.hpp"

#include <catch2/catch.hpp>

#include "support/example_alignments.hpp"

using namespace weft;
using namespace weft::test;

namespace {

AlignmentRecord record_with(const char* cigar, std::optional<std::int64_t> edit_distance = {}, std::int64_t matches = 0,
                            std::int64_t columns = 0) {
    AlignmentRecord record;
    record.aligned = true;
    record.cigar = cigar_of(cigar);
    record.query = {0, query_length(record.cigar)};
    record.reference = {0, reference_length(record.cigar)};
    record.edit_distance = edit_distance;
    record.matches = matches;
    record.columns = columns;
    return record;
}

AlignmentRecord record_of_columns(std::int64_t query, std::int64_t reference, std::int64_t matches, std::int64_t columns) {
    AlignmentRecord record;
    record.aligned = true;
    record.query = {0, query};
    record.reference = {0, reference};
    record.matches = matches;
    record.columns = columns;
    return record;
}

}  // namespace

TEST_CASE("matches and mismatches are counted from the best source that a record has", "[report]") {
    struct Row {
        const char* what;
        AlignmentRecord record;
        bool known;
        std::int64_t matches, mismatches, inserted, deleted, insertions, deletions, longest_gap;
    };
    const Row rows[] = {
        {"= and X need nothing else", record_with("5=2X3I4=6D1=1I1="), true, 11, 2, 4, 6, 2, 1, 6},
        {"introns are no gap", record_with("5=100N5="), true, 10, 0, 0, 0, 0, 0, 0},
        {"M and NM", record_with("10M2I10M3D", 9), true, 16, 4, 2, 3, 1, 1, 3},
        {"M beside X", record_with("10M2X", 5), true, 7, 5, 0, 0, 0, 0, 0},
        {"M alone", record_with("10M2I"), false, 0, 0, 2, 0, 1, 0, 2},
        {"NM says more mismatches than there are columns", record_with("4M", 5), false, 0, 0, 0, 0, 0, 0, 0},
        {"NM below the gaps", record_with("4M2D", 1), false, 0, 0, 0, 2, 0, 1, 2},
        {"M and the columns of PAF", record_with("10M2I", {}, 8, 12), true, 8, 2, 2, 0, 1, 0, 2},
        {"the columns of PAF", record_of_columns(12, 15, 9, 17), true, 9, 1, 2, 5, 0, 0, 0},
        {"an estimate in the columns of PAF", record_of_columns(12, 15, 9, 15), true, 9, 3, 0, 3, 0, 0, 0},
        {"fewer columns than bases", record_of_columns(12, 15, 9, 11), true, 9, 2, 0, 0, 0, 0, 0},
        {"more matches than columns", record_of_columns(12, 12, 13, 12), false, 0, 0, 0, 0, 0, 0, 0},
        {"nothing", record_of_columns(12, 12, 0, 0), false, 0, 0, 0, 0, 0, 0, 0},
    };
    for (const Row& row : rows) {
        INFO(row.what);
        const RecordCounts counts = counts_of(row.record);
        CHECK(counts.known == row.known);
        CHECK(counts.matches == row.matches);
        CHECK(counts.mismatches == row.mismatches);
        CHECK(counts.inserted == row.inserted);
        CHECK(counts.deleted == row.deleted);
        CHECK(counts.insertions == row.insertions);
        CHECK(counts.deletions == row.deletions);
        CHECK(counts.longest_gap == row.longest_gap);
    }
}
