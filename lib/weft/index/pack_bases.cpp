#include "weft/index/pack_bases.hpp"

#include <cassert>
#include <limits>

namespace weft {
namespace {

void append_run(std::uint64_t position, char letter, std::vector<AmbiguousRun>& runs) {
    const auto upper_case = static_cast<std::uint8_t>(upper(letter));
    if (!runs.empty()) {
        AmbiguousRun& last = runs.back();
        if (last.begin + last.length == position && last.letter == upper_case && last.length < std::numeric_limits<std::uint32_t>::max()) {
            ++last.length;
            return;
        }
    }
    runs.push_back({position, 1, upper_case});
}

}  // namespace

void pack_bases(std::string_view letters, std::uint64_t linear, std::span<std::uint64_t> words, std::vector<AmbiguousRun>& runs) {
    assert(words.size() == words_for(letters.size()));
    for (std::size_t begin = 0; begin < letters.size(); begin += 32) {
        const std::string_view piece = letters.substr(begin, 32);
        std::uint64_t word = 0;
        unsigned seen = 0;
        for (std::size_t i = 0; i < piece.size(); ++i) {
            const std::uint64_t code = code_of_letter[static_cast<unsigned char>(piece[i])];
            seen |= static_cast<unsigned>(code);
            word |= (code & 3) << 2 * i;   // the code of an ambiguous letter is 4
        }
        words[begin / 32] = word;
        if (seen < 4) continue;
        for (std::size_t i = 0; i < piece.size(); ++i)
            if (code_of_letter[static_cast<unsigned char>(piece[i])] == ambiguous_code) append_run(linear + begin + i, piece[i], runs);
    }
}

}  // namespace weft
