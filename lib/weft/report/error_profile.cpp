#include "weft/report/error_profile.hpp"

namespace weft {

void ErrorProfile::add(const AlignmentRecord& record, const ReferenceText* reference) {
    const RecordCounts counts = counts_of(record);
    if (counts.known) {
        mismatches_ += counts.mismatches;
        columns_with_matches_ += counts.matches + counts.mismatches;
    }
    insertions_ += counts.insertions;
    inserted_bases_ += counts.inserted;
    deletions_ += counts.deletions;
    deleted_bases_ += counts.deleted;
    for (const CigarElement& element : record.cigar) {
        const bool insertion = element.op == CigarOp::insertion;
        if (insertion || element.op == CigarOp::deletion) {
            (insertion ? insertion_lengths_ : deletion_lengths_).add(element.length);
            gap_histogram_.add(element.length);
        }
        if (consumes_query(element.op) && consumes_reference(element.op)) columns_with_gaps_ += element.length;
    }
    letters_known_ |= count_substitutions(record, reference, matrix_);
}

void ErrorProfile::merge(const ErrorProfile& other) {
    matrix_.merge(other.matrix_);
    letters_known_ |= other.letters_known_;
    mismatches_ += other.mismatches_;
    insertions_ += other.insertions_;
    inserted_bases_ += other.inserted_bases_;
    deletions_ += other.deletions_;
    deleted_bases_ += other.deleted_bases_;
    columns_with_matches_ += other.columns_with_matches_;
    columns_with_gaps_ += other.columns_with_gaps_;
    insertion_lengths_.merge(other.insertion_lengths_);
    deletion_lengths_.merge(other.deletion_lengths_);
    gap_histogram_.merge(other.gap_histogram_);
}

std::optional<SubstitutionMatrix> ErrorProfile::substitutions() const {
    return letters_known_ ? std::optional(matrix_) : std::nullopt;
}

std::optional<double> ErrorProfile::per_kilobase(std::int64_t count, std::int64_t columns) {
    if (columns == 0) return std::nullopt;
    return 1'000.0 * static_cast<double>(count) / static_cast<double>(columns);
}

}  // namespace weft
