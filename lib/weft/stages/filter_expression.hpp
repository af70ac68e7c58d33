// The `where:` of a filter stage, ready to be asked about records (read by parse_filter, filter_parser.hpp).
//
// The report says how many records each term of the filter has cost. A term is a part of the outermost `and`; a record is booked under
// the first term that it fails, so that the counts add up to the records.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "weft/stages/filter_fields.hpp"
#include "weft/stages/filter_tree.hpp"

namespace weft {

/// A checked expression. Immutable, and safe to use from several threads.
class FilterExpression {
public:
    explicit FilterExpression(FilterNode tree);

    bool passes(const FilterFields& record) const { return !rejecting_term(record); }

    /// The number of the first term that is false for the record; nothing when it passes.
    std::optional<std::size_t> rejecting_term(const FilterFields& record) const;

    /// At least one; views into this object.
    std::span<const FilterNode> terms() const;
    const FilterNode& tree() const { return tree_; }

    /// The canonical text, for content keys and reports: expressions that differ in spacing, number spelling or needless parentheses share it.
    std::string text() const { return text_of(tree_); }

    bool operator==(const FilterExpression&) const = default;

private:
    FilterNode tree_;
};

/// How the records fared, one number per term.
struct FilterCounts {
    std::uint64_t passed = 0;
    std::vector<std::uint64_t> rejected{};   // by the number of the term

    /// Zeros for every term of the expression, so that terms without a victim are listed too.
    explicit FilterCounts(const FilterExpression& expression) : rejected(expression.terms().size()) {}

    /// Counts one record; takes what rejecting_term gave for it.
    void add(std::optional<std::size_t> rejecting_term);
    std::uint64_t records() const;

    /// Both must be counts of the same expression.
    FilterCounts& operator+=(const FilterCounts& other);
    bool operator==(const FilterCounts&) const = default;
};

}  // namespace weft
