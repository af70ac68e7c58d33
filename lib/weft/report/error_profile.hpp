// How the letters of features differ from the reference: substitutions, insertions and deletions, how many and how long.
#pragma once

#include <cstdint>
#include <optional>

#include "weft/report/histogram.hpp"
#include "weft/report/length_counts.hpp"
#include "weft/report/record_counts.hpp"
#include "weft/report/substitutions.hpp"

namespace weft {

/// Sums over alignments. Rates are per 1,000 columns that have a base of both, of the alignments of which the number is known.
class ErrorProfile {
public:
    /// Takes up one alignment. `reference` may be null; throws as count_substitutions.
    void add(const AlignmentRecord& record, const ReferenceText* reference);
    void merge(const ErrorProfile& other);

    /// Of the alignments whose letters are known; nothing when there is none.
    std::optional<SubstitutionMatrix> substitutions() const;

    std::int64_t mismatches() const { return mismatches_; }
    std::int64_t insertions() const { return insertions_; }
    std::int64_t inserted_bases() const { return inserted_bases_; }
    std::int64_t deletions() const { return deletions_; }
    std::int64_t deleted_bases() const { return deleted_bases_; }
    const LengthCounts& insertion_lengths() const { return insertion_lengths_; }
    const LengthCounts& deletion_lengths() const { return deletion_lengths_; }
    /// Lengths of both in bases, log scale.
    const Histogram& gap_histogram() const { return gap_histogram_; }

    std::optional<double> mismatches_per_kilobase() const { return per_kilobase(mismatches_, columns_with_matches_); }
    std::optional<double> insertions_per_kilobase() const { return per_kilobase(insertions_, columns_with_gaps_); }
    std::optional<double> deletions_per_kilobase() const { return per_kilobase(deletions_, columns_with_gaps_); }

private:
    static std::optional<double> per_kilobase(std::int64_t count, std::int64_t columns);

    SubstitutionMatrix matrix_{};
    bool letters_known_ = false;
    std::int64_t mismatches_ = 0;
    std::int64_t insertions_ = 0;
    std::int64_t inserted_bases_ = 0;
    std::int64_t deletions_ = 0;
    std::int64_t deleted_bases_ = 0;
    std::int64_t columns_with_matches_ = 0;   // of alignments whose matches are known
    std::int64_t columns_with_gaps_ = 0;      // of alignments with a CIGAR
    LengthCounts insertion_lengths_{};
    LengthCounts deletion_lengths_{};
    Histogram gap_histogram_{log_edges(9)};
};

}  // namespace weft
