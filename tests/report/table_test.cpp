#include "weft/report/table.hpp"

#include <catch2/catch.hpp>

#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "support/temporary_folder.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using namespace weft::test;

namespace {

Table example() {
    return {{"things",
             "Things \"as such\"",
             {{"name", "", ColumnKind::text}, {"length", "bases", ColumnKind::integer}, {"share", "fraction", ColumnKind::number}}},
            {{"a", std::int64_t{12}, 0.125},
             {"b\tc\nd\re\\f\"</script>", std::int64_t{-1}, 1.0 / 3},
             {TableCell(), TableCell(), std::numeric_limits<double>::quiet_NaN()},
             {"\xff", std::int64_t{0}, 1e-7}}};
}

}  // namespace

TEST_CASE("TSV has a head and one line per row, whatever the names hold", "[report]") {
    CHECK(tsv_text(example()) ==
          "name\tlength\tshare\n"
          "a\t12\t0.125\n"
          "b\\tc\\nd\\re\\\\f\"</script>\t-1\t0.333333\n"
          "\t\t\n"
          "\xff\t0\t1e-07\n");
}

TEST_CASE("JSON has the same cells, with what columns mean", "[report]") {
    const auto document = nlohmann::json::parse(json_text(example()));
    CHECK(document["name"] == "things");
    CHECK(document["title"] == "Things \"as such\"");
    CHECK(document["columns"][1] == nlohmann::json{{"name", "length"}, {"unit", "bases"}, {"kind", "integer"}});
    REQUIRE(document["rows"].size() == 4);
    CHECK(document["rows"][0] == nlohmann::json{"a", 12, 0.125});
    CHECK(document["rows"][1] == nlohmann::json{"b\tc\nd\re\\f\"</script>", -1, 0.333333});
    CHECK(document["rows"][2] == nlohmann::json{nullptr, nullptr, nullptr});
    CHECK(document["rows"][3][0] == "\xef\xbf\xbd");
    CHECK(nlohmann::json::parse(json_text({{"empty", "", {}}, {}}))["rows"].empty());
}

TEST_CASE("a table written row by row is the table as text, and there only when it is complete", "[report]") {
    const TemporaryFolder folder;
    {
        TableWriter writer(example().head, folder.path().string());
        writer.add(example().rows[0]);
    }
    CHECK(folder.entries() == 0);
    write_table(example(), folder.path().string());
    CHECK(folder.entries() == 2);
    CHECK(content_of(folder / "things.tsv") == tsv_text(example()));
    CHECK(content_of(folder / "things.json") == json_text(example()));
    CHECK_THROWS_AS(write_table(example(), folder / "none"), SystemError);
}

TEST_CASE("rows that do not suit the columns are refused", "[report]") {
    for (const TableRow& row : {TableRow{"a", std::int64_t{1}}, TableRow{"a", 1.0, 1.0}, TableRow{std::int64_t{1}, std::int64_t{1}, 1.0},
                                TableRow{"a", std::int64_t{1}, std::int64_t{1}}}) {
        Table table = example();
        table.rows = {row};
        CHECK_THROWS_AS(tsv_text(table), std::logic_error);
        CHECK_THROWS_AS(json_text(table), std::logic_error);
    }
}
