#include "weft/kernel/target.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <string>

using namespace weft;

TEST_CASE("the target in use is the one asked for, or the best available", "[kernel][target]") {
    const auto available = available_targets();
    REQUIRE_FALSE(available.empty());
    CHECK(available.front() == SimdTarget::scalar);
    CHECK(std::is_sorted(available.begin(), available.end()));
    const auto compiled = compiled_targets();
    CHECK(std::is_sorted(compiled.begin(), compiled.end()));
    CHECK(std::includes(compiled.begin(), compiled.end(), available.begin(), available.end()));
    const char* const wish = std::getenv("WEFT_TARGET");
    CHECK(simd_target() == (wish && *wish ? std::string(wish) : std::string(name_of(available.back()))));
}
