#include "weft/report/feature_row.hpp"

#include <algorithm>

#include "weft/report/record_counts.hpp"

namespace weft {
namespace {

constexpr char no_alignment[] = "no alignment";
constexpr char only_secondary[] = "only secondary alignments in the file";

double share(std::int64_t part, std::int64_t whole) { return static_cast<double>(part) / static_cast<double>(whole); }

}  // namespace

std::optional<double> FeatureRow::identity() const {
    if (!mapped() || matches + mismatches == 0) return std::nullopt;
    return share(matches, matches + mismatches + inserted + deleted);
}

std::optional<double> FeatureRow::coverage() const {
    if (!mapped() || length <= 0) return std::nullopt;
    return share(aligned_bases, length);
}

void FeatureRowBuilder::add(const AlignmentRecord& record) {
    row_.length = std::max(row_.length, record.query_length);
    const Role role = record.role == Role::primary && has_primary_ ? Role::supplementary : record.role;
    has_primary_ |= role == Role::primary;
    if (!record.aligned) {
        if (!record.reason.empty()) row_.reason = record.reason;
        return;
    }
    const Worth worth{record.score, counts_of(record).matches};
    if (role == Role::secondary) {
        secondaries_.push_back(worth);
        return;
    }
    if (role == Role::supplementary) ++row_.supplementary;
    if (parts_.empty() || role < role_) {
        role_ = role;
        take_place(record, worth);
    }
    take_sums(record);
}

void FeatureRowBuilder::take_place(const AlignmentRecord& record, const Worth& worth) {
    worth_ = worth;
    row_.contig = record.contig;
    row_.reference = record.reference;
    row_.strand = record.strand;
    row_.query = record.query;
    row_.mapq = record.mapq;
    row_.score = record.score;
}

void FeatureRowBuilder::take_sums(const AlignmentRecord& record) {
    const RecordCounts counts = counts_of(record);
    unknown_matches_ |= !counts.known;
    row_.matches += counts.matches;
    row_.mismatches += counts.mismatches;
    row_.inserted += counts.inserted;
    row_.deleted += counts.deleted;
    row_.gap_opens += counts.insertions + counts.deletions;
    row_.longest_gap = std::max(row_.longest_gap, counts.longest_gap);

    const std::int64_t left = record.reference.begin;
    const std::int64_t right = record.contig_length > 0 ? record.contig_length - record.reference.end : -1;
    const bool forward = record.strand == Strand::forward;
    parts_.push_back({record.query, forward ? left : right, forward ? right : left});
}

std::int64_t FeatureRowBuilder::covered_bases() const {
    std::vector<QueryInterval> intervals;
    for (const Part& part : parts_) intervals.push_back(part.query);
    std::sort(intervals.begin(), intervals.end());
    std::int64_t covered = 0;
    std::int64_t end = 0;
    for (const QueryInterval& interval : intervals) {
        covered += std::max<std::int64_t>(0, interval.end - std::max(interval.begin, end));
        end = std::max(end, interval.end);
    }
    return covered;
}

QueryInterval FeatureRowBuilder::span() const {
    QueryInterval span = parts_.front().query;
    for (const Part& part : parts_) span = {std::min(span.begin, part.query.begin), std::max(span.end, part.query.end)};
    return span;
}

// At least half of the bases that are not aligned are at an end of the query that would lie beyond an end of the contig.
bool FeatureRowBuilder::reaches_beyond_contig(std::int64_t uncovered, std::int64_t contig_end) const {
    const auto [begin, end] = span();
    const auto beyond = [&](std::int64_t missing, std::int64_t left_on_contig) {
        return left_on_contig >= 0 && left_on_contig <= contig_end && missing > left_on_contig;
    };
    std::int64_t beyond_begin = 0;
    std::int64_t beyond_end = 0;
    for (const Part& part : parts_) {
        if (part.query.begin == begin && beyond(begin, part.before)) beyond_begin = begin;
        if (part.query.end == end && beyond(row_.length - end, part.after)) beyond_end = row_.length - end;
    }
    const std::int64_t missing = beyond_begin + beyond_end;
    return missing > 0 && 2 * missing >= uncovered;
}

// Scores below 0 count differences (end-to-end modes), so a share of them would be the better score.
bool FeatureRowBuilder::equals_primary(const Worth& other, double equal_score) const {
    const bool scored = worth_.score && other.score;
    const std::int64_t own = scored ? *worth_.score : worth_.matches;
    const std::int64_t others = scored ? *other.score : other.matches;
    if (!scored && own == 0) return false;   // nothing to compare
    return others >= own || static_cast<double>(others) >= equal_score * static_cast<double>(own);
}

FeatureClass FeatureRowBuilder::class_of(const FeatureRow& row, const ClassThresholds& thresholds) const {
    const std::optional<double> coverage = row.coverage();
    const bool incomplete = coverage && *coverage < thresholds.complete_coverage;
    if (incomplete && reaches_beyond_contig(row.length - row.aligned_bases, thresholds.contig_end)) return FeatureClass::truncated;
    if (row.supplementary > 0) return FeatureClass::split;
    if (incomplete) return FeatureClass::partial;
    const std::optional<double> identity = row.identity();
    if (identity && *identity < thresholds.identity) return FeatureClass::low_identity;
    return row.equal_places > 0 ? FeatureClass::duplicate : FeatureClass::complete;
}

FeatureRow FeatureRowBuilder::row(const ClassThresholds& thresholds) const {
    FeatureRow row = row_;
    row.secondary = static_cast<int>(secondaries_.size());
    if (parts_.empty()) {
        if (row.reason.empty()) row.reason = secondaries_.empty() ? no_alignment : only_secondary;
        return row;
    }
    row.reason.clear();
    if (role_ == Role::supplementary) --row.supplementary;   // it stands for the primary
    if (unknown_matches_) row.matches = row.mismatches = 0;
    row.aligned_bases = covered_bases();
    row.span = span();
    row.equal_places = static_cast<int>(std::count_if(secondaries_.begin(), secondaries_.end(), [&](const Worth& secondary) {
        return equals_primary(secondary, thresholds.equal_score);
    }));
    row.feature_class = FeatureClass::complete;   // mapped, from here on
    row.feature_class = class_of(row, thresholds);
    return row;
}

FeatureRow row_of(std::span<const AlignmentRecord> records_of_one_query, const ClassThresholds& thresholds) {
    FeatureRowBuilder builder;
    for (const AlignmentRecord& record : records_of_one_query) builder.add(record);
    FeatureRow row = builder.row(thresholds);
    if (!records_of_one_query.empty()) row.name = records_of_one_query.front().name;
    return row;
}

}  // namespace weft
