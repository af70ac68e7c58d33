#include "weft/executor/json_scanner.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "weft/model/utf8.hpp"

namespace weft {
namespace {

constexpr int deepest = 50;   // values inside values; deeper ones are for the library

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

/// Letters that stand for themselves in a string and need no look at what follows.
constexpr auto is_plain = [] {
    std::array<bool, 256> table{};
    for (std::size_t i = 0x20; i < 0x80; ++i) table[i] = i != '"' && i != '\\';
    return table;
}();

std::size_t plain_length(std::string_view text) {
    const auto end = std::find_if(text.begin(), text.end(), [](char letter) { return !is_plain[static_cast<unsigned char>(letter)]; });
    return static_cast<std::size_t>(end - text.begin());
}

/// What the letter behind a backslash stands for; 0: that is for the library.
char escaped(char letter) {
    switch (letter) {
        case '"':
        case '\\':
        case '/': return letter;
        case 'n': return '\n';
        case 'r': return '\r';
        case 't': return '\t';
        case 'b': return '\b';
        case 'f': return '\f';
        default: return 0;
    }
}

}  // namespace

bool JsonScanner::literal(std::string_view text) {
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
}

bool JsonScanner::string(std::string& value) {
    std::string_view text = rest_;
    if (!skip_string()) return false;
    text = text.substr(1, text.size() - rest_.size() - 2);
    value.clear();
    for (std::size_t length = plain_length(text); length < text.size(); length = plain_length(text)) {
        value.append(text, 0, length);
        const bool escape = text[length] == '\\';
        value.push_back(escape ? escaped(text[length + 1]) : text[length]);
        text.remove_prefix(length + (escape ? 2 : 1));
    }
    value.append(text);
    return true;
}

bool JsonScanner::skip_string() {
    if (!literal("\"")) return false;
    for (;;) {
        rest_.remove_prefix(plain_length(rest_));
        if (rest_.empty()) return false;
        if (literal("\"")) return true;
        if (rest_.front() == '\\') {
            if (rest_.size() < 2 || escaped(rest_[1]) == 0) return false;
            rest_.remove_prefix(2);
            continue;
        }
        const std::size_t length = static_cast<unsigned char>(rest_.front()) < 0x20 ? 0 : utf8_length(rest_);
        if (length == 0) return false;
        rest_.remove_prefix(length);
    }
}

template <class Number>
bool JsonScanner::whole(Number& value) {
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    if (error != std::errc{}) return false;
    const std::size_t length = static_cast<std::size_t>(end - rest_.data());
    const std::size_t digits = is_at('-') ? 1 : 0;
    if (rest_[digits] == '0' && length > digits + 1) return false;   // JSON has no leading zeros
    rest_.remove_prefix(length);
    return !is_at('.') && !is_at('e') && !is_at('E');
}

bool JsonScanner::number(std::int64_t& value) { return whole(value); }
bool JsonScanner::number(std::uint64_t& value) { return whole(value); }
bool JsonScanner::number(int& value) { return whole(value); }

bool JsonScanner::value(std::string_view& text) {
    const std::string_view before = rest_;
    if (!skip_value(0)) return false;
    text = before.substr(0, before.size() - rest_.size());
    return true;
}

bool JsonScanner::skip_digits() {
    const auto end = std::find_if_not(rest_.begin(), rest_.end(), is_digit);
    const auto length = static_cast<std::size_t>(end - rest_.begin());
    rest_.remove_prefix(length);
    return length > 0;
}

bool JsonScanner::skip_number() {
    if (is_at('-')) rest_.remove_prefix(1);
    const bool zero = is_at('0');
    const std::size_t before = rest_.size();
    if (!skip_digits() || (zero && before - rest_.size() > 1)) return false;
    if (literal(".") && !skip_digits()) return false;
    if (!is_at('e') && !is_at('E')) return true;
    rest_.remove_prefix(1);
    if (is_at('+') || is_at('-')) rest_.remove_prefix(1);
    return skip_digits();
}

template <class Item>
bool JsonScanner::skip_items(char end, Item item) {
    rest_.remove_prefix(1);
    if (!is_at(end)) {
        do {
            if (!item()) return false;
        } while (literal(","));
    }
    if (!is_at(end)) return false;
    rest_.remove_prefix(1);
    return true;
}

bool JsonScanner::skip_value(int depth) {
    if (rest_.empty() || depth > deepest) return false;
    switch (rest_.front()) {
        case '"': return skip_string();
        case '[': return skip_items(']', [&] { return skip_value(depth + 1); });
        case '{': return skip_items('}', [&] { return skip_string() && literal(":") && skip_value(depth + 1); });
        case 't': return literal("true");
        case 'f': return literal("false");
        case 'n': return literal("null");
        default: return skip_number();
    }
}

bool add_json_string(std::string& to, std::string_view text) {
    const std::size_t before = to.size();
    to += '"';
    for (std::size_t length = plain_length(text);; length = plain_length(text)) {
        to.append(text, 0, length);
        text.remove_prefix(length);
        if (text.empty()) break;
        const char letter = text.front();
        if (letter != '"' && letter != '\\' && letter != '\n' && letter != '\t' && letter != '\r') {
            to.resize(before);
            return false;
        }
        to += '\\';
        to += letter == '\n' ? 'n' : letter == '\t' ? 't' : letter == '\r' ? 'r' : letter;
        text.remove_prefix(1);
    }
    to += '"';
    return true;
}

}  // namespace weft
