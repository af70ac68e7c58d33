// Letters and codes of nucleotides.
//
// Inside the engine a base is a code: A, C, G, T are 0 to 3 and everything else (N, other IUPAC letters, gaps) is 4, which
// matches nothing. U counts as T. Case carries no meaning. Letters are kept only where they are shown or written.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weft {

/// Code of a base: 0 A, 1 C, 2 G, 3 T, 4 anything else.
using Code = std::uint8_t;
inline constexpr Code ambiguous_code = 4;

/// Code of each possible letter, upper or lower case.
extern const std::array<Code, 256> code_of_letter;

constexpr char letter_of_code(Code code) { return "ACGTN"[code]; }
constexpr Code complement(Code code) { return code < 4 ? static_cast<Code>(3 - code) : code; }

/// Complement of an IUPAC letter, case kept; a letter that is not IUPAC is returned unchanged.
char complement_letter(char letter);

/// Upper case of a letter, in the C locale.
constexpr char upper(char letter) { return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter; }

/// Codes of `letters`, one per letter.
std::vector<Code> encode(std::string_view letters);
/// Same into `codes`, which must be as long as `letters`.
void encode(std::string_view letters, std::span<Code> codes);

/// Reverse complement, in codes and in IUPAC letters.
void reverse_complement(std::span<const Code> codes, std::span<Code> result);
std::string reverse_complement(std::string_view letters);

}  // namespace weft
