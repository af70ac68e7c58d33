// From letters to the stored form of a reference: 2 bits per base, and the runs of letters that are not bases.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "weft/index/index_view.hpp"

namespace weft {

/// Packs `letters` into `words` (one per 32 letters, the last one padded with 0). Letters other than A, C, G, T, U, in any case,
/// are packed as 0 and appended to `runs` as runs of equal upper-case letters; `linear` is the linear position of the first.
void pack_bases(std::string_view letters, std::uint64_t linear, std::span<std::uint64_t> words, std::vector<AmbiguousRun>& runs);

/// Words that `bases` bases occupy.
constexpr std::uint64_t words_for(std::uint64_t bases) { return (bases + 31) / 32; }

}  // namespace weft
