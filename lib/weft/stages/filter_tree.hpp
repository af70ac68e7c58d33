// An expression as the parser leaves it: tests, joined by and, or and not. Evaluation, text and lint are functions over it.
//
// Every tree that the parser builds is sound by type (a number is compared with a number of its range, a class with known words) and
// no deeper than `deepest_filter`, so these functions may recurse. Chains of `and` and of `or` are flat: `a and (b and c)` has three parts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "weft/stages/filter_fields.hpp"
#include "weft/stages/filter_pattern.hpp"

namespace weft {

inline constexpr std::size_t deepest_filter = 100;   // parentheses and nots around each other

enum class NumberRelation : std::uint8_t { less, at_most, greater, at_least, equal, unequal };

/// `identity >= 0.95`
struct NumberTest {
    FilterField field;
    NumberRelation relation;
    double number;

    bool operator==(const NumberTest&) const = default;
};

/// `mapq in 30..60`, both ends included.
struct RangeTest {
    FilterField field;
    double low;
    double high;

    bool operator==(const RangeTest&) const = default;
};

/// `strand == +`
struct StrandTest {
    bool equal;
    char strand;

    bool operator==(const StrandTest&) const = default;
};

/// `class == complete`, `class in (partial, split)`, or with `equal` false `class != complete`. Classes are in the order of the enum, once each.
struct ClassTest {
    bool equal;
    std::vector<FeatureClass> classes;

    bool operator==(const ClassTest&) const = default;
};

/// `name ~ /YAL.*/`; of name or class.
struct PatternTest {
    FilterField field;
    bool matches;
    FilterPattern pattern;

    bool operator==(const PatternTest&) const = default;
};

using FilterTest = std::variant<NumberTest, RangeTest, StrandTest, ClassTest, PatternTest>;

FilterField field_of(const FilterTest& test);

/// False whenever the record does not have the value.
bool holds(const FilterTest& test, const FilterFields& record);

/// A node of the tree. A test has no parts, `negation` has one, `all` (and) and `any` (or) have two or more.
struct FilterNode {
    enum class Kind : std::uint8_t { test, all, any, negation };

    Kind kind = Kind::test;
    std::size_t column = 0;           // where it begins in the text it was read from, from 0
    FilterTest test{StrandTest{}};    // of Kind::test only
    std::vector<FilterNode> parts{};

    /// Equal in meaning as written: columns do not count.
    bool operator==(const FilterNode& other) const;
};

bool holds(const FilterNode& node, const FilterFields& record);

/// The canonical text: one spelling per tree, and reading it gives an equal tree.
std::string text_of(const FilterTest& test);
std::string text_of(const FilterNode& node);

/// A number in digits alone, without an exponent, as short as reading it back allows.
std::string text_of_number(double number);

}  // namespace weft
