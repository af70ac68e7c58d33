#include "weft/report/page.hpp"

#include <catch2/catch.hpp>

#include <string_view>
#include <vector>

#include "weft/model/error.hpp"
#include "weft/report/page_assets.hpp"
#include "weft/report/regions_document.hpp"

using namespace weft;
using Catch::Matchers::Contains;

namespace {

constexpr const char* analysis_json =
    R"({"weft_analysis": 1, "source": {"label": "genes.bam"}, "features": {"total": 2, "placed": 1, "lost": 1},
    "lost_features": {"total": 1, "rows": [{"name": "</script><b>x</b><img src=x onerror=alert(1)>", "length": 9, "class": "unmapped",
                                            "reason": "no seed"}]}})";

std::string run_json(const std::string& wall, const std::string& status) {
    return R"({"weft_run": 1, "pipeline": "p", "status": "done", "exit_code": 0, "command": "weft run p.yaml", "wall_ms": )" + wall +
           R"(, "peak_memory": )" + wall + R"(000, "stages": [{"name": "align", "status": ")" + status +
           R"(", "needs": [], "begin_ms": 1, "end_ms": )" + wall + R"(}]})";
}

// The page without what is the same in every page.
std::string body_of(const std::string& html) {
    return html.substr(html.find("<body>"), html.find("id=\"lasting-data\"") - html.find("<body>"));
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

std::size_t count_of(std::string_view text, std::string_view word) {
    std::size_t count = 0;
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + word.size())) ++count;
    return count;
}

}  // namespace

TEST_CASE("the same documents give the same bytes", "[report]") {
    const ReportPage page{.title = "T", .analysis_json = analysis_json, .run_json = run_json("12", "done")};
    CHECK(report_html(page) == report_html(page));
}

TEST_CASE("two runs of the same input differ in one line, which can be left out", "[report]") {
    ReportPage first{.title = "T", .analysis_json = analysis_json, .run_json = run_json("12", "done")};
    ReportPage second{.title = "T", .analysis_json = analysis_json, .run_json = run_json("3456", "reused")};
    const auto a = lines_of(report_html(first));
    const auto b = lines_of(report_html(second));
    REQUIRE(a.size() == b.size());
    std::vector<std::size_t> different;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (a[i] != b[i]) different.push_back(i);
    REQUIRE(different.size() == 1);
    CHECK_THAT(a[different[0]], Contains("id=\"times-data\""));
    first.times = second.times = false;
    CHECK(report_html(first) == report_html(second));
    CHECK_THAT(body_of(report_html(first)), !Contains("times-data") && !Contains("href=\"#time\""));
}

TEST_CASE("names cannot become elements, wherever they stand", "[report]") {
    const std::string hostile = "</script><b>x</b><img src=x onerror=alert(1)>";
    const std::string json = R"({"weft_run": 1, "pipeline": "H", "status": "failed", "command": "H", "started": "H",
        "stages": [{"name": "H", "kind": "H", "status": "failed", "needs": ["H"], "reason": "H", "cause": "H",
                    "log_tail": ["H"], "rerun": "H", "begin_ms": 1, "end_ms": 2},
                   {"name": "I", "status": "H", "needs": [], "cause": "H"}],
        "tasks": [{"name": "H", "stage": "H", "lane": 0, "begin_ms": 0, "end_ms": 1}], "slowest": [{"name": "H", "ms": 1}],
        "throughput": [{"size_class": "H", "features": 1, "bases": 1, "seconds": 1}],
        "failures": [{"stage": "H", "feature": "H", "reason": "H", "where": "H"}], "config": [{"key": "H", "value": "H", "origin": "H"}],
        "inputs": [{"name": "H", "path": "H", "digest": "H", "bytes": 1}], "versions": {"H": "H"}})";
    std::string filled;
    for (const char letter : json) filled += letter == 'H' ? hostile : std::string(1, letter);
    const std::string html = report_html({.title = hostile, .analysis_json = analysis_json, .run_json = filled});
    CHECK(html.find("<b>x</b>") == std::string::npos);
    CHECK(html.find("<img src=x") == std::string::npos);
    CHECK(count_of(html, "&lt;/script&gt;&lt;b&gt;x") > 30);
    CHECK(count_of(html, "<script") == count_of(html, "</script>"));
    CHECK(count_of(html, "<script") == 6);
}

