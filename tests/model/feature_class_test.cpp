#include "weft/model/feature_class.hpp"

#include <catch2/catch.hpp>

using namespace weft;

TEST_CASE("classes are found by their words", "[model]") {
    for (const FeatureClass known : feature_classes) CHECK(class_of_word(word_of(known)) == known);
    CHECK(word_of(FeatureClass::low_identity) == "low_identity");
    for (const char* word : {"", "Complete", "completely", "identity"}) CHECK_FALSE(class_of_word(word));
}
