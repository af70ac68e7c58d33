// A batch: features of one size class that travel through the aligner together, with room for their answers.
//
// The aligner owns a fixed set of batches that circulate; a batch that enters a stage leaves it, always.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "weft/model/alignment.hpp"
#include "weft/model/feature.hpp"

namespace weft {

/// Classes by feature length: they differ in batch size, never in the answer.
enum class SizeClass : std::uint8_t { small, medium, large };
inline constexpr std::size_t size_classes = 3;

/// Features and their answers, index by index: `results[i]` belongs to `features[i]`.
struct Batch {
    SizeClass size_class = SizeClass::small;
    std::vector<Feature> features{};
    std::vector<FeatureAlignments> results{};
    std::int64_t bases = 0;   // sum of the features' lengths
    double seconds = 0;       // that its alignment took
};

}  // namespace weft
