#include "weft/parallel/run_report.hpp"

#include <algorithm>

namespace weft {
namespace {

/// Query bases under the primary and the supplementary alignments, which may overlap a little; each counts once.
std::uint64_t covered_bases(const FeatureAlignments& result) {
    std::vector<QueryInterval> parts;
    for (const Alignment& alignment : result.alignments)
        if (alignment.role != Role::secondary) parts.push_back(alignment.query);
    std::sort(parts.begin(), parts.end());
    std::int64_t covered = 0;
    std::int64_t end = 0;
    for (const QueryInterval& part : parts) {
        covered += std::max<std::int64_t>(0, part.end - std::max(part.begin, end));
        end = std::max(end, part.end);
    }
    return static_cast<std::uint64_t>(covered);
}

}  // namespace

RunReport count(const Batch& batch) {
    RunReport report;
    report.features = batch.features.size();
    report.bases = static_cast<std::uint64_t>(batch.bases);
    report.features_by_class[static_cast<std::size_t>(batch.size_class)] = batch.features.size();
    report.bases_by_class[static_cast<std::size_t>(batch.size_class)] = static_cast<std::uint64_t>(batch.bases);
    report.seconds_by_class[static_cast<std::size_t>(batch.size_class)] = batch.seconds;
    for (std::size_t i = 0; i < batch.results.size(); ++i) {
        const FeatureAlignments& result = batch.results[i];
        report.aligned += result.aligned() ? 1 : 0;
        report.alignments += result.alignments.size();
        if (!result.aligned()) ++report.unaligned_by_reason[static_cast<std::size_t>(result.unaligned)];
        if (result.unaligned == Unaligned::failed) {
            ++report.failed;
            report.failures.push_back({batch.features[i].number, batch.features[i].name, result.message});
        }
        report.aligned_bases += covered_bases(result);
    }
    return report;
}

void merge(RunReport& total, const RunReport& part) {
    total.features += part.features;
    total.aligned += part.aligned;
    total.failed += part.failed;
    total.bases += part.bases;
    total.aligned_bases += part.aligned_bases;
    total.alignments += part.alignments;
    for (const FailedFeature& failure : part.failures) {
        const auto place = std::upper_bound(total.failures.begin(), total.failures.end(), failure.number,
                                            [](std::uint64_t number, const FailedFeature& other) { return number < other.number; });
        total.failures.insert(place, failure);
    }
    for (std::size_t i = 0; i < size_classes; ++i) {
        total.features_by_class[i] += part.features_by_class[i];
        total.bases_by_class[i] += part.bases_by_class[i];
        total.seconds_by_class[i] += part.seconds_by_class[i];
    }
    for (std::size_t i = 0; i < part.unaligned_by_reason.size(); ++i) total.unaligned_by_reason[i] += part.unaligned_by_reason[i];
}

}  // namespace weft
