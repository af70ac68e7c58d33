#include "weft/report/lost_features.hpp"

#include <catch2/catch.hpp>

#include "support/records.hpp"

using namespace weft;
using namespace weft::test;

namespace {

FeatureRow row_of_class(const std::string& name, FeatureClass feature_class) {
    FeatureRow row;
    row.name = name;
    row.feature_class = feature_class;
    return row;
}

std::string names(const LostFeatures& lost) {
    std::string text;
    for (const LostFeature& row : lost.rows()) text += row.name;
    return text;
}

}  // namespace

TEST_CASE("lost features are listed by class, the worst first, as many as asked for, and all are counted", "[report]") {
    using enum FeatureClass;
    const std::vector<FeatureRow> rows{row_of_class("a", low_identity), row_of_class("b", complete),  row_of_class("c", split),
                                       row_of_class("d", unmapped),     row_of_class("e", duplicate), row_of_class("f", partial),
                                       row_of_class("g", truncated),    row_of_class("h", unmapped),  row_of_class("i", unmapped)};
    for (const auto& [most, expected] : {std::pair{9, "dhigfca"}, {4, "dhig"}, {2, "dh"}, {0, ""}}) {
        LostFeatures whole(static_cast<std::size_t>(most));
        LostFeatures left = whole;
        LostFeatures right = whole;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            whole.add(rows[i]);
            (i < 5 ? left : right).add(rows[i]);
        }
        left.merge(right);
        CHECK(names(whole) == expected);
        CHECK(names(left) == expected);
        CHECK(whole.total() == 7);
        CHECK(left.total() == 7);
    }
}

TEST_CASE("the reason says what is wrong with a feature", "[report]") {
    const auto reason = [](const std::vector<AlignmentRecord>& records) { return lost_reason(row_of(records)); };
    CHECK(reason({lost_record("q", 10, "no seed")}) == "no seed");
    CHECK(reason({record_of({.begin = 500, .cigar = "61="})}) == "61.0 % of the bases aligned");
    CHECK(reason({record_of({.begin = 0, .query_begin = 40, .cigar = "60="})}) ==
          "reaches beyond the end of c1, 60.0 % of the bases aligned");
    CHECK(reason({record_of({.cigar = "50="}),
                  record_of({.role = Role::supplementary, .begin = 900, .query_begin = 50, .cigar = "50="})}) == "2 parts");
    CHECK(reason({record_of({.cigar = "84=16X"})}) == "identity 84.0 %");
    CHECK(reason({record_of({})}).empty());
}
