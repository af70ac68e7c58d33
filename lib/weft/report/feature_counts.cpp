#include "weft/report/feature_counts.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "weft/report/size_classes.hpp"

namespace weft {
namespace {

constexpr std::size_t most_reasons = 100;       // shown
constexpr std::size_t most_kept_reasons = 10'000;
constexpr char other_reasons[] = "other reasons";

template <class Numbers>
void add_each(Numbers& numbers, const Numbers& others) {
    std::transform(numbers.begin(), numbers.end(), others.begin(), numbers.begin(), std::plus<>{});
}

}  // namespace

std::int64_t SizeClassCounts::features() const { return std::accumulate(by_class.begin(), by_class.end(), std::int64_t{0}); }

void FeatureCounts::add(const FeatureRow& row) {
    SizeClassCounts& size = by_size[static_cast<std::size_t>(size_class_of(row.length))];
    ++size.by_class[static_cast<std::size_t>(row.feature_class)];
    size.bases += row.length;
    supplementary += row.supplementary;
    secondary += row.secondary;
    if (row.length > 0) length_histogram.add(static_cast<double>(row.length));
    if (!row.mapped()) return add_reason(row.reason, 1);
    if (const std::optional<double> identity = row.identity()) size.identity.add(*identity);
    add_placed(row);
}

void FeatureCounts::add_placed(const FeatureRow& row) {
    aligned_bases += row.aligned_bases;
    if (row.mapq == 255)
        ++mapq_unknown;
    else
        ++mapq[static_cast<std::size_t>(std::min(row.mapq, highest_mapq))];
    if (const std::optional<double> identity = row.identity()) identity_histogram.add(*identity);
    const std::optional<double> covered = row.coverage();
    if (!covered) return;
    coverage.add(*covered);
    coverage_histogram.add(*covered);
    begin_missing.add(row.span.begin);
    end_missing.add(row.length - row.span.end);
}

// Messages of failures can be all different: beyond some thousand they are no longer told apart.
void FeatureCounts::add_reason(const std::string& reason, std::int64_t features) {
    const bool room = reasons_.size() < most_kept_reasons || reasons_.contains(reason);
    reasons_[room ? reason : other_reasons] += features;
}

void FeatureCounts::merge(const FeatureCounts& other) {
    for (std::size_t i = 0; i < by_size.size(); ++i) {
        add_each(by_size[i].by_class, other.by_size[i].by_class);
        by_size[i].bases += other.by_size[i].bases;
        by_size[i].identity.merge(other.by_size[i].identity);
    }
    aligned_bases += other.aligned_bases;
    supplementary += other.supplementary;
    secondary += other.secondary;
    coverage.merge(other.coverage);
    add_each(mapq, other.mapq);
    mapq_unknown += other.mapq_unknown;
    identity_histogram.merge(other.identity_histogram);
    coverage_histogram.merge(other.coverage_histogram);
    length_histogram.merge(other.length_histogram);
    begin_missing.merge(other.begin_missing);
    end_missing.merge(other.end_missing);
    for (const auto& [reason, features] : other.reasons_) add_reason(reason, features);
}

std::int64_t FeatureCounts::total() const {
    std::int64_t sum = 0;
    for (const SizeClassCounts& size : by_size) sum += size.features();
    return sum;
}

std::int64_t FeatureCounts::placed() const { return total() - features(FeatureClass::unmapped); }

std::int64_t FeatureCounts::bases() const {
    std::int64_t sum = 0;
    for (const SizeClassCounts& size : by_size) sum += size.bases;
    return sum;
}

Distribution FeatureCounts::identity() const {
    Distribution all;
    for (const SizeClassCounts& size : by_size) all.merge(size.identity);
    return all;
}

std::int64_t FeatureCounts::features(FeatureClass feature_class) const {
    std::int64_t sum = 0;
    for (const SizeClassCounts& size : by_size) sum += size.by_class[static_cast<std::size_t>(feature_class)];
    return sum;
}

std::vector<ReasonCount> FeatureCounts::lost_reasons() const {
    std::vector<ReasonCount> all;
    for (const auto& [reason, features] : reasons_) all.push_back({reason, features});
    std::sort(all.begin(), all.end(),
              [](const ReasonCount& a, const ReasonCount& b) { return std::tie(b.features, a.reason) < std::tie(a.features, b.reason); });
    if (all.size() <= most_reasons) return all;
    ReasonCount rest{other_reasons, 0};
    for (std::size_t i = most_reasons; i < all.size(); ++i) rest.features += all[i].features;
    all.resize(most_reasons);
    all.push_back(std::move(rest));
    return all;
}

}  // namespace weft
