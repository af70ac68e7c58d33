#include "weft/stages/filter_lint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace weft {
namespace {

constexpr std::size_t most_conjunctions = 128;   // that an expression is taken apart into
constexpr std::size_t most_literals = 128;       // in one of them

/// A test that must hold, or must not.
struct Literal {
    const FilterTest* test;
    bool wanted;
};

using Conjunction = std::vector<Literal>;
using Alternatives = std::vector<Conjunction>;   // one of them must hold

/// Which records are asked about: all, or only those that have every value.
enum class Records : std::uint8_t { all, with_values };

// A conjunction without literals holds always: what is too much to look at is taken to be possible.
Alternatives anything() { return {Conjunction{}}; }

Alternatives alternatives_of(const FilterNode& node, bool wanted);

Alternatives any_of_parts(std::span<const FilterNode> parts, bool wanted) {
    Alternatives all;
    for (const FilterNode& part : parts) {
        Alternatives more = alternatives_of(part, wanted);
        if (all.size() + more.size() > most_conjunctions) return anything();
        std::move(more.begin(), more.end(), std::back_inserter(all));
    }
    return all;
}

std::size_t longest_of(const Alternatives& alternatives) {
    std::size_t longest = 0;
    for (const Conjunction& conjunction : alternatives) longest = std::max(longest, conjunction.size());
    return longest;
}

/// Both must hold. What would get too large keeps the demands of the first alone, which more records meet.
Alternatives both(Alternatives first, const Alternatives& second) {
    if (first.size() * second.size() > most_conjunctions || longest_of(first) + longest_of(second) > most_literals) return first;
    Alternatives product;
    for (const Conjunction& left : first) {
        for (const Conjunction& right : second) {
            product.push_back(left);
            product.back().insert(product.back().end(), right.begin(), right.end());
        }
    }
    return product;
}

Alternatives all_of_parts(std::span<const FilterNode> parts, bool wanted) {
    Alternatives product = anything();
    for (const FilterNode& part : parts) product = both(std::move(product), alternatives_of(part, wanted));
    return product;
}

/// Conjunctions of which one holds for every record for which the node is `wanted`.
Alternatives alternatives_of(const FilterNode& node, bool wanted) {
    switch (node.kind) {
        case FilterNode::Kind::test: return {Conjunction{{&node.test, wanted}}};
        case FilterNode::Kind::negation: return alternatives_of(node.parts.front(), !wanted);
        case FilterNode::Kind::all: return wanted ? all_of_parts(node.parts, true) : any_of_parts(node.parts, false);
        case FilterNode::Kind::any: return wanted ? any_of_parts(node.parts, true) : all_of_parts(node.parts, false);
    }
    return anything();
}

void collect_numbers(const FilterTest& test, std::vector<double>& numbers) {
    if (const auto* number = std::get_if<NumberTest>(&test)) numbers.push_back(number->number);
    if (const auto* range = std::get_if<RangeTest>(&test)) numbers.insert(numbers.end(), {range->low, range->high});
}

/// The least value of the field above `number`.
double next_above(double number, bool whole_numbers) {
    const double next = std::nextafter(number, std::numeric_limits<double>::infinity());
    return whole_numbers ? std::max(std::floor(number) + 1, std::ceil(next)) : next;
}

/// Values of a field such that each possible value passes the same tests as one of these: the tests change their
/// answer only at their numbers, so these numbers and what lies just above them will do.
std::vector<double> telling_values(const FieldRange& range, std::span<const Literal> literals) {
    std::vector<double> numbers{range.low};
    for (const Literal& literal : literals) collect_numbers(*literal.test, numbers);
    std::vector<double> values;
    for (const double number : numbers) {
        values.push_back(number);
        values.push_back(next_above(number, range.whole_numbers));
    }
    std::erase_if(values, [&](double value) {
        return value < range.low || value > range.high || (range.whole_numbers && value != std::floor(value));
    });
    return values;
}

void set_number(FilterField field, double value, FilterFields& record) {
    switch (field) {
        case FilterField::identity: record.identity = value; break;
        case FilterField::coverage: record.coverage = value; break;
        case FilterField::mapq: record.mapq = static_cast<int>(value); break;
        // 2^63 itself does not fit, but what it stands for rounds to it again.
        case FilterField::length:
            record.length = value < 0x1p63 ? static_cast<std::int64_t>(value) : std::numeric_limits<std::int64_t>::max();
            break;
        case FilterField::score: record.score = value; break;
        case FilterField::strand:
        case FilterField::feature_class:
        case FilterField::name: break;
    }
}

/// Records that differ in one field alone and stand for all values of it.
std::vector<FilterFields> telling_records(FilterField field, std::span<const Literal> literals, Records asked) {
    std::vector<FilterFields> records;
    if (asked == Records::all) records.emplace_back();   // without a value
    if (field == FilterField::strand) {
        records.clear();
        for (const char strand : {'+', '-', '.'}) records.emplace_back().strand = strand;
    } else if (field == FilterField::feature_class) {
        for (const FeatureClass feature_class : feature_classes) records.emplace_back().feature_class = feature_class;
    } else if (const std::optional<FieldRange> range = range_of(field)) {
        for (const double value : telling_values(*range, literals)) set_number(field, value, records.emplace_back());
    }
    return records;
}

/// Whether no pattern is both wanted and unwanted. For names this is all that is known.
bool names_can_hold(std::span<const Literal> literals) {
    for (const Literal& literal : literals) {
        const auto& test = std::get<PatternTest>(*literal.test);
        const bool contradicted = std::any_of(literals.begin(), literals.end(), [&](const Literal& other) {
            const auto& known = std::get<PatternTest>(*other.test);
            return known.pattern == test.pattern && (known.matches == other.wanted) != (test.matches == literal.wanted);
        });
        if (contradicted) return false;
    }
    return true;
}

bool can_hold(std::span<const Literal> conjunction, Records asked) {
    return std::all_of(filter_fields.begin(), filter_fields.end(), [&](FilterField field) {
        std::vector<Literal> literals;
        std::copy_if(conjunction.begin(), conjunction.end(), std::back_inserter(literals),
                     [&](const Literal& literal) { return field_of(*literal.test) == field; });
        if (literals.empty()) return true;
        if (field == FilterField::name) return names_can_hold(literals);
        const std::vector<FilterFields> records = telling_records(field, literals, asked);
        return std::any_of(records.begin(), records.end(), [&](const FilterFields& record) {
            return std::all_of(literals.begin(), literals.end(),
                               [&](const Literal& literal) { return holds(*literal.test, record) == literal.wanted; });
        });
    });
}

bool can_hold(const Alternatives& alternatives, Records asked) {
    return std::any_of(alternatives.begin(), alternatives.end(), [&](const Conjunction& conjunction) { return can_hold(conjunction, asked); });
}

bool never_holds(const FilterNode& node) { return !can_hold(alternatives_of(node, true), Records::all); }
bool always_holds(const FilterNode& node, Records asked) { return !can_hold(alternatives_of(node, false), asked); }

void collect_fields(const FilterNode& node, std::vector<FilterField>& fields) {
    if (node.kind == FilterNode::Kind::test && std::find(fields.begin(), fields.end(), field_of(node.test)) == fields.end())
        fields.push_back(field_of(node.test));
    for (const FilterNode& part : node.parts) collect_fields(part, fields);
}

/// "every record that has identity and coverage"
std::string records_with_values(const FilterNode& node) {
    std::vector<FilterField> fields;
    collect_fields(node, fields);
    std::erase_if(fields, [](FilterField field) { return field == FilterField::strand || field == FilterField::name; });   // every record has them
    std::string text = "every record that has ";
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (i > 0) text += i + 1 == fields.size() ? " and " : ", ";
        text += word_of(fields[i]);
    }
    return text;
}

