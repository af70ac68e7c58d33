#include "weft/bytes/checksum.hpp"

#include <catch2/catch.hpp>
#include <string>

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
