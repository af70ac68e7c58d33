// One feature, one row: where it was placed, how well, and the class that sums it up. Tables, filters and reports take it from here,
// so that a class means the same in all of them.
//
// The records of a feature may come from any aligner and, in a file sorted by place, one by one with other features between them. So a
// row is built record by record, and keeps neither letters nor CIGARs.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "weft/model/coordinates.hpp"
#include "weft/model/feature_class.hpp"
#include "weft/record/alignment_reader.hpp"

namespace weft {

/// Where one class ends and the next begins.
struct ClassThresholds {
    double complete_coverage = 0.95;   // share of the bases; below it a feature is partial
    double identity = 0.9;             // share of the alignment columns; below it a feature has low identity
    std::int64_t contig_end = 10;      // bases; an alignment that comes as close to the end of the contig reaches it
    double equal_score = 0.98;         // of the primary's score; a secondary alignment that reaches it is an equal place
};

/// What is known of one feature. Lengths and counts are in bases.
struct FeatureRow {
    std::string name{};
    std::int64_t length = 0;   // 0: not known
    FeatureClass feature_class = FeatureClass::unmapped;

    // The primary alignment; for the unmapped all of it is empty.
    std::string contig{};
    ReferenceInterval reference{};
    Strand strand = Strand::forward;
    QueryInterval query{};
    int mapq = 255;                        // 255: not known
    std::optional<std::int64_t> score{};   // AS

    // Sums over the primary and the supplementary alignments.
    std::int64_t matches = 0;       // these two are both 0 when the file does not tell
    std::int64_t mismatches = 0;
    std::int64_t inserted = 0;
    std::int64_t deleted = 0;
    std::int64_t gap_opens = 0;     // I and D elements; this and the next are 0 without a CIGAR
    std::int64_t longest_gap = 0;   // one I or D element
    std::int64_t aligned_bases = 0; // of the feature, each counted once
    QueryInterval span{};           // of the feature, from its first to its last aligned base

    int supplementary = 0;          // alignments
    int secondary = 0;              // alignments
    int equal_places = 0;           // secondary alignments about as good as the primary
    std::string reason{};           // why it is unmapped

    bool mapped() const { return feature_class != FeatureClass::unmapped; }
    /// matches / alignment columns, 0 to 1; nothing when unmapped or not known.
    std::optional<double> identity() const;
    /// aligned_bases / length, 0 to 1; nothing when unmapped or the length is not known.
    std::optional<double> coverage() const;
};

/// Builds the row of one feature from its records, in any order. Of several primary records the first is the primary one, the others
/// count as supplementary.
class FeatureRowBuilder {
public:
    void add(const AlignmentRecord& record);

    /// Whether the primary record, aligned or not, was added.
    bool has_primary() const { return has_primary_; }

    /// The row so far. The name is left empty: whoever tells features apart has it already.
    FeatureRow row(const ClassThresholds& thresholds) const;

private:
    // A primary or supplementary alignment: the bases it covers, and how much of the contig is left beyond it.
    struct Part {
        QueryInterval query;
        std::int64_t before;   // contig bases beyond the end where the query begins; -1: not known
        std::int64_t after;    // contig bases beyond the end where the query ends; -1: not known
    };
    // What places are compared by.
    struct Worth {
        std::optional<std::int64_t> score;
        std::int64_t matches;
    };

    void take_place(const AlignmentRecord& record, const Worth& worth);
    void take_sums(const AlignmentRecord& record);
    std::int64_t covered_bases() const;
    QueryInterval span() const;
    bool reaches_beyond_contig(std::int64_t uncovered, std::int64_t contig_end) const;
    bool equals_primary(const Worth& other, double equal_score) const;
    FeatureClass class_of(const FeatureRow& row, const ClassThresholds& thresholds) const;

    FeatureRow row_{};
    Role role_ = Role::secondary;   // of the record that gave the place
    Worth worth_{};                 // of the same
    bool has_primary_ = false;
    bool unknown_matches_ = false;
    std::vector<Part> parts_{};
    std::vector<Worth> secondaries_{};
};

/// The row of the records of one query. Where the file has no primary record of it (a part of a file), the first supplementary one
/// stands for it; a query that has secondary records only counts as unmapped.
FeatureRow row_of(std::span<const AlignmentRecord> records_of_one_query, const ClassThresholds& thresholds = {});

}  // namespace weft
