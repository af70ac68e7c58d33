// Advice on filters that are valid and yet cannot be meant: parts that no record passes, or every record.
//
// A conjunction of tests splits into one question per field, and for one field it is enough to try its values at and between the numbers
// of the tests: exact, without a calculus of intervals. Expressions are taken apart into such conjunctions up to a limit, above which
// advice gets rarer but never wrong: a part that some record can pass is never called impossible.
#pragma once

#include <vector>

#include "weft/stages/filter_expression.hpp"
#include "weft/stages/filter_problem.hpp"

namespace weft {

/// One finding per part that is at fault itself, not through a part of it; sorted by column. Columns are those of the text that
/// the expression was read from. Names and patterns over them are taken as they come: two different patterns never contradict each other.
std::vector<FilterProblem> lint_filter(const FilterExpression& expression);

}  // namespace weft
