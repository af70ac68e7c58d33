#include "weft/executor/json_text.hpp"

#include <algorithm>
#include <array>

#include "weft/model/utf8.hpp"

namespace weft {
namespace {

char* write_escape(char* to, char letter) {
    constexpr std::string_view digits = "0123456789abcdef";
    *to++ = '\\';
    switch (letter) {
        case '"':
        case '\\': *to++ = letter; return to;
        case '\n': *to++ = 'n'; return to;
        case '\t': *to++ = 't'; return to;
        case '\r': *to++ = 'r'; return to;
        default: break;
    }
    const auto value = static_cast<unsigned char>(letter);
    for (const char part : {'u', '0', '0', digits[value >> 4U], digits[value & 15U]}) *to++ = part;
    return to;
}

/// Letters that stand for themselves.
constexpr auto is_plain = [] {
    std::array<bool, 256> table{};
    for (std::size_t i = 0x20; i < 0x80; ++i) table[i] = i != '"' && i != '\\' && i != 0x7F;
    return table;
}();

}  // namespace

char* write_json_string(char* to, std::string_view text) {
    *to++ = '"';
    while (!text.empty()) {
        const auto special =
            std::find_if(text.begin(), text.end(), [](char letter) { return !is_plain[static_cast<unsigned char>(letter)]; });
        to = std::copy(text.begin(), special, to);
        text.remove_prefix(static_cast<std::size_t>(special - text.begin()));
        if (text.empty()) break;
        if (static_cast<unsigned char>(text.front()) < 0x80) {
            to = write_escape(to, text.front());
            text.remove_prefix(1);
            continue;
        }
        const std::size_t length = utf8_length(text);
        const std::string_view shown = length == 0 ? "\xEF\xBF\xBD" : text.substr(0, length);
        to = std::copy(shown.begin(), shown.end(), to);
        text.remove_prefix(std::max<std::size_t>(1, length));
    }
    *to++ = '"';
    return to;
}

std::string json_string(std::string_view text) {
    std::string result(json_string_room(text), '\0');
    result.resize(static_cast<std::size_t>(write_json_string(result.data(), text) - result.data()));
    return result;
}

}  // namespace weft
