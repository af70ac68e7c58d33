#include "quantities.hpp"

#include <cmath>

#include <fmt/format.h>

namespace weft {
namespace {

std::string scaled(std::uint64_t number, const char* unit) {
    const auto value = static_cast<double>(number);
    if (number < 1'000) return fmt::format("{} {}", number, unit);
    if (value < 999'950) return fmt::format("{:.1f} k{}", value / 1e3, unit);
    if (value < 999'950'000) return fmt::format("{:.1f} M{}", value / 1e6, unit);
    return fmt::format("{:.1f} G{}", value / 1e9, unit);
}

}  // namespace

std::string with_commas(std::uint64_t number) {
    std::string text = std::to_string(number);
    for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, ",");
    return text;
}

std::string bases_text(std::uint64_t bases) { return scaled(bases, "b"); }

std::string bytes_text(std::uint64_t bytes) { return scaled(bytes, "B"); }

std::string duration_text(double seconds) {
    const auto whole = static_cast<std::uint64_t>(std::llround(std::fmin(std::fmax(seconds, 0), 3.6e9)));
    if (whole < 3'600) return fmt::format("{}:{:02}", whole / 60, whole % 60);
    return fmt::format("{}:{:02}:{:02}", whole / 3'600, whole / 60 % 60, whole % 60);
}

std::string percent_text(std::uint64_t part, std::uint64_t whole) {
    if (whole == 0) return "0 %";
    return fmt::format("{:.2f} %", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

}  // namespace weft
