#include "weft/report/lost_features.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace weft {
namespace {

std::string share_text(std::optional<double> share) { return share ? fmt::format("{:.1f} %", 100 * *share) : "an unknown share"; }

}  // namespace

std::string lost_reason(const FeatureRow& row) {
    switch (row.feature_class) {
        case FeatureClass::unmapped: return row.reason;
        case FeatureClass::truncated:
            return fmt::format("reaches beyond the end of {}, {} of the bases aligned", row.contig, share_text(row.coverage()));
        case FeatureClass::partial: return fmt::format("{} of the bases aligned", share_text(row.coverage()));
        case FeatureClass::split: return fmt::format("{} parts", row.supplementary + 1);
        case FeatureClass::low_identity: return fmt::format("identity {}", share_text(row.identity()));
        case FeatureClass::duplicate:
        case FeatureClass::complete: break;
    }
    return {};
}

void LostFeatures::add(const FeatureRow& row) {
    const auto found = std::find(lost_classes.begin(), lost_classes.end(), row.feature_class);
    if (found == lost_classes.end()) return;
    ++total_;
    std::vector<LostFeature>& kept = kept_[static_cast<std::size_t>(found - lost_classes.begin())];
    if (kept.size() < most_) kept.push_back({row.name, row.length, row.feature_class, lost_reason(row)});
}

void LostFeatures::merge(const LostFeatures& other) {
    total_ += other.total_;
    for (std::size_t i = 0; i < kept_.size(); ++i) {
        const std::size_t room = std::min(most_ - kept_[i].size(), other.kept_[i].size());
        kept_[i].insert(kept_[i].end(), other.kept_[i].begin(), other.kept_[i].begin() + static_cast<std::ptrdiff_t>(room));
    }
}

std::vector<LostFeature> LostFeatures::rows() const {
    std::vector<LostFeature> rows;
    for (const std::vector<LostFeature>& kept : kept_)
        for (const LostFeature& lost : kept)
            if (rows.size() < most_) rows.push_back(lost);
    return rows;
}

}  // namespace weft
