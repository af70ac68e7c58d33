#include "weft/report/text_table.hpp"

#include <catch2/catch.hpp>

using namespace weft;

TEST_CASE("numbers stand right, words left, lines end without spaces", "[report]") {
    TextTable table;
    table.add_head({"", "aligned", "error rate"});
    table.add({"A", "12,345", "0.001"});
    table.add({"another", "7", "-", "a note that is long"});
    table.add({"short"});
    CHECK(table.text() ==
          "         aligned  error rate\n"
          "A         12,345       0.001\n"
          "another        7           -  a note that is long\n"
          "short\n");
    TextTable right;
    right.add_head({"name", "n", "share"});
    right.add({"a", "1,000", "1 %"});
    CHECK(right.text() == "name      n  share\na     1,000    1 %\n");
    CHECK(table.text(2).starts_with("           aligned"));
    CHECK(TextTable().text().empty());
}

TEST_CASE("numbers are grouped and shares are percent", "[report]") {
    CHECK(with_commas(0) == "0");
    CHECK(with_commas(999) == "999");
    CHECK(with_commas(1'000) == "1,000");
    CHECK(with_commas(-1'234'567) == "-1,234,567");
    CHECK(with_commas(-999) == "-999");
    CHECK(percent(1, 3) == "33.33 %");
    CHECK(percent(0, 0) == "-");
}
