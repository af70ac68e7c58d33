#include "weft/report/feature_rows.hpp"

#include <catch2/catch.hpp>

#include "support/records.hpp"
#include "support/temporary_folder.hpp"

using namespace weft;
using namespace weft::test;

namespace {

struct Gathered {
    bool sound = true;
    std::string rows{};    // "name:supplementary+secondary "
    std::string ranks{};   // of the features of the records, a digit each
};

Gathered gathered(const RecordOrder& order, const std::vector<AlignmentRecord>& records) {
    Gathered result;
    FeatureRows rows(order, {}, [&](const FeatureRow& row) {
        result.rows += row.name + ":" + std::to_string(row.supplementary) + "+" + std::to_string(row.secondary) + " ";
    });
    for (const AlignmentRecord& record : records) {
        const std::optional<std::int64_t> rank = rows.add(record);
        result.sound = result.sound && rank;
        result.ranks += rank ? std::to_string(*rank) : "-";
    }
    rows.finish();
    return result;
}

AlignmentRecord named(const char* name, Role role = Role::primary) { return record_of({.name = name, .role = role}); }

constexpr RecordOrder neighbours{Grouping::neighbours, true};
constexpr RecordOrder apart{Grouping::by_name, true};

}  // namespace

TEST_CASE("rows come in the order in which features appear first, whether their records are neighbours or not", "[report]") {
    const AlignmentRecord b = named("b");
    const AlignmentRecord a = named("a");
    const AlignmentRecord c = lost_record("c", 10);
    const AlignmentRecord more_a = named("a", Role::supplementary);
    const AlignmentRecord more_b = named("b", Role::secondary);
    const char* const expected = "b:0+1 a:1+0 c:0+0 ";
    CHECK(gathered(neighbours, {b, more_b, a, more_a, c}).rows == expected);
    CHECK(gathered(apart, {b, more_b, a, more_a, c}).rows == expected);
    CHECK(gathered(apart, {more_b, more_a, a, b, c}).rows == expected);
    CHECK(gathered(apart, {b, a, c, more_a, more_b}).rows == expected);
    CHECK(gathered(neighbours, {b, more_b, a, more_a, c}).ranks == "00112");
    CHECK(gathered(apart, {b, a, c, more_a, more_b}).ranks == "01210");
    CHECK(gathered(neighbours, {}).rows.empty());
    CHECK(gathered(apart, {}).rows.empty());
}

TEST_CASE("records that stand apart are noticed", "[report]") {
    const std::vector<AlignmentRecord> records{named("a"), named("b"), named("a", Role::supplementary)};
    CHECK_FALSE(gathered(neighbours, records).sound);
    CHECK(gathered(neighbours, records).ranks == "01-");
    CHECK(gathered(apart, records).sound);
    CHECK_FALSE(gathered(neighbours, {named("a", Role::supplementary), named("b"), named("a")}).sound);
    const std::vector<AlignmentRecord> two_primaries{named("a"), named("b"), named("a")};
    CHECK_FALSE(gathered({Grouping::neighbours, false}, two_primaries).sound);
    CHECK(gathered({Grouping::by_name, false}, two_primaries).rows == "a:1+0 b:0+0 ");
}

TEST_CASE("two features may have one name where primary records are marked", "[report]") {
    const std::vector<AlignmentRecord> records{named("a"), named("a"), named("b"), named("a"), named("a", Role::supplementary)};
    CHECK(gathered(neighbours, records).rows == "a:0+0 a:0+0 b:0+0 a:1+0 ");
    CHECK(gathered(neighbours, records).ranks == "01233");
    CHECK(gathered(apart, records).rows == "a:1+0 a:0+0 b:0+0 a:0+0 ");
    CHECK(gathered(apart, records).ranks == "01230");
}

TEST_CASE("the header tells the order of the records", "[report]") {
    const TemporaryFolder folder;
    const auto order = [&](const char* text) { return order_of(AlignmentReader(folder.file("x", text))); };
    CHECK(order("@HD\tVN:1.6\tSO:coordinate\n@SQ\tSN:c\tLN:9\n").grouping == Grouping::by_name);
    CHECK(order("@HD\tVN:1.6\tSO:queryname\n@SQ\tSN:c\tLN:9\n").grouping == Grouping::neighbours);
    CHECK(order("@SQ\tSN:c\tLN:9\n").grouping == Grouping::neighbours);
    CHECK(order("@SQ\tSN:c\tLN:9\n").roles_marked);
    const RecordOrder paf = order("q\t9\t0\t9\t+\tc\t50\t5\t14\t8\t9\t60\n");
    CHECK(paf.grouping == Grouping::neighbours);
    CHECK_FALSE(paf.roles_marked);
}
