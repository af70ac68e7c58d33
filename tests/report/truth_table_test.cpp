#include "weft/report/truth_table.hpp"

#include <catch2/catch.hpp>

#include "support/temporary_folder.hpp"
#include "weft/model/error.hpp"

using namespace weft;

TEST_CASE("a truth table is read with all places of a feature", "[report]") {
    const test::TemporaryFolder folder;
    const TruthTable table = read_truth_table(folder.file("truth.tsv",
        "g1\tc1\t10\t90\t+\tpresent\t1.0000\t.\n"
        "g2\tHLA:1\t5\t8\t-\tpartial\t0.5000\tHLA:1:7-9:+,c2:0-3:-\n"
        "g3\t*\t0\t0\t.\tabsent\t0.0000\t.\n"));
    REQUIRE(table.size() == 3);
    CHECK(table.at("g1").presence == Presence::present);
    CHECK(table.at("g1").places == std::vector<NamedPlace>{{"c1", {10, 90}, Strand::forward}});
    CHECK(table.at("g2").presence == Presence::partial);
    CHECK(table.at("g2").places == std::vector<NamedPlace>{
        {"HLA:1", {5, 8}, Strand::reverse}, {"HLA:1", {7, 9}, Strand::forward}, {"c2", {0, 3}, Strand::reverse}});
    CHECK(table.at("g3").presence == Presence::absent);
    CHECK(table.at("g3").places.empty());
}

TEST_CASE("each fault of a truth table is named with its line", "[report]") {
    struct Row {
        const char* text;
        const char* message;
    };
    const Row rows[] = {
        {"g\tc\t1\t2\t+\tpresent\t1.0", ":1: 7 tab-separated columns, a truth table has 8; make one with `weft simulate`"},
        {"g\tc\t1\t2\t+\tthere\t1.0\t.", ":1: column 6 is 'there', expected present, partial or absent"},
        {"g\tc\t2\t2\t+\tpresent\t1.0\t.", ":1: columns 2 to 5 ('c', '2', '2', '+') are no contig, begin, end and strand"},
        {"g\tc\t1\t2\t.\tpresent\t1.0\t.", ":1: columns 2 to 5 ('c', '1', '2', '.') are no contig, begin, end and strand"},
        {"g\tc\t1\t2\t+\tpresent\t1.0\tc:5-7", ":1: column 8 has 'c:5-7', expected contig:begin-end:strand"},
        {"g\tc\t1\t2\t+\tpresent\t1.0\tc:5:+", ":1: column 8 has 'c:5:+', expected contig:begin-end:strand"},
        {"g\tc\t1\t2\t+\tpresent\t1.0\t", ":1: column 8 has '', expected contig:begin-end:strand"},
        {"g\tc\t1\t2\t+\tpresent\t1.0\t.\ng\tc\t1\t2\t+\tpresent\t1.0\t.", ":2: feature 'g' comes twice"},
    };
    const test::TemporaryFolder folder;
    for (const Row& row : rows) {
        const std::string path = folder.file("truth.tsv", std::string(row.text) + "\n");
        CHECK_THROWS_MATCHES(read_truth_table(path), FormatError, Catch::Message(path + row.message));
    }
}
