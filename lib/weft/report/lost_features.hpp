// The features a reader of a report asks for first: those that were not placed well, with the reason.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "weft/model/feature_class.hpp"
#include "weft/report/feature_row.hpp"

namespace weft {

/// Classes that count as lost, the worst first.
inline constexpr std::array lost_classes{FeatureClass::unmapped, FeatureClass::truncated, FeatureClass::partial, FeatureClass::split,
                                         FeatureClass::low_identity};

struct LostFeature {
    std::string name{};
    std::int64_t length = 0;   // bases, 0: not known
    FeatureClass feature_class = FeatureClass::unmapped;
    std::string reason{};
};

/// Why a feature is of a lost class, for people: "no seed", "61.2 % of the bases aligned", "3 parts", "identity 84.1 %".
std::string lost_reason(const FeatureRow& row);

/// Counts all lost features and keeps the first of each class.
class LostFeatures {
public:
    explicit LostFeatures(std::size_t most) : most_(most) {}

    void add(const FeatureRow& row);
    /// Takes up what comes behind in the file.
    void merge(const LostFeatures& other);

    std::size_t most() const { return most_; }
    std::int64_t total() const { return total_; }
    /// At most as many as were asked for, by class as in lost_classes, then in the order of the file.
    std::vector<LostFeature> rows() const;

private:
    std::size_t most_;
    std::int64_t total_ = 0;
    std::array<std::vector<LostFeature>, lost_classes.size()> kept_{};
};

}  // namespace weft
