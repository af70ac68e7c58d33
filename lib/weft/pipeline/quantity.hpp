// Amounts with a unit as people write them: 8G, 30m, 95%, 5/s.
//
// Each is read strictly, a number without its unit is neither bytes nor a duration, and each is written back in the shortest form
// that reads as the same amount.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace weft {

/// An amount of memory.
struct ByteSize {
    std::uint64_t bytes = 0;

    auto operator<=>(const ByteSize&) const = default;
};

/// So many events in a stretch of time.
struct EventRate {
    double count = 0;
    std::chrono::milliseconds per{1'000};

    bool operator==(const EventRate&) const = default;
};

/// "-12"; no sign +, no blanks.
std::optional<std::int64_t> parse_whole(std::string_view text);

/// "0.95", "1e-3" and "95%", which is 0.95. Finite numbers only.
std::optional<double> parse_decimal(std::string_view text);

/// "600M", "1.5G", "8GiB", "4096B". k, M, G and T are powers of 1024; up to 2^60. A number alone is no size:
/// nobody means 600 bytes.
std::optional<ByteSize> parse_byte_size(std::string_view text);

/// "30m", "1h30m", "500ms"; units d, h, m, s, ms, each at most once and the largest first. Up to a hundred years.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

/// "5/s", "100/min", "0.5/h".
std::optional<EventRate> parse_rate(std::string_view text);

std::string text_of(ByteSize size);
std::string text_of(std::chrono::milliseconds duration);
std::string text_of(const EventRate& rate);

}  // namespace weft
