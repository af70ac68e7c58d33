#include "weft/parallel/run_report.hpp"

#include <algorithm>

namespace weft {

RunReport count(const Batch& batch) {
    RunReport report;
    report.features = batch.features.size();
    report.bases = static_cast<std::uint64_t>(batch.bases);
    report.features_by_class[static_cast<std::size_t>(batch.size_class)] = batch.features.size();
    for (std::size_t i = 0; i < batch.results.size(); ++i) {
        const FeatureAlignments& result = batch.results[i];
        report.aligned += result.aligned() ? 1 : 0;
        report.alignments += result.alignments.size();
        if (!result.aligned()) ++report.unaligned_by_reason[static_cast<std::size_t>(result.unaligned)];
        if (result.unaligned == Unaligned::failed) {
            ++report.failed;
            report.failures.push_back({batch.features[i].number, batch.features[i].name, result.message});
        }
        for (const Alignment& alignment : result.alignments)
            if (alignment.role != Role::secondary) report.aligned_bases += static_cast<std::uint64_t>(alignment.query.length());
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
    for (std::size_t i = 0; i < part.features_by_class.size(); ++i) total.features_by_class[i] += part.features_by_class[i];
    for (std::size_t i = 0; i < part.unaligned_by_reason.size(); ++i) total.unaligned_by_reason[i] += part.unaligned_by_reason[i];
}

}  // namespace weft
