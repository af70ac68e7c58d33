#include "weft/pipeline/quantity.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace weft {
namespace {

using std::chrono::milliseconds;

constexpr double most_bytes = 1'152'921'504'606'846'976.0;   // 2^60
constexpr std::array<std::pair<std::string_view, std::uint64_t>, 4> byte_units{{
    {"T", std::uint64_t{1} << 40}, {"G", std::uint64_t{1} << 30}, {"M", std::uint64_t{1} << 20}, {"k", std::uint64_t{1} << 10}}};

constexpr std::int64_t longest = std::int64_t{100} * 365 * 86'400'000;   // milliseconds
constexpr std::array<std::pair<std::string_view, std::int64_t>, 5> time_units{{
    {"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1}}};

constexpr std::array<std::pair<std::string_view, std::int64_t>, 3> rate_units{{{"s", 1'000}, {"min", 60'000}, {"h", 3'600'000}}};

/// The letters after the digits.
std::string_view unit_of(std::string_view text) {
    const std::size_t last_digit = text.find_last_of("0123456789.");
    return last_digit == text.npos ? text : text.substr(last_digit + 1);
}

}  // namespace

std::optional<std::int64_t> parse_whole(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<double> parse_decimal(std::string_view text) {
    const bool percent = text.ends_with('%');
    if (percent) text.remove_suffix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    return percent ? value / 100 : value;
}

std::optional<ByteSize> parse_byte_size(std::string_view text) {
    std::string_view unit = unit_of(text);
    const std::optional<double> number = parse_decimal(text.substr(0, text.size() - unit.size()));
    if (!number || *number < 0) return std::nullopt;
    if (unit.empty()) return std::nullopt;
    double factor = 1;
    if (unit != "B") {
        const std::string_view letter = unit.front() == 'K' ? "k" : unit.substr(0, 1);
        factor = 0;
        for (const auto& [name, bytes] : byte_units)
            if (letter == name) factor = static_cast<double>(bytes);
        unit.remove_prefix(1);
        if (factor == 0 || (!unit.empty() && unit != "B" && unit != "iB")) return std::nullopt;
    }
    const double bytes = *number * factor;
    if (bytes > most_bytes || bytes != std::floor(bytes)) return std::nullopt;
    return ByteSize{static_cast<std::uint64_t>(bytes)};
}

std::optional<milliseconds> parse_duration(std::string_view text) {
    if (text.empty()) return std::nullopt;
    std::int64_t total = 0;
    std::size_t next_unit = 0;
    while (!text.empty()) {
        const std::size_t digits = text.find_first_not_of("0123456789");
        if (digits == text.npos || digits == 0) return std::nullopt;
        const std::optional<std::int64_t> number = parse_whole(text.substr(0, digits));
        text.remove_prefix(digits);
        const std::string_view unit = text.substr(0, text.find_first_of("0123456789"));
        text.remove_prefix(unit.size());
        while (next_unit < time_units.size() && time_units[next_unit].first != unit) ++next_unit;
        if (!number || next_unit == time_units.size()) return std::nullopt;
        const std::int64_t length = time_units[next_unit++].second;
        if (*number > (longest - total) / length) return std::nullopt;
        total += *number * length;
    }
    return milliseconds{total};
}

std::optional<EventRate> parse_rate(std::string_view text) {
    const std::size_t slash = text.find('/');
    if (slash == text.npos) return std::nullopt;
    const std::optional<double> count = parse_decimal(text.substr(0, slash));
    if (!count || *count <= 0) return std::nullopt;
    for (const auto& [name, length] : rate_units)
        if (text.substr(slash + 1) == name) return EventRate{*count, milliseconds{length}};
    return std::nullopt;
}

std::string text_of(ByteSize size) {
    for (const auto& [name, bytes] : byte_units)
        if (size.bytes >= bytes && size.bytes % bytes == 0) return fmt::format("{}{}", size.bytes / bytes, name);
    return fmt::format("{}B", size.bytes);
}

std::string text_of(milliseconds duration) {
    std::string text;
    std::int64_t rest = duration.count();
    for (const auto& [name, length] : time_units) {
        if (rest >= length) text += fmt::format("{}{}", rest / length, name);
        rest %= length;
    }
    return text.empty() ? "0s" : text;
}

std::string text_of(const EventRate& rate) {
    for (const auto& [name, length] : rate_units)
        if (rate.per.count() == length) return fmt::format("{}/{}", rate.count, name);
    return fmt::format("{}/{}ms", rate.count, rate.per.count());
}

}  // namespace weft
