#include "weft/model/feature_class.hpp"

#include <algorithm>

namespace weft {
namespace {

constexpr std::array<std::string_view, feature_classes.size()> class_words{"complete",     "partial",   "split",   "duplicate",
                                                                           "low_identity", "truncated", "unmapped"};

}  // namespace

std::string_view word_of(FeatureClass feature_class) { return class_words[static_cast<std::size_t>(feature_class)]; }

std::optional<FeatureClass> class_of_word(std::string_view word) {
    const auto found = std::find(class_words.begin(), class_words.end(), word);
    if (found == class_words.end()) return std::nullopt;
    return feature_classes[static_cast<std::size_t>(found - class_words.begin())];
}

}  // namespace weft
