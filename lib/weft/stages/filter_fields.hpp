// What a filter sees of one record: a handful of values, each of which may be missing.
//
// Alignments and lifted features reach the filter in different shapes. Both are reduced to this struct first, so that the meaning of an
// expression is defined once, on plain values, and can be tested without a genome.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "weft/model/feature_class.hpp"

namespace weft {

/// The values of one record. An empty optional is a value that the record does not have, as NaN is.
struct FilterFields {
    std::optional<double> identity{};             // matches / alignment columns, 0 to 1
    std::optional<double> coverage{};             // aligned query bases / query length, 0 to 1
    std::optional<int> mapq{};                    // 0 to 255
    std::optional<std::int64_t> length{};         // bases, 0 or more
    std::optional<double> score{};                // of the alignment; may be negative
    char strand = '.';                            // '+', '-', or '.' for neither
    std::optional<FeatureClass> feature_class{};  // `class` in expressions
    std::string_view name{};                      // owned by the record
};

/// What an expression can ask about.
enum class FilterField : std::uint8_t { identity, coverage, mapq, length, score, strand, feature_class, name };

inline constexpr std::array filter_fields{FilterField::identity, FilterField::coverage, FilterField::mapq,          FilterField::length,
                                          FilterField::score,    FilterField::strand,   FilterField::feature_class, FilterField::name};

std::string_view word_of(FilterField field);
std::optional<FilterField> field_of_word(std::string_view word);

/// The values that a numeric field can have; both ends are included.
struct FieldRange {
    double low;
    double high;
    bool whole_numbers;
};

/// The range of a numeric field; nothing for strand, class and name.
std::optional<FieldRange> range_of(FilterField field);

/// The value of a numeric field, or nothing when it is missing. Lengths above 2^53 are rounded.
std::optional<double> number_of(FilterField field, const FilterFields& record);

}  // namespace weft
