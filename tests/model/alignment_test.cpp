#include "weft/model/alignment.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <string>

using namespace weft;

TEST_CASE("an alignment derives edit distance, columns and divergence from its counts", "[model]") {
    Alignment alignment;
    alignment.matches = 90;
    alignment.mismatches = 6;
    alignment.ambiguous = 1;
    alignment.inserted = 7;
    alignment.deleted = 20;
    alignment.gap_opens = 2;
    CHECK(alignment.edit_distance() == 33);
    CHECK(alignment.columns() == 123);
    CHECK(alignment.gap_compressed_divergence() == Approx(7.0 / 97.0));   // a gap counts once, the ambiguous column not at all
}

TEST_CASE("the divergence of an alignment without comparable columns is 0", "[model]") {
    Alignment alignment;
    alignment.mismatches = alignment.ambiguous = 5;
    CHECK(alignment.gap_compressed_divergence() == 0.0);
}

TEST_CASE("every reason for a missing alignment has its own words", "[model]") {
    std::set<std::string> words;
    for (int why = 0; why < 6; ++why) words.insert(reason(static_cast<Unaligned>(why)));
    CHECK(words.size() == 6);
    CHECK(words.count("unknown") == 0);
    CHECK(std::string(reason(Unaligned::no_seed)) == "no seed");
}
