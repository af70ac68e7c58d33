// Integers as text. Most bytes of SAM and PAF beside the sequences are numbers, so no stream, locale or allocation is involved.
#pragma once

#include <array>
#include <charconv>
#include <concepts>
#include <string>

namespace weft {

template <std::integral Integer>
void append_decimal(std::string& text, Integer value) {
    std::array<char, 20> digits;   // the longest 64-bit integer with its sign
    const std::to_chars_result end = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    text.append(digits.data(), end.ptr);
}

}  // namespace weft
