#include "weft/report/length_identity.hpp"

#include <catch2/catch.hpp>

using namespace weft;

namespace {

FeatureRow row_with(std::int64_t length, std::int64_t matches, std::int64_t mismatches) {
    FeatureRow row;
    row.length = length;
    row.feature_class = FeatureClass::complete;
    row.matches = matches;
    row.mismatches = mismatches;
    return row;
}

}  // namespace

TEST_CASE("the grid counts features by length and identity and is cut down to where there are any", "[report]") {
    const std::vector<FeatureRow> rows{row_with(100, 955, 45), row_with(100, 955, 45), row_with(130, 975, 25), row_with(160, 10, 0),
                                       row_with(0, 9, 1)};
    LengthIdentity whole;
    LengthIdentity left;
    LengthIdentity right;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        whole.add(rows[i]);
        (i < 2 ? left : right).add(rows[i]);
    }
    left.merge(right);
    for (const LengthIdentity& density : {whole, left}) {
        const LengthIdentityGrid grid = density.grid();
        CHECK(grid.length_edges == std::vector<double>{100, 126, 158, 200});
        REQUIRE(grid.identity_edges.size() == 6);
        CHECK(grid.identity_edges.front() == Approx(0.95));
        CHECK(grid.counts == std::vector<std::vector<std::int64_t>>{{2, 0, 0}, {0, 0, 0}, {0, 1, 0}, {0, 0, 0}, {0, 0, 1}});
    }
}

TEST_CASE("without placed features the grid is empty", "[report]") {
    LengthIdentity density;
    density.add(FeatureRow{});
    CHECK(density.grid().counts.empty());
    CHECK(density.grid().length_edges.empty());
}
