#include "weft/stages/filter_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

namespace weft {
namespace {

struct FieldOfTest {
    FilterField operator()(const NumberTest& test) const { return test.field; }
    FilterField operator()(const RangeTest& test) const { return test.field; }
    FilterField operator()(const StrandTest&) const { return FilterField::strand; }
    FilterField operator()(const ClassTest&) const { return FilterField::feature_class; }
    FilterField operator()(const PatternTest& test) const { return test.field; }
};

bool related(double value, NumberRelation relation, double number) {
    switch (relation) {
        case NumberRelation::less: return value < number;
        case NumberRelation::at_most: return value <= number;
        case NumberRelation::greater: return value > number;
        case NumberRelation::at_least: return value >= number;
        case NumberRelation::equal: return value == number;
        case NumberRelation::unequal: return value != number;
    }
    return false;
}

struct TestHolds {
    const FilterFields& record;

    bool operator()(const NumberTest& test) const {
        const std::optional<double> value = number_of(test.field, record);
        return value && related(*value, test.relation, test.number);
    }
    bool operator()(const RangeTest& test) const {
        const std::optional<double> value = number_of(test.field, record);
        return value && *value >= test.low && *value <= test.high;
    }
    bool operator()(const StrandTest& test) const { return (record.strand == test.strand) == test.equal; }
    bool operator()(const ClassTest& test) const {
        if (!record.feature_class) return false;
        const bool listed = std::find(test.classes.begin(), test.classes.end(), *record.feature_class) != test.classes.end();
        return listed == test.equal;
    }
    bool operator()(const PatternTest& test) const {
        if (test.field == FilterField::name) return test.pattern.matches(record.name) == test.matches;
        return record.feature_class && test.pattern.matches(word_of(*record.feature_class)) == test.matches;
    }
};

std::string_view sign_of(NumberRelation relation) {
    constexpr std::array<std::string_view, 6> signs{"<", "<=", ">", ">=", "==", "!="};
    return signs[static_cast<std::size_t>(relation)];
}

struct TextOfTest {
    std::string operator()(const NumberTest& test) const {
        return fmt::format("{} {} {}", word_of(test.field), sign_of(test.relation), text_of_number(test.number));
    }
    std::string operator()(const RangeTest& test) const {
        return fmt::format("{} in {}..{}", word_of(test.field), text_of_number(test.low), text_of_number(test.high));
    }
    std::string operator()(const StrandTest& test) const { return fmt::format("strand {} {}", test.equal ? "==" : "!=", test.strand); }
    std::string operator()(const ClassTest& test) const {
        if (test.classes.size() == 1) return fmt::format("class {} {}", test.equal ? "==" : "!=", word_of(test.classes.front()));
        std::string words;
        for (const FeatureClass listed : test.classes) fmt::format_to(std::back_inserter(words), "{}{}", words.empty() ? "" : ", ", word_of(listed));
        return fmt::format("class in ({})", words);
    }
    std::string operator()(const PatternTest& test) const {
        return fmt::format("{} {} /{}/", word_of(test.field), test.matches ? "~" : "!~", test.pattern.text());
    }
};

void append_text(const FilterNode& node, std::string& text);

// `and` binds tighter than `or`, so an `or` needs parentheses within an `and`, and both need them within a `not`.
void append_part(const FilterNode& part, bool enclosed, std::string& text) {
    if (enclosed) text += '(';
    append_text(part, text);
    if (enclosed) text += ')';
}

void append_text(const FilterNode& node, std::string& text) {
    switch (node.kind) {
        case FilterNode::Kind::test: text += text_of(node.test); break;
        case FilterNode::Kind::negation: {
            const FilterNode::Kind inner = node.parts.front().kind;
            text += "not ";
            append_part(node.parts.front(), inner == FilterNode::Kind::all || inner == FilterNode::Kind::any, text);
            break;
        }
        case FilterNode::Kind::all:
        case FilterNode::Kind::any:
            for (std::size_t i = 0; i < node.parts.size(); ++i) {
                if (i > 0) text += node.kind == FilterNode::Kind::all ? " and " : " or ";
                append_part(node.parts[i], node.kind == FilterNode::Kind::all && node.parts[i].kind == FilterNode::Kind::any, text);
            }
            break;
    }
}

}  // namespace

FilterField field_of(const FilterTest& test) { return std::visit(FieldOfTest{}, test); }
bool holds(const FilterTest& test, const FilterFields& record) { return std::visit(TestHolds{record}, test); }
std::string text_of(const FilterTest& test) { return std::visit(TextOfTest{}, test); }

bool FilterNode::operator==(const FilterNode& other) const {
    return kind == other.kind && parts == other.parts && (kind != Kind::test || test == other.test);
}

bool holds(const FilterNode& node, const FilterFields& record) {
    const auto part_holds = [&](const FilterNode& part) { return holds(part, record); };
    switch (node.kind) {
        case FilterNode::Kind::test: return holds(node.test, record);
        case FilterNode::Kind::negation: return !holds(node.parts.front(), record);
        case FilterNode::Kind::all: return std::all_of(node.parts.begin(), node.parts.end(), part_holds);
        case FilterNode::Kind::any: return std::any_of(node.parts.begin(), node.parts.end(), part_holds);
    }
    return false;
}

std::string text_of(const FilterNode& node) {
    std::string text;
    append_text(node, text);
    return text;
}

std::string text_of_number(double number) {
    std::array<char, 400> digits{};   // the smallest double has 340 characters, the largest 309
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), number, std::chars_format::fixed);
    return {digits.data(), written.ptr};
}

}  // namespace weft
