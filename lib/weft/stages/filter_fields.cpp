#include "weft/stages/filter_fields.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace weft {
namespace {

constexpr std::array<std::string_view, filter_fields.size()> field_words{"identity", "coverage", "mapq",  "length",
                                                                         "score",    "strand",   "class", "name"};

template <class Number>
std::optional<double> widened(std::optional<Number> number) {
    if (!number) return std::nullopt;
    const double value = static_cast<double>(*number);
    return std::isnan(value) ? std::nullopt : std::optional(value);
}

}  // namespace

std::string_view word_of(FilterField field) { return field_words[static_cast<std::size_t>(field)]; }

std::optional<FilterField> field_of_word(std::string_view word) {
    const auto found = std::find(field_words.begin(), field_words.end(), word);
    if (found == field_words.end()) return std::nullopt;
    return filter_fields[static_cast<std::size_t>(found - field_words.begin())];
}

std::optional<FieldRange> range_of(FilterField field) {
    switch (field) {
        case FilterField::identity:
        case FilterField::coverage: return FieldRange{0, 1, false};
        case FilterField::mapq: return FieldRange{0, 255, true};
        case FilterField::length: return FieldRange{0, 0x1p63, true};   // 2^63 is what the longest length is rounded to
        case FilterField::score: return FieldRange{-std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity(), false};
        case FilterField::strand:
        case FilterField::feature_class:
        case FilterField::name: break;
    }
    return std::nullopt;
}

std::optional<double> number_of(FilterField field, const FilterFields& record) {
    switch (field) {
        case FilterField::identity: return widened(record.identity);
        case FilterField::coverage: return widened(record.coverage);
        case FilterField::mapq: return widened(record.mapq);
        case FilterField::length: return widened(record.length);
        case FilterField::score: return widened(record.score);
        case FilterField::strand:
        case FilterField::feature_class:
        case FilterField::name: break;
    }
    return std::nullopt;
}

}  // namespace weft
