// Names come from files and may hold any bytes; what is written for people and programs must be text all the same.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace weft {

/// Bytes of the UTF-8 sequence at the beginning of a text; 0 when there is none (RFC 3629: no overlong forms, no surrogates).
std::size_t utf8_length(std::string_view text);

/// The text with U+FFFD for each byte that is not UTF-8, and for each control character, line ends and tabs among them.
std::string printable(std::string_view text);

/// Columns of a terminal that a printable text takes: two for each letter of the East Asian scripts and for pictures, none for
/// combining marks (an estimate by blocks of Unicode 15; terminals differ).
std::size_t display_width(std::string_view text);

/// A printable text cut to so many columns; its last one is then "…".
std::string shortened(std::string_view text, std::size_t width);

}  // namespace weft
