#include "weft/report/record_counts.hpp"

#include <algorithm>

namespace weft {
namespace {

void count_element(const CigarElement& element, RecordCounts& counts, std::int64_t& undecided) {
    const std::int64_t length = element.length;
    switch (element.op) {
        case CigarOp::match: counts.matches += length; break;
        case CigarOp::mismatch: counts.mismatches += length; break;
        case CigarOp::match_or_mismatch: undecided += length; break;
        case CigarOp::insertion:
            counts.inserted += length;
            ++counts.insertions;
            counts.longest_gap = std::max(counts.longest_gap, length);
            break;
        case CigarOp::deletion:
            counts.deleted += length;
            ++counts.deletions;
            counts.longest_gap = std::max(counts.longest_gap, length);
            break;
        default: break;
    }
}

// Equal bases among the columns of M, from NM or from PAF's column 10; below 0 when neither is there.
std::int64_t matches_of_undecided(const AlignmentRecord& record, const RecordCounts& counts, std::int64_t undecided) {
    if (record.edit_distance) return undecided - (*record.edit_distance - counts.inserted - counts.deleted - counts.mismatches);
    return record.columns > 0 ? record.matches - counts.matches : -1;
}

// Without a CIGAR: columns are matches, mismatches, inserted and deleted bases, and the intervals lack one kind of gap each.
RecordCounts counts_of_columns(const AlignmentRecord& record) {
    RecordCounts counts;
    if (record.columns <= 0 || record.matches < 0 || record.matches > record.columns) return counts;
    counts.known = true;
    counts.matches = record.matches;
    const std::int64_t inserted = record.columns - record.reference.length();
    const std::int64_t deleted = record.columns - record.query.length();
    const std::int64_t mismatches = record.columns - record.matches - inserted - deleted;
    if (inserted < 0 || deleted < 0 || mismatches < 0) {   // not columns of an alignment but an estimate: gaps cannot be told apart
        counts.mismatches = record.columns - record.matches;
        return counts;
    }
    counts.inserted = inserted;
    counts.deleted = deleted;
    counts.mismatches = mismatches;
    return counts;
}

}  // namespace

RecordCounts counts_of(const AlignmentRecord& record) {
    if (record.cigar.empty()) return counts_of_columns(record);
    RecordCounts counts;
    std::int64_t undecided = 0;
    for (const CigarElement& element : record.cigar) count_element(element, counts, undecided);
    counts.known = true;
    if (undecided == 0) return counts;
    const std::int64_t equal = matches_of_undecided(record, counts, undecided);
    if (equal < 0 || equal > undecided) {
        counts.known = false;
        counts.matches = counts.mismatches = 0;
        return counts;
    }
    counts.matches += equal;
    counts.mismatches += undecided - equal;
    return counts;
}

std::optional<double> identity_of(const RecordCounts& counts) {
    const std::int64_t columns = counts.matches + counts.mismatches + counts.inserted + counts.deleted;
    if (!counts.known || columns == 0) return std::nullopt;
    return static_cast<double>(counts.matches) / static_cast<double>(columns);
}

}  // namespace weft
