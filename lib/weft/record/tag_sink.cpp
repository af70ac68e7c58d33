#include "weft/record/tag_sink.hpp"

#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstring>
#include <limits>

#include "weft/record/decimal.hpp"

namespace weft {
namespace {

static_assert(std::endian::native == std::endian::little, "BAM encoding is written by copying values");

template <class Value>
void append_value(std::string& bytes, Value value) {
    std::array<char, sizeof(Value)> raw;
    std::memcpy(raw.data(), &value, raw.size());
    bytes.append(raw.data(), raw.size());
}

template <class Type>
bool holds(std::int64_t value) {
    return value >= std::numeric_limits<Type>::min() && value <= std::numeric_limits<Type>::max();
}

template <class Type>
void append_typed(std::string& bytes, char type, std::int64_t value) {
    bytes += type;
    append_value(bytes, static_cast<Type>(value));
}

}  // namespace

void append_binary_integer(std::string& bytes, std::string_view name, std::int64_t value) {
    bytes += name;
    if (value < 0) {
        if (holds<std::int8_t>(value)) return append_typed<std::int8_t>(bytes, 'c', value);
        if (holds<std::int16_t>(value)) return append_typed<std::int16_t>(bytes, 's', value);
        return append_typed<std::int32_t>(bytes, 'i', value);
    }
    if (holds<std::uint8_t>(value)) return append_typed<std::uint8_t>(bytes, 'C', value);
    if (holds<std::uint16_t>(value)) return append_typed<std::uint16_t>(bytes, 'S', value);
    assert(holds<std::uint32_t>(value));
    append_typed<std::uint32_t>(bytes, 'I', value);
}

void TagSink::begin(std::string_view name, char type) {
    assert(name.size() == 2);
    if (form_ == TagForm::binary) {
        bytes_ += name;
        bytes_ += type;
    } else {
        const std::array<char, 6> start{'\t', name[0], name[1], ':', type, ':'};
        bytes_.append(start.data(), start.size());
    }
}

void TagSink::character(std::string_view name, char value) {
    begin(name, 'A');
    bytes_ += value;
}

void TagSink::integer(std::string_view name, std::int64_t value) {
    if (form_ == TagForm::binary) return append_binary_integer(bytes_, name, value);
    begin(name, 'i');
    append_decimal(bytes_, value);
}

void TagSink::share(std::string_view name, double value) {
    begin(name, 'f');
    const long parts = std::lround(value * 10'000);
    if (form_ == TagForm::binary) return append_value(bytes_, static_cast<float>(static_cast<double>(parts) / 10'000));
    // The shortest form, which is also how HTSlib prints the same number out of a BAM.
    append_decimal(bytes_, parts / 10'000);
    if (parts % 10'000 == 0) return;
    bytes_ += '.';
    for (long rest = parts % 10'000, place = 1'000; rest > 0; rest %= place, place /= 10)
        bytes_ += static_cast<char>('0' + rest / place);
}

void TagSink::string(std::string_view name, std::string_view value) {
    begin_string(name) += value;
    end_string();
}

std::string& TagSink::begin_string(std::string_view name) {
    begin(name, 'Z');
    return bytes_;
}

void TagSink::end_string() {
    if (form_ == TagForm::binary) bytes_ += '\0';
}

}  // namespace weft
