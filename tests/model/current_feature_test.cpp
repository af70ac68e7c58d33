#include "weft/model/current_feature.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <thread>

using namespace weft;

namespace {

std::string told;

}  // namespace

TEST_CASE("a thread's feature is the innermost one, and its own", "[model]") {
    CHECK(current_feature() == nullptr);
    {
        const CurrentFeature outer("outer");
        {
            const CurrentFeature inner("inner");
            CHECK(std::string(current_feature()) == "inner");
            std::string elsewhere;
            std::jthread([&] {
                if (current_feature() != nullptr) elsewhere = "the other thread's";
                const CurrentFeature other("other");
                elsewhere += current_feature();
            }).join();
            CHECK(elsewhere == "other");
        }
        CHECK(std::string(current_feature()) == "outer");
        const CurrentFeature none(nullptr);
        CHECK(current_feature() == nullptr);
    }
    CHECK(current_feature() == nullptr);
}

TEST_CASE("the hook is told of features as long as it is set", "[model]") {
    tell_feature_begins("unheard");
    call_at_each_feature([](const char* name) { told += name; });
    tell_feature_begins("a");
    tell_feature_begins("b");
    call_at_each_feature(nullptr);
    tell_feature_begins("c");
    CHECK(told == "ab");
}
