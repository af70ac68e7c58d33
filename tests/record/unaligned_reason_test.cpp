#include "weft/record/unaligned_reason.hpp"

#include <catch2/catch.hpp>

using namespace weft;

TEST_CASE("a reason comes back from its tags as it reads in the model", "[record]") {
    for (const Unaligned why :
         {Unaligned::empty_sequence, Unaligned::too_short, Unaligned::no_seed, Unaligned::low_score, Unaligned::failed}) {
        CHECK(reason_word(why).find(' ') == std::string::npos);
        CHECK(unaligned_reason(reason_word(why), "") == reason(why));
    }
    CHECK(unaligned_reason("failed", "out of luck_y") == "failed: out of luck_y");
    CHECK(unaligned_reason("", "out of luck") == "out of luck");
    CHECK(unaligned_reason("", "").empty());
}
