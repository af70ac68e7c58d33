#include "weft/record/optional_fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <limits>
#include <type_traits>

#include "weft/model/error.hpp"
#include "weft/record/decimal.hpp"
#include "weft/record/tag_sink.hpp"

namespace weft {
namespace {

// Bytes of one value of a type; 0 for the types of no fixed size.
std::size_t size_of(char type) {
    switch (type) {
        case 'A':
        case 'c':
        case 'C': return 1;
        case 's':
        case 'S': return 2;
        case 'i':
        case 'I':
        case 'f': return 4;
        case 'd': return 8;
        default: return 0;
    }
}

template <class Value>
Value load(std::string_view bytes) {
    Value value;
    std::memcpy(&value, bytes.data(), sizeof(Value));
    return value;
}

constexpr std::size_t array_head = 5;   // element type and count of a B field

// Bytes of the value that starts a stretch of encoded fields; nothing when it does not fit or has an unknown type.
std::optional<std::size_t> value_size(char type, std::string_view rest) {
    if (type == 'Z' || type == 'H') {
        const std::size_t end = rest.find('\0');
        if (end == std::string_view::npos) return std::nullopt;
        return end + 1;
    }
    std::size_t size = size_of(type);
    if (type == 'B' && rest.size() >= array_head) {
        const std::size_t element = rest[0] == 'A' || rest[0] == 'd' ? 0 : size_of(rest[0]);
        if (element == 0) return std::nullopt;
        size = array_head + element * load<std::uint32_t>(rest.substr(1));
    }
    if (size == 0 || size > rest.size()) return std::nullopt;
    return size;
}

enum class Digits { usual, all };

template <class Number>
void append_real(Number number, Digits digits, std::string& text) {
    if (digits == Digits::all) fmt::format_to(std::back_inserter(text), "{}", number);
    else fmt::format_to(std::back_inserter(text), "{:g}", number);
}

void append_number(char type, std::string_view bytes, Digits digits, std::string& text) {
    switch (type) {
        case 'c': return append_decimal(text, load<std::int8_t>(bytes));
        case 'C': return append_decimal(text, load<std::uint8_t>(bytes));
        case 's': return append_decimal(text, load<std::int16_t>(bytes));
        case 'S': return append_decimal(text, load<std::uint16_t>(bytes));
        case 'i': return append_decimal(text, load<std::int32_t>(bytes));
        case 'I': return append_decimal(text, load<std::uint32_t>(bytes));
        case 'f': return append_real(load<float>(bytes), digits, text);
        default: return append_real(load<double>(bytes), digits, text);
    }
}

void append_field(const OptionalField& field, Digits digits, std::string& text) {
    text += field.name;
    const bool integer = std::string_view("cCsSiI").find(field.type) != std::string_view::npos;
    text += ':';
    text += integer ? 'i' : field.type == 'd' ? 'f' : field.type;
    text += ':';
    if (field.type == 'A') {
        text += field.value;
    } else if (field.type == 'Z' || field.type == 'H') {
        text += field.value.substr(0, field.value.size() - 1);
    } else if (field.type == 'B') {
        const char type = field.value[0];
        text += type;
        for (std::size_t at = array_head; at < field.value.size(); at += size_of(type)) {
            text += ',';
            append_number(type, field.value.substr(at), digits, text);
        }
    } else {
        append_number(field.type, field.value, digits, text);
    }
}

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f'); }
bool is_control(char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; }

// A whole string as a number. A leading + is allowed by SAM but not by from_chars.
template <class Number>
std::optional<Number> number(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    if (text.empty() || !(is_digit(text[0]) || text[0] == '-' || text[0] == '.')) return std::nullopt;
    Number value{};
    const std::from_chars_result end = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end.ec != std::errc{} || end.ptr != text.data() + text.size()) return std::nullopt;
    return value;
}

template <class Value>
void append_raw(std::string& bytes, Value value) {
    bytes.append(reinterpret_cast<const char*>(&value), sizeof(Value));
}

template <class Element>
bool append_element(std::string_view text, std::string& bytes) {
    using Wide = std::conditional_t<std::is_floating_point_v<Element>, double, std::int64_t>;
    const std::optional<Wide> value = number<Wide>(text);
    if (!value) return false;
    if (*value < std::numeric_limits<Element>::lowest() || *value > std::numeric_limits<Element>::max()) return false;
    append_raw(bytes, static_cast<Element>(*value));
    return true;
}

bool append_element(char type, std::string_view text, std::string& bytes) {
    switch (type) {
        case 'c': return append_element<std::int8_t>(text, bytes);
        case 'C': return append_element<std::uint8_t>(text, bytes);
        case 's': return append_element<std::int16_t>(text, bytes);
        case 'S': return append_element<std::uint16_t>(text, bytes);
        case 'i': return append_element<std::int32_t>(text, bytes);
        case 'I': return append_element<std::uint32_t>(text, bytes);
        case 'f': return append_element<float>(text, bytes);
        default: return false;
    }
}

// "c,1,2,3": element type and elements of a B field.
bool append_array(std::string_view text, std::string& bytes) {
    if (text.empty() || (text.size() > 1 && text[1] != ',')) return false;
    const char type = text[0];
    bytes += type;
    const std::size_t count_at = bytes.size();
    bytes.append(4, '\0');
    std::uint32_t count = 0;
    text.remove_prefix(1);
    while (!text.empty()) {
        text.remove_prefix(1);   // the comma
        const std::string_view element = text.substr(0, text.find(','));
        if (!append_element(type, element, bytes)) return false;
        text.remove_prefix(element.size());
        ++count;
    }
    std::memcpy(bytes.data() + count_at, &count, sizeof(count));
    return count > 0 || std::string_view("cCsSiIf").find(type) != std::string_view::npos;
}

bool append_value(char type, std::string_view value, std::string& bytes) {
    switch (type) {
        case 'A':
            bytes += value;
            return value.size() == 1 && !is_control(value[0]) && value[0] != ' ';
        case 'f': return append_element<float>(value, bytes);
        case 'Z':
            bytes += value;
            bytes += '\0';
            return std::none_of(value.begin(), value.end(), is_control);
        case 'H':
            bytes += value;
            bytes += '\0';
            return value.size() % 2 == 0 && std::all_of(value.begin(), value.end(), is_hex);
        case 'B': return append_array(value, bytes);
        default: return false;
    }
}

}  // namespace

