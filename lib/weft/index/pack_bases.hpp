// From letters to the stored form of a reference: 2 bits per base, and the runs of letters that are not bases.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "weft/index/index_view.hpp"

namespace weft {

/// Words that `bases` bases occupy.
constexpr std::uint64_t words_for(std::uint64_t bases) { return (bases + 31) / 32; }

/// Packs codes into `words`, words_for(codes.size()) of them, the last one padded with 0. Ambiguous codes are packed as 0.
void pack_bases(std::span<const Code> codes, std::span<std::uint64_t> words);

/// Appends the runs of ambiguous codes to `runs`, one run per stretch of the same upper-case letter. `linear` is the position
/// of the first code; a run that continues the last one of `runs` is merged with it, so that any cut of a contig gives the same.
void append_runs(std::span<const Code> codes, std::string_view letters, std::uint64_t linear, std::vector<AmbiguousRun>& runs);
void append_run(AmbiguousRun run, std::vector<AmbiguousRun>& runs);

}  // namespace weft
