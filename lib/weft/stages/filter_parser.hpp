// Reads a filter expression, checks it by type, and tells everything that is wrong with it at once.
//
//     expr     := and_expr { "or" and_expr }
//     and_expr := unary { "and" unary }
//     unary    := "not" unary | "(" expr ")" | test
//     test     := number_field ("<"|"<="|">"|">="|"=="|"!=") NUMBER
//               | number_field "in" NUMBER ".." NUMBER              both ends included
//               | "strand" ("=="|"!=") ("+" | "-" | ".")
//               | "class" ("=="|"!=") WORD | "class" "in" "(" WORD {"," WORD} ")"
//               | ("name"|"class") ("~"|"!~") /REGEX/               RE2, of the whole name or word; \/ is a slash
//
// Number fields are identity, coverage, mapq, length and score. A NUMBER is a decimal with an optional %, k, M or G: 95% = 0.95.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "weft/stages/filter_expression.hpp"
#include "weft/stages/filter_problem.hpp"

namespace weft {

/// An expression, or at least one problem. Problems are sorted by column.
struct ParsedFilter {
    std::optional<FilterExpression> expression{};
    std::vector<FilterProblem> problems{};
};

/// Never throws for a bad text. The result does not refer to the text. Time grows with its length, stack only up to deepest_filter.
ParsedFilter parse_filter(std::string_view text);

}  // namespace weft