std::optional<std::size_t> field_size(std::string_view encoded) {
    if (encoded.size() <= 3) return std::nullopt;
    const std::optional<std::size_t> size = value_size(encoded[2], encoded.substr(3));
    if (!size) return std::nullopt;
    return 3 + *size;
}

std::vector<OptionalField> optional_fields(std::string_view encoded, const std::string& where) {
    std::vector<OptionalField> fields;
    while (!encoded.empty()) {
        const std::optional<std::size_t> size = field_size(encoded);
        if (!size) throw FormatError({where, "its optional fields are damaged", ""});
        fields.push_back({encoded.substr(0, 2), encoded[2], encoded.substr(3, *size - 3), encoded.substr(0, *size)});
        encoded.remove_prefix(*size);
    }
    return fields;
}

void append_as_text(const OptionalField& field, std::string& text) { append_field(field, Digits::usual, text); }

void append_as_exact_text(const OptionalField& field, std::string& text) { append_field(field, Digits::all, text); }

bool append_encoded(std::string_view text, std::string& encoded) {
    if (text.size() < 5 || text[2] != ':' || text[4] != ':') return false;
    if (!is_letter(text[0]) || !(is_letter(text[1]) || is_digit(text[1]))) return false;
    const std::string_view name = text.substr(0, 2);
    const char type = text[3];
    const std::string_view value = text.substr(5);
    if (type == 'i') {
        const std::optional<std::int64_t> integer = number<std::int64_t>(value);
        if (!integer || *integer < std::numeric_limits<std::int32_t>::min() || *integer > std::numeric_limits<std::uint32_t>::max())
            return false;
        append_binary_integer(encoded, name, *integer);
        return true;
    }
    const std::size_t before = encoded.size();
    encoded += name;
    encoded += type;
    if (append_value(type, value, encoded)) return true;
    encoded.resize(before);
    return false;
}

}  // namespace weft
