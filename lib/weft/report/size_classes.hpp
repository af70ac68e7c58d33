// The three size classes by which tables and reports split features: below 1 kb, 1 to 10 kb, above 10 kb.
//
// They bear the names of the aligner's own classes, whose borders a preset may move; those of reports stay, so that reports compare.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "weft/model/batch.hpp"

namespace weft {

inline constexpr std::array<std::string_view, size_classes> size_class_names{"below 1 kb", "1-10 kb", "above 10 kb"};

/// 1 kb and 10 kb themselves belong to the class in the middle.
constexpr SizeClass size_class_of(std::int64_t length) {
    return length < 1'000 ? SizeClass::small : length <= 10'000 ? SizeClass::medium : SizeClass::large;
}

constexpr std::string_view name_of(SizeClass size_class) { return size_class_names[static_cast<std::size_t>(size_class)]; }

}  // namespace weft