TEST_CASE("the page allows its own scripts, told by their digests, and no network", "[report]") {
    const std::string html = report_html({.title = "T", .analysis_json = analysis_json});
    const std::string policy = html.substr(html.find("Content-Security-Policy"), 600);
    CHECK_THAT(policy, Contains("default-src 'none'") && !Contains("http") && !Contains("script-src 'unsafe-inline'"));
    CHECK(count_of(policy, "'sha256-") == 4);
    for (const char* asks : {"src=\"http", "href=\"http", "@import", "url(http"}) CHECK(body_of(html).find(asks) == std::string::npos);
}

TEST_CASE("a page has a region view, its script and its licence when regions are given, and nothing of it else", "[report]") {
    RegionSlice slice{.region = {"chrI", {0, 20'000}}, .contig_length = 230'218, .letters = "ACGT", .bam = "BAM", .overlapping = 1};
    slice.rows = {{"</script><b>x</b>", {5, 9}, Strand::forward, Role::primary, 1.0, 60}};
    const std::string with = report_html({.title = "T", .analysis_json = analysis_json, .regions_json = regions_json(std::vector{slice})});
    const std::string without = report_html({.title = "T", .analysis_json = analysis_json});
    for (const char* word : {"id=\"regions\"", "id=\"regions-data\"", "id=\"igv-code\"", "<a href=\"#regions\">", "igv.js", "createBrowser", ".region.turned"}) {
        INFO(word);
        CHECK(with.find(word) != std::string::npos);
        CHECK(without.find(word) == std::string::npos);
    }
    CHECK(with.find("<b>x</b>") == std::string::npos);
    CHECK(count_of(with.substr(with.find("Content-Security-Policy"), 700), "'sha256-") == 5);
    CHECK(with.size() > without.size() + 500'000);
    CHECK(with.size() < without.size() + 700'000);
}

TEST_CASE("the assets are whole and cannot end the element that holds them", "[report]") {
    const PageAssets& assets = page_assets();
    CHECK(assets.echarts.text.size() > 1'000'000);
    CHECK(assets.dagre.text.size() > 40'000);
    for (const PageScript* script : {&assets.theme, &assets.echarts, &assets.dagre, &assets.page, &assets.page_with_regions, &assets.igv}) {
        CHECK(script->sha256.size() == 64);
        CHECK(script->text.find("</script") == std::string_view::npos);
        CHECK(script->text.find("<!--") == std::string_view::npos);
        CHECK(script->text.find("//# sourceMappingURL") == std::string_view::npos);
    }
    CHECK(assets.style.find("--class-unmapped") != std::string_view::npos);
    CHECK(assets.dark_style.find("--class-unmapped") != std::string_view::npos);
}

TEST_CASE("sections stand in their order, and those without data are left out", "[report]") {
    struct Row {
        const char* analysis;
        std::string run;
        std::vector<std::string> sections;
    };
    const auto row = GENERATE(Row{analysis_json, "", {"verdict", "lost", "configuration"}},
                              Row{"", run_json("5", "done"), {"verdict", "time", "stages", "configuration"}},
                              Row{analysis_json, run_json("5", "done"), {"verdict", "lost", "time", "stages", "configuration"}});
    const std::string html = body_of(report_html({.title = "T", .analysis_json = row.analysis, .run_json = row.run}));
    std::vector<std::string> sections;
    for (auto at = html.find("<section id=\""); at != std::string::npos; at = html.find("<section id=\"", at + 1))
        sections.push_back(html.substr(at + 13, html.find('"', at + 13) - at - 13));
    CHECK(sections == row.sections);
    for (const std::string& section : sections) CHECK_THAT(html, Contains("<a href=\"#" + section + "\">"));
}

TEST_CASE("the graph is put in as it is drawn", "[report]") {
    const std::string html =
        report_html({.title = "T", .run_json = run_json("5", "done"), .stage_graph_svg = "<svg><path d=\"M0,0\"/></svg>"});
    CHECK_THAT(body_of(html), Contains("<svg><path d=\"M0,0\"/></svg>"));
}

TEST_CASE("a report needs something to report on", "[report]") { CHECK_THROWS_AS(report_html({.title = "T"}), UsageError); }
