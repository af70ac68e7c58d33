#include "weft/simulate/random.hpp"

#include <bit>

namespace weft {
namespace {

// FNV-1a, 64 bit: stable, and good enough in front of SplitMix64.
std::uint64_t hash_of(std::string_view text) {
    std::uint64_t hash = 0xCBF29CE484222325u;
    for (const char letter : text) hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001B3u;
    return hash;
}

// A probability as a threshold for 64 random bits. Multiplying by a power of two is exact, so this is the same everywhere.
std::uint64_t threshold_of(double probability) { return static_cast<std::uint64_t>(probability * 0x1p64); }

}  // namespace

std::uint64_t split_mix(std::uint64_t& state) {
    state += 0x9E3779B97F4A7C15u;
    std::uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

Random::Random(std::uint64_t seed) {
    for (std::uint64_t& word : state_) word = split_mix(seed);
}

Random::Random(std::uint64_t seed, std::string_view stream) : Random(split_mix(seed) ^ hash_of(stream)) {}

std::uint64_t Random::bits() {
    const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
}

std::uint64_t Random::below(std::uint64_t bound) {
    // As many high bits as the bound needs; values past it are drawn again, less than every second time.
    const int width = static_cast<int>(std::bit_width(bound - 1));
    if (width == 0) return 0;
    while (true) {
        const std::uint64_t value = bits() >> (64 - width);
        if (value < bound) return value;
    }
}

std::int64_t Random::between(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low) + 1));
}

bool Random::chance(double probability) {
    const std::uint64_t drawn = bits();   // drawn also for certain outcomes: the stream does not depend on them
    if (probability >= 1) return true;
    return probability > 0 && drawn < threshold_of(probability);
}

std::int64_t Random::run_length(double go_on, std::int64_t most) {
    std::int64_t length = 0;
    while (length < most && chance(go_on)) ++length;
    return length;
}

std::int64_t Random::normal(std::int64_t mean, std::int64_t deviation) {
    std::int64_t sum = 0;   // twelve uniform numbers of 20 bits: mean 6 x 2^20, deviation 2^20
    for (int i = 0; i < 12; ++i) sum += static_cast<std::int64_t>(bits() >> 44);
    sum -= std::int64_t{6} << 20;
    return mean + sum * deviation / (std::int64_t{1} << 20);
}

std::int64_t Random::exponential(std::int64_t mean) {
    // A run of falling uniform numbers has odd length with probability exp(-first): accept `first` then, else add a whole
    // unit and try again. Numbers are fractions of 2^31, so the product below stays inside 63 bits for means up to 2^28.
    std::int64_t units = 0;
    while (true) {
        const std::uint64_t first = bits() >> 33;
        std::uint64_t previous = first;
        bool odd = true;
        for (std::uint64_t next = bits() >> 33; next < previous; next = bits() >> 33) {
            previous = next;
            odd = !odd;
        }
        if (odd) return units * mean + (static_cast<std::int64_t>(first) * mean >> 31);
        ++units;
    }
}

std::int64_t Random::over_magnitudes(std::int64_t low, std::int64_t high) {
    const auto first = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(low))) - 1;
    const auto last = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(high))) - 1;
    while (true) {
        const std::int64_t power = std::int64_t{1} << between(first, last);
        const std::int64_t value = between(power, 2 * power - 1);
        if (low <= value && value <= high) return value;
    }
}

char Random::base(double gc) {
    const bool strong = chance(gc);
    const std::uint64_t which = bits() >> 63;   // not inside the brackets: GCC 12 draws twice there under -fsanitize=bounds
    return (strong ? "GC" : "AT")[which];
}

}  // namespace weft
