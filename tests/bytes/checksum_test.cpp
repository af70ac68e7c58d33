#include "weft/bytes/checksum.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "weft/bytes/md5.hpp"

using namespace weft;

TEST_CASE("checksums are those of the XXH3 specification", "[bytes]") {
    CHECK(checksum("") == 0x2d06800538d394c2U);
    CHECK(checksum("abc") == 0x78af5f94892f3950U);
}

TEST_CASE("a checksum does not depend on how the bytes arrive", "[bytes]") {
    std::string text;
    for (int i = 0; i < 3000; ++i) text += static_cast<char>(i * i / 7);
    for (const std::size_t piece : {1, 7, 240, 241, 1024, 5000}) {
        Checksum pieces;
        for (std::size_t at = 0; at < text.size(); at += piece) pieces.update(std::string_view(text).substr(at, piece));
        CHECK(pieces.value() == checksum(text));
    }
}

TEST_CASE("MD5 of a sequence folds its case", "[bytes]") {
    // RFC 1321, section A.5, for what case does not touch; the rest by md5sum.
    CHECK(sequence_md5("") == "d41d8cd98f00b204e9800998ecf8427e");
    CHECK(sequence_md5("ACGT") == "f1f8f4bf413b16ad135722aa4591043e");
    CHECK(sequence_md5("acGT") == "f1f8f4bf413b16ad135722aa4591043e");
}

TEST_CASE("MD5 does not depend on how the letters arrive", "[bytes]") {
    std::string letters;
    for (int i = 0; i < 20'000; ++i) letters += "acgtNRy"[i * i % 7];
    for (const std::size_t piece : {1, 4095, 4096, 4097, 9999}) {
        SequenceMd5 pieces;
        for (std::size_t at = 0; at < letters.size(); at += piece) pieces.update(std::string_view(letters).substr(at, piece));
        CHECK(pieces.hex() == sequence_md5(letters));
    }
}
