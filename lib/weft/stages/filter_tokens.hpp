// Cuts the text of a filter expression into tokens.
//
// Operators of other languages (`&&`, `=`, `AND`) are complained about here and then passed on as what they mean, so that one habit of
// a user does not hide the other problems of the expression.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "weft/stages/filter_problem.hpp"

namespace weft {

struct FilterToken {
    enum class Kind : std::uint8_t {
        word,       // a field or a class
        number,     //
        relation,   // < <= > >= == !=
        match,      // ~ !~
        sign,       // + - .
        pattern,    // /.../
        dots,       // ..
        open,
        close,
        comma,
        conjunction,   // and
        disjunction,   // or
        negation,      // not
        within,        // in
        broken,        // something that has been complained about
        end,           // after the last token, once
    };

    Kind kind;
    std::size_t begin;        // in the text
    std::size_t end;
    std::string_view text;    // what it means: `==` also for `=`, the pattern without its slashes
    double number = 0;        // 0.95 for 95%
};

/// The tokens of a text; problems are added to the list. The tokens are views into the text.
std::vector<FilterToken> filter_tokens(std::string_view text, std::vector<FilterProblem>& problems);

}  // namespace weft
