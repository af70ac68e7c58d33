#include "weft/model/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace weft {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";
constexpr std::string_view ellipsis = "\xE2\x80\xA6";

struct Range {
    char32_t first, last;
};
constexpr std::array<Range, 10> wide{{{0x1100, 0x115F},
                                      {0x2E80, 0x303E},
                                      {0x3041, 0xA4CF},
                                      {0xAC00, 0xD7A3},
                                      {0xF900, 0xFAFF},
                                      {0xFE30, 0xFE6F},
                                      {0xFF00, 0xFF60},
                                      {0xFFE0, 0xFFE6},
                                      {0x1F300, 0x1FAFF},
                                      {0x20000, 0x3FFFD}}};
constexpr std::array<Range, 5> narrow{{{0x0300, 0x036F}, {0x1AB0, 0x1AFF}, {0x200B, 0x200F}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}}};

/// The letter that a sequence of that length stands for.
char32_t letter_of(std::string_view sequence) {
    const auto byte = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(sequence[i])); };
    if (sequence.size() == 1) return byte(0);
    char32_t letter = byte(0) & (0xFFU >> (sequence.size() + 1));
    for (std::size_t i = 1; i < sequence.size(); ++i) letter = letter << 6U | (byte(i) & 0x3FU);
    return letter;
}

bool is_in(const auto& ranges, char32_t letter) {
    return std::any_of(ranges.begin(), ranges.end(), [&](const Range& range) { return range.first <= letter && letter <= range.last; });
}

std::size_t columns_of(char32_t letter) { return is_in(wide, letter) ? 2 : is_in(narrow, letter) ? 0 : 1; }

}  // namespace

std::size_t utf8_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80; };
    if (text.empty()) return 0;
    const unsigned first = byte(0);
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return continues(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        if ((first == 0xE0 && byte(1) < 0xA0) || (first == 0xED && byte(1) > 0x9F)) return 0;
        return continues(1) && continues(2) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        if ((first == 0xF0 && byte(1) < 0x90) || (first == 0xF4 && byte(1) > 0x8F)) return 0;
        return continues(1) && continues(2) && continues(3) ? 4 : 0;
    }
    return 0;
}

std::string printable(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const std::size_t length = utf8_length(text);
        const char32_t letter = length == 0 ? 0 : letter_of(text.substr(0, length));
        const bool control = letter < 0x20 || (letter >= 0x7F && letter < 0xA0) || letter == 0x2028 || letter == 0x2029;
        // The marks that turn the direction of what follows could make a line read as something else.
        const bool turning = (letter >= 0x202A && letter <= 0x202E) || (letter >= 0x2066 && letter <= 0x2069);
        const bool nothing = (letter & 0xFFFEU) == 0xFFFE;   // no letter in any plane
        if (length == 0 || control || turning || nothing) result += replacement;
        else result += text.substr(0, length);
        text.remove_prefix(std::max<std::size_t>(1, length));
    }
    return result;
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    while (!text.empty()) {
        const std::size_t length = std::max<std::size_t>(1, utf8_length(text));
        width += columns_of(letter_of(text.substr(0, length)));
        text.remove_prefix(length);
    }
    return width;
}

std::string shortened(std::string_view text, std::size_t width) {
    if (display_width(text) <= width) return std::string(text);
    std::string result;
    std::size_t used = 0;
    while (width > 0) {
        const std::size_t length = std::max<std::size_t>(1, utf8_length(text));
        const std::size_t columns = columns_of(letter_of(text.substr(0, length)));
        if (used + columns > width - 1) break;
        used += columns;
        result += text.substr(0, length);
        text.remove_prefix(length);
    }
    if (width > 0) result += ellipsis;
    return result;
}

}  // namespace weft
