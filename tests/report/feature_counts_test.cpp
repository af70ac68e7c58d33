#include "weft/report/feature_counts.hpp"

#include <catch2/catch.hpp>

#include "support/records.hpp"

using namespace weft;
using namespace weft::test;

namespace {

// A placed feature of 1,000 bases, `aligned` of them from the first on.
FeatureRow placed_row(std::int64_t aligned, std::int64_t matches, int mapq) {
    FeatureRow row;
    row.name = "f";
    row.length = 1'000;
    row.feature_class = FeatureClass::complete;
    row.mapq = mapq;
    row.matches = matches;
    row.mismatches = aligned - matches;
    row.aligned_bases = aligned;
    row.span = {0, aligned};
    row.supplementary = 1;
    row.secondary = 2;
    return row;
}

FeatureRow lost_row(std::int64_t length, const std::string& reason) {
    FeatureRow row;
    row.length = length;
    row.reason = reason;
    return row;
}

std::string text_of(const std::vector<ReasonCount>& reasons) {
    std::string text;
    for (const ReasonCount& row : reasons) text += row.reason + ":" + std::to_string(row.features) + " ";
    return text;
}

}  // namespace

TEST_CASE("features are counted by class and size, whole or in parts", "[report]") {
    const std::vector<FeatureRow> rows{placed_row(1'000, 1'000, 60), placed_row(500, 450, 80), placed_row(1'000, 800, 255),
                                       lost_row(300, "no seed"),     lost_row(20'000, "no seed"), lost_row(0, "low score")};
    FeatureCounts whole;
    FeatureCounts left;
    FeatureCounts right;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        whole.add(rows[i]);
        (i % 2 == 0 ? left : right).add(rows[i]);
    }
    left.merge(right);
    for (const FeatureCounts& counts : {whole, left}) {
        CHECK(counts.total() == 6);
        CHECK(counts.placed() == 3);
        CHECK(counts.bases() == 23'300);
        CHECK(counts.aligned_bases == 2'500);
        CHECK(counts.supplementary == 3);
        CHECK(counts.secondary == 6);
        CHECK(counts.features(FeatureClass::complete) == 3);
        CHECK(counts.features(FeatureClass::unmapped) == 3);
        CHECK(counts.features(FeatureClass::split) == 0);
        CHECK(counts.by_size[0].features() == 2);
        CHECK(counts.by_size[0].placed() == 0);
        CHECK(counts.by_size[1].features() == 3);
        CHECK(counts.by_size[1].placed() == 3);
        CHECK(counts.by_size[2].bases == 20'000);
        CHECK(*counts.identity().median() == Approx(0.9));
        CHECK(*counts.by_size[1].identity.mean() == Approx(0.9));
        CHECK(*counts.coverage.median() == 1);
        CHECK(counts.mapq[60] == 2);
        CHECK(counts.mapq_unknown == 1);
        CHECK(counts.identity_histogram.counts()[160] == 1);   // 0.8
        CHECK(counts.coverage_histogram.counts()[50] == 1);
        CHECK(counts.coverage_histogram.counts()[99] == 2);
        CHECK(counts.length_histogram.trimmed().counts().back() == 1);
        CHECK(counts.begin_missing.counts() == std::map<std::int64_t, std::int64_t>{{0, 3}});
        CHECK(counts.end_missing.counts() == std::map<std::int64_t, std::int64_t>{{0, 2}, {500, 1}});
        CHECK(text_of(counts.lost_reasons()) == "no seed:2 low score:1 ");
    }
}

TEST_CASE("reasons are listed by falling number, then by text, and the rarest are summed up", "[report]") {
    FeatureCounts counts;
    for (const char* const reason : {"b", "c", "a", "c"}) counts.add(lost_row(10, reason));
    CHECK(text_of(counts.lost_reasons()) == "c:2 a:1 b:1 ");
    for (int i = 0; i < 20'000; ++i) counts.add(lost_row(10, "failed: feature " + std::to_string(i)));
    const std::vector<ReasonCount> reasons = counts.lost_reasons();
    REQUIRE(reasons.size() <= 102);
    std::int64_t sum = 0;
    for (const ReasonCount& row : reasons) sum += row.features;
    CHECK(sum == 20'004);
}

TEST_CASE("features without a known length or identity are counted, but in no histogram of it", "[report]") {
    FeatureRow row = placed_row(500, 0, 60);
    row.length = 0;
    row.mismatches = 0;
    FeatureCounts counts;
    counts.add(row);
    CHECK(counts.placed() == 1);
    CHECK_FALSE(counts.identity().median());
    CHECK(counts.coverage.empty());
    CHECK(counts.length_histogram.trimmed().counts() == std::vector<std::int64_t>{0});
}
