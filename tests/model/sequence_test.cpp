#include "weft/model/sequence.hpp"

#include <catch2/catch.hpp>
#include <random>

using namespace weft;

namespace {

const std::string iupac = "ACGTURYKMSWBDHVN";

std::string random_letters(std::mt19937& random, std::size_t length, const std::string& alphabet) {
    std::string letters(length, 'N');
    for (char& letter : letters) letter = alphabet[random() % alphabet.size()];
    return letters;
}

}  // namespace

TEST_CASE("letters become codes whatever their case, U is T, all else is ambiguous", "[model]") {
    CHECK(encode("ACGTUacgtu") == std::vector<Code>{0, 1, 2, 3, 3, 0, 1, 2, 3, 3});
    for (int letter = 0; letter < 256; ++letter) {
        const bool is_base = letter != 0 && std::string("ACGTUacgtu").find(static_cast<char>(letter)) != std::string::npos;
        CHECK((code_of_letter[static_cast<std::size_t>(letter)] == ambiguous_code) != is_base);
        CHECK(encode(std::string(40, static_cast<char>(letter))) == std::vector<Code>(40, code_of_letter[static_cast<std::size_t>(letter)]));
    }
    CHECK(letter_of_code(ambiguous_code) == 'N');
}

TEST_CASE("IUPAC letters complement to the set of complementary bases, case kept", "[model]") {
    const std::pair<char, char> rows[] = {{'A', 'T'}, {'C', 'G'}, {'R', 'Y'}, {'K', 'M'}, {'S', 'S'}, {'W', 'W'},
                                          {'B', 'V'}, {'D', 'H'}, {'N', 'N'}, {'a', 't'}, {'r', 'y'}, {'n', 'n'}};
    for (const auto& [letter, partner] : rows) {
        CHECK(complement_letter(letter) == partner);
        CHECK(complement_letter(partner) == letter);
    }
    CHECK(complement_letter('U') == 'A');
    CHECK(complement_letter('-') == '-');
}

TEST_CASE("the reverse complement of the reverse complement is the sequence, in letters and in codes", "[model]") {
    CHECK(reverse_complement(std::string_view("AACGTTN")) == "NAACGTT");
    std::mt19937 random(7);
    for (std::size_t length : {0, 1, 2, 31, 100}) {
        const std::string letters = random_letters(random, length, "ACGTRYKMBDHVN");
        CHECK(reverse_complement(reverse_complement(letters)) == letters);
        const std::vector<Code> codes = encode(letters);
        std::vector<Code> turned(length);
        reverse_complement(codes, turned);
        CHECK(turned == encode(reverse_complement(letters)));
    }
}

TEST_CASE("upper changes lower-case letters alone", "[model]") {
    for (char letter : iupac) CHECK(upper(letter) == letter);
    CHECK(upper('a') == 'A');
    CHECK(upper('z') == 'Z');
    CHECK(upper('-') == '-');
    CHECK(upper('1') == '1');
}