class FilterLint {
public:
    std::vector<FilterProblem> run(const FilterNode& tree) {
        visit(tree);
        std::stable_sort(findings_.begin(), findings_.end(), [](const FilterProblem& a, const FilterProblem& b) { return a.column < b.column; });
        return std::move(findings_);
    }

private:
    // An `and` that is always true, and an `or` that never is, consist of such parts, and these are what is reported; the same for `not`.
    void visit(const FilterNode& node) {
        for (const FilterNode& part : node.parts) visit(part);
        switch (node.kind) {
            case FilterNode::Kind::test:
                say_never(node);
                say_always(node);
                break;
            case FilterNode::Kind::negation: break;
            case FilterNode::Kind::all:
                if (std::none_of(node.parts.begin(), node.parts.end(), never_holds)) say_never(node);
                break;
            case FilterNode::Kind::any: {
                const auto is_always = [](const FilterNode& part) { return always_holds(part, Records::with_values); };
                if (std::none_of(node.parts.begin(), node.parts.end(), is_always)) say_always(node);
                break;
            }
        }
    }

    void say(const FilterNode& node, std::string_view what) { findings_.push_back(problem_with(text_of(node), node.column, what)); }

    void say_never(const FilterNode& node) {
        if (!never_holds(node)) return;
        // The two parts of a chain that contradict each other say more than the chain.
        std::vector<Alternatives> earlier;
        for (const FilterNode& part : node.parts) {
            const Alternatives demands = alternatives_of(part, true);
            for (std::size_t i = 0; i < earlier.size(); ++i)
                if (!can_hold(both(earlier[i], demands), Records::all))
                    return say(part, fmt::format("can never hold together with '{}'", text_of(node.parts[i])));
            earlier.push_back(demands);
        }
        say(node, "can never hold");
    }

    void say_always(const FilterNode& node) {
        if (always_holds(node, Records::all))
            say(node, "holds for every record");
        else if (always_holds(node, Records::with_values))
            say(node, fmt::format("holds for {}", records_with_values(node)));
    }

    std::vector<FilterProblem> findings_{};
};

}  // namespace

std::vector<FilterProblem> lint_filter(const FilterExpression& expression) { return FilterLint{}.run(expression.tree()); }

}  // namespace weft
