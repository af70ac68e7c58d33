#include "weft/model/cigar.hpp"

#include <catch2/catch.hpp>

using namespace weft;

TEST_CASE("a CIGAR knows what it consumes and prints as text", "[model]") {
    const Cigar cigar{{12, CigarOp::match}, {1, CigarOp::mismatch}, {3, CigarOp::insertion}, {2, CigarOp::deletion}, {100, CigarOp::skip}};
    CHECK(query_length(cigar) == 16);
    CHECK(reference_length(cigar) == 115);
    CHECK(to_string(cigar) == "12=1X3I2D100N");
    CHECK(to_string(with_merged_matches(cigar)) == "13M3I2D100N");
    CHECK(to_string(Cigar{}) == "*");
}

TEST_CASE("appending merges equal operations and ignores length 0", "[model]") {
    Cigar cigar;
    append(cigar, CigarOp::match, 3);
    append(cigar, CigarOp::match, 4);
    append(cigar, CigarOp::deletion, 0);
    append(cigar, CigarOp::mismatch, 1);
    CHECK(to_string(cigar) == "7=1X");
}
