#include "weft/bytes/md5.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace weft;

TEST_CASE("MD5 of a sequence folds its case", "[bytes]") {
    CHECK(sequence_md5("") == "d41d8cd98f00b204e9800998ecf8427e");       // RFC 1321, section A.5
    CHECK(sequence_md5("ACGT") == "f1f8f4bf413b16ad135722aa4591043e");   // md5sum
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
