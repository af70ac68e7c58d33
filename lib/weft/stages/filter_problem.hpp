// What is wrong with a filter expression, and where in it. The caller knows the file and the line and puts them in front.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace weft {

struct FilterProblem {
    std::size_t column = 0;   // bytes before the place, in the text of the expression
    std::string message{};    // "'identity >= 95': identity goes from 0 to 1; did you mean 95% ?"

    bool operator==(const FilterProblem&) const = default;
};

/// A problem that quotes the text at fault. Long quotations are cut and control characters are shown as \x07, so that a message stays one line.
FilterProblem problem_with(std::string_view quoted, std::size_t column, std::string_view what);

}  // namespace weft
