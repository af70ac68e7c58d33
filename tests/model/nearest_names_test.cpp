#include "weft/model/nearest_names.hpp"

#include <catch2/catch.hpp>

using namespace weft;

TEST_CASE("edit distance counts single-letter changes up to its limit", "[model]") {
    CHECK(edit_distance("", "", 5) == 0);
    CHECK(edit_distance("kitten", "sitting", 5) == 3);
    CHECK(edit_distance("kitten", "sitting", 2) == 3);
    CHECK(edit_distance("abc", "ABC", 5) == 0);
    CHECK(edit_distance("a", "abcdef", 3) == 4);
    CHECK(edit_distance("aling", "align", 5) == 1);   // swapped neighbours are one slip
    CHECK(edit_distance("abcd", "badc", 5) == 2);
    CHECK(edit_distance("ca", "abc", 5) == 3);        // no part is changed twice
}

TEST_CASE("the nearest names come first, once each, and far ones not at all", "[model]") {
    NearestNames nearest("YAL001C");
    for (const char* name : {"YBR020W", "YAL002C", "YAL001W", "YAL001C-A", "YAL001W", "yal001c", "YAL011C", "tRNA"}) nearest.offer(name);
    CHECK(nearest.names() == std::vector<std::string>{"YAL001C-A", "yal001c", "YAL002C"});
    CHECK(nearest.question() == "did you mean YAL001C-A, yal001c or YAL002C?");
    NearestNames one("gene7");
    one.offer("gene8");
    CHECK(one.question() == "did you mean gene8?");
    NearestNames none("gene7");
    none.offer("transcript");
    CHECK(none.question().empty());
}
