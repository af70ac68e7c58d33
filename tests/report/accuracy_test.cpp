#include "weft/report/accuracy.hpp"

#include <catch2/catch.hpp>

#include "support/placement.hpp"

using namespace weft;
using namespace weft::test;

TEST_CASE("places are the same when a tenth of their union is shared", "[report]") {
    struct Row {
        NamedPlace a;
        NamedPlace b;
        bool same;
    };
    const Row rows[] = {
        {{"c", {0, 100}, Strand::forward}, {"c", {0, 100}, Strand::forward}, true},
        {{"c", {0, 100}, Strand::forward}, {"c", {0, 100}, Strand::reverse}, false},
        {{"c", {0, 100}, Strand::forward}, {"d", {0, 100}, Strand::forward}, false},
        {{"c", {0, 100}, Strand::forward}, {"c", {0, 10}, Strand::forward}, true},      // 10 of 100
        {{"c", {0, 100}, Strand::forward}, {"c", {0, 9}, Strand::forward}, false},      // 9 of 100
        {{"c", {0, 100}, Strand::forward}, {"c", {90, 110}, Strand::forward}, false},   // 10 of 110
        {{"c", {0, 100}, Strand::forward}, {"c", {100, 200}, Strand::forward}, false},
    };
    for (const Row& row : rows) {
        CHECK(same_place(row.a, row.b) == row.same);
        CHECK(same_place(row.b, row.a) == row.same);
    }
}

TEST_CASE("a placement is judged by the best of the true places", "[report]") {
    const TruthRow truth{Presence::present, {{"c", {100, 200}, Strand::forward}, {"d", {500, 600}, Strand::reverse}}};
    struct Row {
        AlignmentRecord record;
        Verdict verdict;
    };
    const Row rows[] = {
        {aligned_record("q", "c", 100, 200, Strand::forward, 60), Verdict::exact},
        {aligned_record("q", "c", 105, 195, Strand::forward, 60), Verdict::exact},
        {aligned_record("q", "c", 106, 200, Strand::forward, 60), Verdict::right},
        {aligned_record("q", "d", 495, 605, Strand::reverse, 60), Verdict::exact},
        {aligned_record("q", "d", 495, 606, Strand::reverse, 60), Verdict::right},
        {aligned_record("q", "d", 500, 600, Strand::forward, 60), Verdict::wrong},
        {unaligned_record("q"), Verdict::unaligned},
    };
    for (const Row& row : rows) {
        Placements placements;
        add_record(placements, row.record);
        CHECK(judge(truth, placements.find("q"), 5) == row.verdict);
    }
    CHECK(judge(truth, nullptr, 5) == Verdict::unaligned);
}

TEST_CASE("a run is scored over present and absent features, by length and MAPQ", "[report]") {
    const TruthTable truth{
        {"exact", {Presence::present, {{"c", {0, 50}, Strand::forward}}}},
        {"right", {Presence::present, {{"c", {1'000, 3'000}, Strand::forward}}}},
        {"wrong", {Presence::present, {{"c", {0, 50'000}, Strand::forward}}}},
        {"missed", {Presence::present, {{"c", {0, 99}, Strand::forward}}}},
        {"partial", {Presence::partial, {{"c", {0, 50}, Strand::forward}}}},
        {"absent1", {Presence::absent, {}}},
        {"absent2", {Presence::absent, {}}},
    };
    Placements placements;
    add_record(placements, aligned_record("exact", "c", 0, 50, Strand::forward, 60));
    add_record(placements, aligned_record("right", "c", 1'000, 2'500, Strand::forward, 30));
    add_record(placements, aligned_record("wrong", "c", 90'000, 99'000, Strand::forward, 30));
    add_record(placements, unaligned_record("missed"));
    add_record(placements, aligned_record("partial", "d", 0, 50, Strand::forward, 60));
    add_record(placements, aligned_record("absent1", "c", 0, 50, Strand::forward, 1));
    add_record(placements, aligned_record("stranger", "c", 0, 50, Strand::forward, 1));
    const Accuracy accuracy = score(truth, placements, 5);
    const AccuracyCounts all = accuracy.all();
    CHECK(all.present == 4);
    CHECK(all.mapped == 3);
    CHECK(all.right == 2);
    CHECK(all.exact == 1);
    CHECK(accuracy.absent == 2);
    CHECK(accuracy.absent_mapped == 1);
    CHECK(accuracy.unknown == 1);
    CHECK(accuracy.by_length[0].present == 2);   // 50 and 99 bases
    CHECK(accuracy.by_length[3].right == 1);     // 2,000
    CHECK(accuracy.by_length[3].exact == 0);
    CHECK(accuracy.by_length[5].mapped == 1);    // 50,000
    CHECK(accuracy.at_least(60).aligned == 1);
    CHECK(accuracy.at_least(60).wrong == 0);
    CHECK(accuracy.at_least(30).aligned == 3);
    CHECK(accuracy.at_least(30).wrong == 1);
    CHECK(accuracy.at_least(0).aligned == 3);
    CHECK(accuracy.at_least(61).aligned == 0);
}
