#include "weft/record/known_content.hpp"

#include <catch2/catch.hpp>

#include "weft/model/error.hpp"

using namespace weft;
using namespace std::string_view_literals;

TEST_CASE("sequences are not taken for something else", "[record]") {
    for (const std::string_view text : {">a\nACGT\n"sv, "@a\nA\n+\nI\n"sv, "@HD\tVN:1.6\n"sv, ""sv, "ACGT"sv, "P"sv}) {
        CHECK_NOTHROW(refuse_known_content("x", text));
        CHECK_NOTHROW(refuse_binary_content("x", text, "FASTA"));
    }
}

TEST_CASE("other content is named", "[record]") {
    CHECK_THROWS_WITH(refuse_known_content("x", "\xfd" "7zXZ\0rest"sv), "x: looks like xz; decompress it first (xz -d)");
    CHECK_THROWS_WITH(refuse_known_content("x", "ID   X56734; SV 1;"), "x: looks like an EMBL flat file; convert it to FASTA");
    CHECK_THROWS_WITH(refuse_binary_content("x", "A\0B"sv, "FASTA"), "x: is not FASTA: it begins with the bytes 41 00 42");
    CHECK_THROWS_AS(refuse_binary_content("x", "text and then \x01", "FASTA"), FormatError);
}
