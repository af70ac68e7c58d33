// How far two packed sequences agree, 32 bases at a time: the cheapest answer to "do these bases differ at all?".
//
// Bases are packed as in IndexView: 2 bits each, base i at bits 2(i % 32) of word i / 32. Ambiguous bases cannot be told from A
// here: callers limit a comparison to unambiguous stretches, or look where the ambiguous bases are themselves.
#pragma once

#include <cstdint>
#include <span>

#include "weft/model/sequence.hpp"

namespace weft {

using PackedBases = std::span<const std::uint64_t>;

/// Words that `bases` packed bases need.
constexpr std::int64_t packed_words(std::int64_t bases) { return (bases + 31) / 32; }

/// Packs codes into words (at least packed_words of them; unused bits and further words are set to 0). Ambiguous codes become 0.
void pack(std::span<const Code> codes, std::span<std::uint64_t> words);

/// Length of the common prefix of a[a_begin, a_begin + limit) and b[b_begin, b_begin + limit), which must exist.
std::int64_t common_prefix(PackedBases a, std::int64_t a_begin, PackedBases b, std::int64_t b_begin, std::int64_t limit);

/// Length of the common suffix of a[a_end - limit, a_end) and b[b_end - limit, b_end), which must exist.
std::int64_t common_suffix(PackedBases a, std::int64_t a_end, PackedBases b, std::int64_t b_end, std::int64_t limit);

}  // namespace weft
