#include "weft/kernel/exact_run.hpp"

#include <algorithm>
#include <bit>
#include <cassert>

namespace weft {
namespace {

constexpr std::int64_t bases_per_word = 32;

/// 32 bases from any position; what lies beyond the last word reads as 0.
std::uint64_t word_at(PackedBases bases, std::int64_t begin) {
    const auto index = static_cast<std::size_t>(begin / bases_per_word);
    const int shift = static_cast<int>(begin % bases_per_word) * 2;
    const std::uint64_t low = bases[index] >> shift;
    if (shift == 0 || index + 1 == bases.size()) return low;
    return low | bases[index + 1] << (64 - shift);
}

/// The `count` (1 to 32) bases that end at `end`, in the highest bits.
std::uint64_t word_before(PackedBases bases, std::int64_t end, std::int64_t count) {
    return word_at(bases, end - count) << (64 - 2 * count);
}

}  // namespace

void pack(std::span<const Code> codes, std::span<std::uint64_t> words) {
    assert(static_cast<std::int64_t>(words.size()) >= packed_words(static_cast<std::int64_t>(codes.size())));
    std::size_t base = 0;
    for (std::uint64_t& word : words) {
        word = 0;
        const std::size_t count = std::min<std::size_t>(bases_per_word, codes.size() - base);
        for (std::size_t i = 0; i < count; ++i)
            if (codes[base + i] < ambiguous_code) word |= std::uint64_t{codes[base + i]} << (2 * i);
        base += count;
    }
}

std::int64_t common_prefix(PackedBases a, std::int64_t a_begin, PackedBases b, std::int64_t b_begin, std::int64_t limit) {
    for (std::int64_t length = 0; length < limit; length += bases_per_word)
        if (const std::uint64_t differing = word_at(a, a_begin + length) ^ word_at(b, b_begin + length))
            return std::min<std::int64_t>(limit, length + std::countr_zero(differing) / 2);
    return std::max<std::int64_t>(limit, 0);
}

std::int64_t common_suffix(PackedBases a, std::int64_t a_end, PackedBases b, std::int64_t b_end, std::int64_t limit) {
    for (std::int64_t length = 0; length < limit; length += bases_per_word) {
        const std::int64_t count = std::min(bases_per_word, limit - length);
        if (const std::uint64_t differing = word_before(a, a_end - length, count) ^ word_before(b, b_end - length, count))
            return length + std::countl_zero(differing) / 2;
    }
    return std::max<std::int64_t>(limit, 0);
}

}  // namespace weft
