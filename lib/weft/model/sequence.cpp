#include "weft/model/sequence.hpp"

#include <algorithm>
#include <cassert>

namespace weft {
namespace {

constexpr std::array<Code, 256> make_codes() {
    std::array<Code, 256> codes{};
    codes.fill(ambiguous_code);
    constexpr std::string_view upper_case = "ACGT";
    constexpr std::string_view lower_case = "acgt";
    for (Code code = 0; code < 4; ++code) {
        codes[static_cast<unsigned char>(upper_case[code])] = code;
        codes[static_cast<unsigned char>(lower_case[code])] = code;
    }
    codes['U'] = codes['u'] = 3;
    return codes;
}

constexpr std::array<char, 256> make_complements() {
    std::array<char, 256> complements{};
    for (int letter = 0; letter < 256; ++letter) complements[static_cast<std::size_t>(letter)] = static_cast<char>(letter);
    constexpr std::string_view from = "ACGTURYKMSWBDHVNacgturykmswbdhvn";
    constexpr std::string_view to = "TGCAAYRMKSWVHDBNtgcaayrmkswvhdbn";
    for (std::size_t i = 0; i < from.size(); ++i) complements[static_cast<unsigned char>(from[i])] = to[i];
    return complements;
}

constexpr std::array<char, 256> complements = make_complements();

}  // namespace

const std::array<Code, 256> code_of_letter = make_codes();

char complement_letter(char letter) { return complements[static_cast<unsigned char>(letter)]; }

void encode(std::string_view letters, std::span<Code> codes) {
    assert(letters.size() == codes.size());
    // The same as code_of_letter, but without table and branch, so that the compiler does many letters at once: bits 1 and 2
    // tell A, C, G and T (or U) apart, bit 5 is the case.
    std::transform(letters.begin(), letters.end(), codes.begin(), [](char letter) {
        const auto byte = static_cast<std::uint8_t>(letter);
        const auto upper_case = static_cast<std::uint8_t>(byte & 0xDF);
        const auto all_if = [upper_case](char base) { return upper_case == base ? 0xFF : 0; };
        const auto is_base = all_if('A') | all_if('C') | all_if('G') | all_if('T') | all_if('U');
        return static_cast<Code>((((byte >> 1) ^ (byte >> 2)) & 3 & is_base) | (ambiguous_code & ~is_base));
    });
}

std::vector<Code> encode(std::string_view letters) {
    std::vector<Code> codes(letters.size());
    encode(letters, codes);
    return codes;
}

void reverse_complement(std::span<const Code> codes, std::span<Code> result) {
    assert(codes.size() == result.size());
    std::transform(codes.rbegin(), codes.rend(), result.begin(), [](Code code) { return complement(code); });
}

std::string reverse_complement(std::string_view letters) {
    std::string result(letters.size(), 'N');
    std::transform(letters.rbegin(), letters.rend(), result.begin(), complement_letter);
    return result;
}

}  // namespace weft
