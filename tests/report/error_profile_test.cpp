#include "weft/report/error_profile.hpp"

#include <catch2/catch.hpp>

#include "support/records.hpp"

using namespace weft;
using namespace weft::test;

using Lengths = std::map<std::int64_t, std::int64_t>;

TEST_CASE("differences are summed over alignments, whole or in parts", "[report]") {
    const AlignmentRecord first = record_of({.cigar = "400=10X2I90=3D", .query_length = 502});
    const AlignmentRecord second = record_of({.cigar = "500=6I5D", .query_length = 506});
    ErrorProfile whole;
    whole.add(first, nullptr);
    whole.add(second, nullptr);
    ErrorProfile left;
    ErrorProfile right;
    left.add(first, nullptr);
    right.add(second, nullptr);
    left.merge(right);
    for (const ErrorProfile& profile : {whole, left}) {
        CHECK(profile.mismatches() == 10);
        CHECK(profile.insertions() == 2);
        CHECK(profile.inserted_bases() == 8);
        CHECK(profile.deletions() == 2);
        CHECK(profile.deleted_bases() == 8);
        CHECK(profile.insertion_lengths().counts() == Lengths{{2, 1}, {6, 1}});
        CHECK(profile.deletion_lengths().counts() == Lengths{{3, 1}, {5, 1}});
        CHECK(*profile.mismatches_per_kilobase() == Approx(10));
        CHECK(*profile.insertions_per_kilobase() == Approx(2));
        CHECK(*profile.deletions_per_kilobase() == Approx(2));
        CHECK(profile.gap_histogram().trimmed().counts() == std::vector<std::int64_t>{1, 1, 0, 1, 1});   // 2, 3, 4, 5, 6
        CHECK_FALSE(profile.substitutions());
    }
}

TEST_CASE("rates leave out alignments of which the number is not known", "[report]") {
    ErrorProfile profile;
    CHECK_FALSE(profile.mismatches_per_kilobase());
    profile.add(record_of({.cigar = "1000M1I", .query_length = 1'001}), nullptr);
    CHECK_FALSE(profile.mismatches_per_kilobase());
    CHECK(*profile.insertions_per_kilobase() == Approx(1));
    AlignmentRecord bare = record_of({.cigar = "1000="});
    bare.cigar.clear();
    bare.matches = 990;
    bare.columns = 1'000;
    profile.add(bare, nullptr);
    CHECK(*profile.mismatches_per_kilobase() == Approx(10));
    CHECK(*profile.insertions_per_kilobase() == Approx(1));
}

TEST_CASE("substitutions are there as soon as the letters of one alignment are known", "[report]") {
    ErrorProfile profile;
    profile.add(record_of({}), nullptr);
    AlignmentRecord record = record_of({.cigar = "99=1X"});
    record.difference = ":99*ag";
    profile.add(record, nullptr);
    REQUIRE(profile.substitutions());
    CHECK(profile.substitutions()->count(0, 2) == 1);
    ErrorProfile merged;
    merged.merge(profile);
    CHECK(merged.substitutions()->count(0, 2) == 1);
}
