// Size classes: short features do not wait behind long ones, and every batch costs about the same time.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "weft/model/batch.hpp"

namespace weft {

/// What one size class looks like. Thresholds and batch sizes change speed and memory, never the answer.
struct SizeClassOptions {
    std::int64_t longest = 0;       // bases; features up to this length belong to the class
    int batch_features = 0;         // a batch is full at this many features ...
    std::int64_t batch_bases = 0;   // ... or at this many bases, whichever comes first
};

/// One row per class, by rising length; the last one takes every length.
using SizeClassTable = std::array<SizeClassOptions, size_classes>;

/// The first class whose features may be this long.
SizeClass class_of(std::int64_t length, const SizeClassTable& table);

/// Every fault of a table, empty when it is fine.
std::vector<std::string> problems(const SizeClassTable& table);

}  // namespace weft
