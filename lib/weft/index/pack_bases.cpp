// Eight codes at a time are squeezed together with shifts and masks; ambiguous stretches, rare but long, go by one letter.
#include "weft/index/pack_bases.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <functional>
#include <limits>
#include <numeric>

namespace weft {
namespace {

constexpr std::size_t word_bases = 32;

/// 8 bytes of one code each as 16 bits; ambiguous codes (4) become 0.
std::uint64_t squeeze(std::uint64_t codes) {
    codes &= 0x0303030303030303u;
    codes = (codes | codes >> 6) & 0x000F000F000F000Fu;
    codes = (codes | codes >> 12) & 0x000000FF000000FFu;
    return (codes | codes >> 24) & 0xFFFF;
}

std::uint64_t pack_word(const Code* codes) {
    std::uint64_t word = 0;
    for (int part = 0; part < 4; ++part) {
        std::uint64_t eight;
        std::memcpy(&eight, codes + 8 * part, 8);
        word |= squeeze(eight) << 16 * part;
    }
    return word;
}

}  // namespace

void pack_bases(std::span<const Code> codes, std::span<std::uint64_t> words) {
    assert(words.size() == words_for(codes.size()));
    const std::size_t whole = codes.size() / word_bases;
    for (std::size_t i = 0; i < whole; ++i) words[i] = pack_word(codes.data() + word_bases * i);
    if (whole == words.size()) return;
    Code last[word_bases] = {};
    std::copy(codes.begin() + static_cast<std::ptrdiff_t>(word_bases * whole), codes.end(), last);
    words[whole] = pack_word(last);
}

void append_run(AmbiguousRun run, std::vector<AmbiguousRun>& runs) {
    if (!runs.empty() && runs.back().begin + runs.back().length == run.begin && runs.back().letter == run.letter) {
        const std::uint32_t room = std::numeric_limits<std::uint32_t>::max() - runs.back().length;
        const std::uint32_t moved = std::min(room, run.length);
        runs.back().length += moved;
        run.begin += moved;
        run.length -= moved;
    }
    if (run.length > 0) runs.push_back(run);
}

void append_runs(std::span<const Code> codes, std::string_view letters, std::uint64_t linear, std::vector<AmbiguousRun>& runs) {
    assert(codes.size() == letters.size());
    constexpr std::size_t piece_bases = 1'024;
    for (std::size_t piece = 0; piece < codes.size(); piece += piece_bases) {
        const std::span<const Code> here = codes.subspan(piece, std::min(piece_bases, codes.size() - piece));
        if (std::accumulate(here.begin(), here.end(), Code{0}, std::bit_or<>()) < ambiguous_code) continue;
        for (std::size_t i = piece; i < piece + here.size(); ++i)
            if (codes[i] == ambiguous_code) append_run({linear + i, 1, static_cast<std::uint8_t>(upper(letters[i]))}, runs);
    }
}

}  // namespace weft
