// How well a feature was placed, in one word: what tables count, filters ask for and reports are coloured by.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace weft {

/// One class per feature. Where several would fit, the first of this order counts: unmapped, truncated, split, partial, low_identity,
/// duplicate, complete (report/feature_row gives the thresholds).
enum class FeatureClass : std::uint8_t {
    complete,       // one place, nearly all bases aligned, high identity
    partial,        // a good part of the bases found no place
    split,          // its bases lie at two or more places: there are supplementary alignments
    duplicate,      // complete, and as good at another place
    low_identity,   // nearly all bases aligned, but they differ much
    truncated,      // the missing bases would lie beyond the end of the contig
    unmapped,       // no alignment
};

inline constexpr std::array feature_classes{FeatureClass::complete,     FeatureClass::partial,   FeatureClass::split,   FeatureClass::duplicate,
                                            FeatureClass::low_identity, FeatureClass::truncated, FeatureClass::unmapped};

/// The word that stands for a class in expressions and tables.
std::string_view word_of(FeatureClass feature_class);

/// The class of that word, in lower case; nothing for other words.
std::optional<FeatureClass> class_of_word(std::string_view word);

}  // namespace weft
