#include "weft/stages/skipped_items.hpp"

#include <catch2/catch.hpp>
#include <filesystem>

#include "support/temporary_folder.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using namespace weft::test;

TEST_CASE("a list of skipped items comes back as it was written", "[stages]") {
    const TemporaryFolder folder;
    const std::string path = folder / "failures.tsv";
    const std::vector<SkippedItem> items{{"gene1", "quality has 99 characters, sequence has 100", "reads.fq:4"}, {"", "no header", "a b.fq:1"}, {"gene2", "", ""}, {"", "", ""}};
    write_skipped_items(path, items);
    CHECK(read_skipped_items(path) == items);
    CHECK(content_of(path) == "feature\treason\twhere\ngene1\tquality has 99 characters, sequence has 100\treads.fq:4\n\tno header\ta b.fq:1\ngene2\t\t\n\t\t\n");
}

TEST_CASE("no item, no file, and no file, no item", "[stages]") {
    const TemporaryFolder folder;
    write_skipped_items(folder / "failures.tsv", {});
    CHECK(folder.entries() == 0);
    CHECK(read_skipped_items(folder / "failures.tsv").empty());
}

TEST_CASE("whatever stands in a cell, a line of a table stays a line", "[stages]") {
    const TemporaryFolder folder;
    CHECK(table_line({"a\tb", "c\nd", "e\r\nf", ""}) == "a b\tc d\te  f\t\n");
    CHECK(table_line({}) == "\n");
    write_skipped_items(folder / "failures.tsv", {{"a\tb", "c\n", "\r"}, {"x", "y", "z"}});
    CHECK(read_skipped_items(folder / "failures.tsv") == std::vector<SkippedItem>{{"a b", "c ", " "}, {"x", "y", "z"}});
}

TEST_CASE("what is no list of skipped items is refused", "[stages]") {
    const TemporaryFolder folder;
    for (const char* text : {"", "\n", "feature\treason\n", "name\treason\twhere\na\tb\tc\n", "feature\treason\twhere\na\tb\n", "feature\treason\twhere\n\n"}) {
        INFO(text);
        CHECK_THROWS_AS(read_skipped_items(folder.file("x", text)), FormatError);
    }
}
