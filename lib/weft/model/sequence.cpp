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
    std::transform(letters.begin(), letters.end(), codes.begin(),
                   [](char letter) { return code_of_letter[static_cast<unsigned char>(letter)]; });
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
