#include "weft/report/distribution.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace weft;

namespace {

Distribution of(const std::vector<double>& values) {
    Distribution distribution;
    for (const double value : values) distribution.add(value);
    return distribution;
}

}  // namespace

TEST_CASE("the median is the middle value, or the mean of the two in the middle", "[report]") {
    CHECK_FALSE(of({}).median());
    CHECK_FALSE(of({}).mean());
    CHECK(of({}).empty());
    CHECK(of({5}).median() == 5);
    CHECK(of({5, 1, 4}).median() == 4);
    CHECK(of({5, 1, 4, 2}).median() == 3);
    CHECK(of({5, 1, 4, 2}).mean() == 3);
}

TEST_CASE("neither the order nor the parts of the values change a bit of the result", "[report]") {
    std::mt19937 random(3);
    std::vector<double> values;
    for (int i = 0; i < 1'000; ++i) values.push_back(std::uniform_real_distribution<double>(0, 1)(random));
    const Distribution whole = of(values);
    std::shuffle(values.begin(), values.end(), random);
    Distribution parts = of({values.begin() + 300, values.end()});
    parts.merge(of({values.begin(), values.begin() + 300}));
    CHECK(*parts.mean() == *whole.mean());
    CHECK(*parts.median() == *whole.median());
}
