#include "weft/pipeline/settings.hpp"

#include <catch2/catch.hpp>

using namespace weft;

TEST_CASE("settings are found by name and type and keep their order", "[pipeline]") {
    Settings settings;
    settings.add("z", {.value = std::int64_t{3}, .origin = SettingOrigin::file, .source = "x.yaml", .position = {2, 4}});
    settings.add("a", {.value = std::string("word")});
    CHECK(settings.size() == 2);
    CHECK(settings.begin()->first == "z");
    CHECK(settings.get<std::int64_t>("z") == 3);
    CHECK(*settings.get_if<std::string>("a") == "word");
    CHECK(settings.get_if<std::int64_t>("a") == nullptr);
    CHECK(settings.find("b") == nullptr);
    CHECK_THROWS_AS(settings.get<bool>("z"), std::logic_error);
    CHECK_THROWS_AS(settings.get<bool>("b"), std::logic_error);
    CHECK(settings.find("z")->problem("W140", "too much").text() == "x.yaml:2:4: too much [W140]");
}
