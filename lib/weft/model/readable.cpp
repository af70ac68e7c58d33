#include "weft/model/readable.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace weft {

std::string grouped(std::uint64_t number) {
    std::string text = std::to_string(number);
    for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, ",");
    return text;
}

std::string time_text(double seconds) {
    seconds = std::clamp(seconds, 0.0, 3.6e9);
    if (seconds == 0) return "0 s";
    if (seconds < 0.00095) return fmt::format("{:.2f} ms", 1e3 * seconds);
    if (seconds < 0.0995) return fmt::format("{:.{}f} ms", 1e3 * seconds, seconds < 0.00995 ? 1 : 0);
    if (seconds < 9.95) return fmt::format("{:.1f} s", seconds);
    if (seconds < 59.5) return fmt::format("{:.0f} s", seconds);
    const auto whole = static_cast<std::uint64_t>(std::llround(seconds));
    if (whole < 3'600) return fmt::format("{}:{:02}", whole / 60, whole % 60);
    return fmt::format("{}:{:02}:{:02}", whole / 3'600, whole / 60 % 60, whole % 60);
}

std::string size_text(std::uint64_t bytes) {
    const auto value = static_cast<double>(bytes);
    if (bytes < 1'000) return fmt::format("{} B", bytes);
    if (value < 999'950) return fmt::format("{:.1f} kB", value / 1e3);
    if (value < 999'950'000) return fmt::format("{:.1f} MB", value / 1e6);
    return fmt::format("{:.1f} GB", value / 1e9);
}

std::string share_text(double share) {
    const double percent = 100 * share;
    return fmt::format("{:.{}f} %", percent, percent != 0 && std::abs(percent) < 0.95 ? 1 : 0);
}

std::string count_text(std::uint64_t count, const char* noun) {
    return fmt::format("{} {}{}", grouped(count), noun, count == 1 ? "" : "s");
}

}  // namespace weft
