#include "weft/parallel/run_report.hpp"

#include <catch2/catch.hpp>

using namespace weft;

namespace {

Batch batch_of(SizeClass size_class, std::vector<std::pair<std::uint64_t, Unaligned>> features) {
    Batch batch;
    batch.size_class = size_class;
    for (const auto& [number, unaligned] : features) {
        Feature feature;
        feature.name = "f" + std::to_string(number);
        feature.number = number;
        feature.sequence = "ACGTACGTAC";
        batch.bases += feature.length();
        FeatureAlignments result;
        result.unaligned = unaligned;
        if (unaligned == Unaligned::failed) result.message = "too much";
        if (unaligned == Unaligned::no) {
            result.alignments.resize(3);
            result.alignments[0].query = {1, 8};
            result.alignments[1].role = Role::supplementary;   // shares a base with the primary
            result.alignments[1].query = {7, 9};
            result.alignments[2].role = Role::secondary;
            result.alignments[2].query = {0, 10};
        }
        batch.features.push_back(std::move(feature));
        batch.results.push_back(std::move(result));
    }
    return batch;
}

}  // namespace

TEST_CASE("counts of batches add up, and failures stay in input order", "[parallel]") {
    RunReport total = count(batch_of(SizeClass::small, {{1, Unaligned::no}, {4, Unaligned::failed}, {6, Unaligned::no_seed}}));
    merge(total, count(batch_of(SizeClass::large, {{0, Unaligned::failed}, {2, Unaligned::no}, {5, Unaligned::failed}})));
    CHECK(total.features == 6);
    CHECK(total.aligned == 2);
    CHECK(total.failed == 3);
    CHECK(total.bases == 60);
    CHECK(total.aligned_bases == 16);
    CHECK(total.alignments == 6);
    CHECK(total.features_by_class == std::array<std::uint64_t, size_classes>{3, 0, 3});
    CHECK(total.unaligned_by_reason[static_cast<std::size_t>(Unaligned::no)] == 0);
    CHECK(total.unaligned_by_reason[static_cast<std::size_t>(Unaligned::no_seed)] == 1);
    CHECK(total.unaligned_by_reason[static_cast<std::size_t>(Unaligned::failed)] == 3);
    REQUIRE(total.failures.size() == 3);
    CHECK(total.failures[0].name == "f0");
    CHECK(total.failures[1].name == "f4");
    CHECK(total.failures[2].name == "f5");
    CHECK(total.failures[2].message == "too much");
}
