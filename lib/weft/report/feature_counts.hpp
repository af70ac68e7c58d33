// What a set of features looks like as a whole: how many there are of each class and size, how similar and how complete they are.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "weft/model/batch.hpp"
#include "weft/model/feature_class.hpp"
#include "weft/report/distribution.hpp"
#include "weft/report/feature_row.hpp"
#include "weft/report/histogram.hpp"
#include "weft/report/length_counts.hpp"

namespace weft {

inline constexpr int highest_mapq = 60;   // higher ones of other aligners count here

/// Features of one size class.
struct SizeClassCounts {
    std::array<std::int64_t, feature_classes.size()> by_class{};   // features by FeatureClass
    std::int64_t bases = 0;
    Distribution identity{};                                       // of those placed, where it is known

    std::int64_t features() const;
    std::int64_t placed() const { return features() - by_class[static_cast<std::size_t>(FeatureClass::unmapped)]; }
};

/// A reason and how many features have it.
struct ReasonCount {
    std::string reason{};
    std::int64_t features = 0;
};

/// Sums over features. Memory grows by 16 bytes with each.
class FeatureCounts {
public:
    void add(const FeatureRow& row);
    void merge(const FeatureCounts& other);

    std::int64_t total() const;
    std::int64_t placed() const;
    std::int64_t bases() const;
    Distribution identity() const;   // of all size classes
    std::int64_t features(FeatureClass feature_class) const;

    /// Why features are unmapped, by falling number, then by text. At most 100, the rest of them summed up as "other reasons".
    std::vector<ReasonCount> lost_reasons() const;

    std::array<SizeClassCounts, size_classes> by_size{};                // by SizeClass
    std::int64_t aligned_bases = 0;                                     // of the features, each counted once
    std::int64_t supplementary = 0;                                     // alignments
    std::int64_t secondary = 0;                                         // alignments
    Distribution coverage{};                                            // of those placed
    std::array<std::int64_t, highest_mapq + 1> mapq{};                  // of those placed
    std::int64_t mapq_unknown = 0;
    Histogram identity_histogram{linear_edges(0, 1, 200)};
    Histogram coverage_histogram{linear_edges(0, 1, 100)};
    Histogram length_histogram{log_edges(9)};                           // bases, of all features whose length is known
    LengthCounts begin_missing{};                                       // bases in front of the first aligned one, of those placed
    LengthCounts end_missing{};                                         // bases behind the last aligned one

private:
    void add_placed(const FeatureRow& row);
    void add_reason(const std::string& reason, std::int64_t features);

    std::map<std::string, std::int64_t> reasons_{};
};

}  // namespace weft
