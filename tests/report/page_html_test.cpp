#include "weft/report/page_html.hpp"

#include <catch2/catch.hpp>

using namespace weft;

namespace {

// The narrow space between numbers and units, as a plain one.
std::string plain(std::string text) {
    const std::string narrow = "\u202f";
    for (auto at = text.find(narrow); at != std::string::npos; at = text.find(narrow)) text.replace(at, narrow.size(), " ");
    return text;
}

}  // namespace

TEST_CASE("text cannot become an element, end an attribute or break a line", "[report]") {
    CHECK(escaped("</script><b>\"a\" & 'b'") == "&lt;/script&gt;&lt;b&gt;&quot;a&quot; &amp; &#39;b&#39;");
    CHECK(escaped("a\tb\nc\rd") == "a&#9;b&#10;c&#13;d");
    CHECK(escaped(std::string("a\0b\x1b\x7f", 5)) == "a\ufffdb\ufffd\ufffd");
    CHECK(escaped("Gén \u2603") == "Gén \u2603");
}

TEST_CASE("bases have three digits that count, and a unit", "[report]") {
    const auto [bases, text] = GENERATE(table<std::int64_t, const char*>({{0, "0"},
                                                                          {1, "1 b"},
                                                                          {999, "999 b"},
                                                                          {1'000, "1.00 kb"},
                                                                          {9'994, "9.99 kb"},
                                                                          {9'996, "10.0 kb"},
                                                                          {23'449, "23.4 kb"},
                                                                          {999'499, "999 kb"},
                                                                          {999'600, "1.00 Mb"},
                                                                          {3'100'000'000, "3.10 Gb"}}));
    CHECK(plain(bases_html(bases)) == text);
}

TEST_CASE("memory is counted in powers of 1,000", "[report]") {
    CHECK(plain(bytes_text(512)) == "512 B");
    CHECK(plain(bytes_text(8'000'000'000)) == "8.00 GB");
}

TEST_CASE("times have the unit of their size", "[report]") {
    const auto [milliseconds, text] = GENERATE(table<double, const char*>({{0.4, "0.4 ms"},
                                                                           {9.96, "10 ms"},
                                                                           {840, "840 ms"},
                                                                           {999.6, "1.0 s"},
                                                                           {12'400, "12.4 s"},
                                                                           {59'960, "1 min 00 s"},
                                                                           {192'000, "3 min 12 s"},
                                                                           {3'599'600, "1 h 00 min"},
                                                                           {3'840'000, "1 h 04 min"}}));
    CHECK(plain(duration_html(milliseconds)) == text);
}

TEST_CASE("a share is all or none only when it is", "[report]") {
    const auto [part, whole, text] = GENERATE(table<std::int64_t, std::int64_t, const char*>({{0, 10, "0.00 %"},
                                                                                              {10, 10, "100.00 %"},
                                                                                              {9'588, 10'000, "95.88 %"},
                                                                                              {1, 1'000'000, "0.01 %"},
                                                                                              {999'999, 1'000'000, "99.99 %"},
                                                                                              {0, 0, "–"}}));
    CHECK(plain(share_html(part, whole)) == text);
}

TEST_CASE("nouns follow their counts", "[report]") {
    CHECK(counted(1, "feature") == "1 feature");
    CHECK(counted(0, "feature") == "0 features");
    CHECK(counted(12'345, "feature") == "12,345 features");
}

TEST_CASE("a table has a caption, heads, and cells that sort by what they mean", "[report]") {
    HtmlTable table("Sizes & names");
    table.text_column("Name").number_column("Length");
    CHECK(table.empty());
    table.row({code_cell("<a>"), bases_cell(1'500)});
    const std::string html = plain(table.html());
    CHECK(html.find("<caption>Sizes &amp; names</caption>") != std::string::npos);
    CHECK(html.find(R"(<th scope="col">Name</th><th scope="col" class="n">Length</th>)") != std::string::npos);
    CHECK(html.find(R"(<td><code>&lt;a&gt;</code></td><td class="n" data-order="1500">1.50 kb</td>)") != std::string::npos);
    CHECK(html.find("data-search") == std::string::npos);
    CHECK(table.searchable().html().find("data-search") != std::string::npos);
    CHECK(html.find('\n') == std::string::npos);
}

TEST_CASE("long cells may be broken into lines, short ones not", "[report]") {
    HtmlTable table("Names");
    table.text_column("Name");
    table.row({code_cell("gene1")});
    table.row({code_cell(std::string(200, 'x'))});
    CHECK(table.html().find("<td><code>gene1") != std::string::npos);
    CHECK(table.html().find(R"(<td class="long"><code>xxx)") != std::string::npos);
}

TEST_CASE("classes and statuses are words beside a colour", "[report]") {
    CHECK(class_cell("low_identity").html == R"(<span class="key class-low_identity">low identity</span>)");
    CHECK(status_cell("a\"b").html.find("a&quot;b") != std::string::npos);
}

TEST_CASE("a chart is described in words and has its table", "[report]") {
    const std::string html =
        figure_html({.chart = "mapq", .heading = "A & B", .note = "n", .words = "says \"it\"", .table = "<table></table>", .wide = true});
    CHECK(html.find(R"(data-chart="mapq" role="img" aria-label="says &quot;it&quot;")") != std::string::npos);
    CHECK(html.find("<h3>A &amp; B</h3>") != std::string::npos);
    CHECK(html.find("<summary>Show as table</summary><table></table>") != std::string::npos);
    CHECK(html.find("figure wide") != std::string::npos);
    CHECK(figure_html({.chart = "tasks", .heading = "h", .words = "w"}).find("<details") == std::string::npos);
}
