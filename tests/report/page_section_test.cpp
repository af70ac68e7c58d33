#include "weft/report/page_section.hpp"

#include <catch2/catch.hpp>

using namespace weft;
using Catch::Matchers::Contains;

namespace {

RunDocument failed_run() {
    RunDocument run{.pipeline = "yeast", .status = "failed", .command = "weft run p.yaml", .exit_code = 1};
    run.stages = {{.name = "load", .status = "reused"},
                  {.name = "align",
                   .status = "failed",
                   .needs = {"load"},
                   .reason = "disk <full>",
                   .rerun = "weft run p.yaml",
                   .log_tail = {"first", "<last>"}},
                  {.name = "filter", .status = "skipped", .needs = {"align"}, .cause = "align"}};
    return run;
}

std::string verdict_of_run(const RunDocument& run) { return verdict_html(verdict_of(nullptr, &run), "T", nullptr, &run, ""); }

bool stands_before(const std::string& text, std::string_view first, std::string_view second) {
    return text.find(first) != std::string::npos && text.find(second) != std::string::npos && text.find(first) < text.find(second);
}

}  // namespace

TEST_CASE("a failed run says so in red, with stage, reason, end of the log and how to go on", "[report]") {
    const std::string html = verdict_of_run(failed_run());
    CHECK_THAT(html,
               Contains("tone-bad") && Contains("<span class=\"badge\">Failed</span>") && Contains("Stage <code>align</code> failed"));
    CHECK_THAT(html, Contains("disk &lt;full&gt;") && Contains("first\n&lt;last&gt;\n") && Contains("<code>weft run p.yaml</code>"));
    CHECK_THAT(html, Contains("Not run because of it: <code>filter</code>.") && Contains("Exit code <b>1</b>"));
    CHECK(stands_before(html, "badge", "Stage <code>align</code>"));
    CHECK(stands_before(html, "The end of its log", "How to go on"));
}

TEST_CASE("a failed stage is not told twice, other problems are still listed", "[report]") {
    const RunDocument run = failed_run();
    CHECK_THAT(verdict_of_run(run), !Contains("What to look at first") && !Contains("No problem was found"));
    AnalysisDocument analysis;
    analysis.features.total = 2;
    analysis.features.lost = 1;
    CHECK_THAT(verdict_html(verdict_of(&analysis, &run), "T", &analysis, &run, ""),
               Contains("<ol class=\"problems\"><li>1 of 2 features found no place."));
}

TEST_CASE("the verdict has the figures, the classes and the times behind them", "[report]") {
    AnalysisDocument analysis;
    analysis.features = {.total = 4, .placed = 3, .lost = 1, .bases = 4'000, .aligned_bases = 3'000};
    analysis.identity.median = 0.987;
    analysis.classes = {{"complete", 3, {}}, {"split", 0, {}}, {"unmapped", 1, {}}};
    const std::string html = verdict_html(verdict_of(&analysis, nullptr), "<T>", &analysis, nullptr, "TIMES");
    CHECK_THAT(html, Contains("<h1>&lt;T&gt;</h1>") && Contains("<dt>Lost</dt><dd>1 <span class=\"detail\">25.00") &&
                         Contains("<dt>Median identity</dt><dd>98.70"));
    CHECK_THAT(
        html,
        Contains(R"(<span class="class-complete" style="flex-grow:3"></span><span class="class-unmapped" style="flex-grow:1"></span>)"));
    CHECK_THAT(html, Contains(R"(<li class="none"><span class="key class-split">split</span> <b>0</b>)"));
    CHECK_THAT(html, Contains("\nTIMES\n") && !Contains("badge"));
}

TEST_CASE("lost features, failures and records left out each have their table and its limit", "[report]") {
    AnalysisDocument analysis;
    analysis.features.lost = 4;
    analysis.lost_reasons = {{"no seed", 3}, {"failed", 1}};
    analysis.lost_features = {{"g</td>1", "unmapped", "no seed", 500}};
    analysis.lost_features_total = 1'200;
    analysis.inputs_skipped = {{"a.fa:3", "x", "no bases"}};
    analysis.inputs_skipped_total = 1;
    RunDocument run;
    run.failures = {{"align", "g2", "too large", "a.fa:9"}};
    run.failures_total = 1;
    const std::string html = lost_section(&analysis, &run).html;
    CHECK_THAT(html, Contains("<td><code>g&lt;/td&gt;1</code></td>") && Contains("The first 1 of 1,200 are shown."));
    CHECK_THAT(html, Contains("nothing of it occurs in the reference") && Contains("75.00") && Contains("a.fa:3") && Contains("too large"));
    CHECK(stands_before(html, "too large", "a.fa:3"));
    CHECK(lost_section(nullptr, nullptr).html.empty());
}

TEST_CASE("quality leaves out what an analysis has not", "[report]") {
    AnalysisDocument analysis;
    CHECK(quality_section(analysis).html.empty());
    analysis.mapq = std::vector<std::int64_t>(61, 0);
    CHECK(quality_section(analysis).html.empty());
    analysis.mapq[60] = 3;
    analysis.mapq[0] = 1;
    const std::string html = quality_section(analysis).html;
    CHECK_THAT(html, Contains("data-chart=\"mapq\"") && Contains("MAPQ is 30 or more at 75.00") && Contains("of 4 places"));
    CHECK_THAT(html, !Contains("data-chart=\"identity\"") && !Contains("data-chart=\"depth\""));
}

TEST_CASE("a histogram's table begins and ends with a bin that is not empty", "[report]") {
    AnalysisDocument analysis;
    analysis.identity_histogram = {{0, 0.25, 0.5, 0.75, 1}, {0, 2, 0, 6}};
    const std::string html = quality_section(analysis).html;
    CHECK_THAT(html, !Contains(">0 to 25<") && Contains(">25 to 50<") && Contains(">50 to 75<") &&
                         Contains("the highest bar, 6 of 8 features, is 75 to 100 %"));
}

TEST_CASE("depth is averaged by bases, and contigs without features are counted", "[report]") {
    AnalysisDocument analysis;
    analysis.depth = {{"c1", 150, 100, {1.0, 4.0}}, {"c2", 100, 100, {0.0}}};
    const std::string html = quality_section(analysis).html;
    CHECK_THAT(html, Contains(">2.00<") && Contains("1 of 2 contigs bear no feature."));   // (100 x 1 + 50 x 4) / 150
}

TEST_CASE("the density's table has the mean identity by length", "[report]") {
    AnalysisDocument analysis;
    analysis.length_identity = {{100, 200}, {0.5, 0.75, 1}, {{1}, {3}}};
    CHECK_THAT(quality_section(analysis).html, Contains("81.25"));   // (0.625 + 3 x 0.875) / 4
}

TEST_CASE("the error profile has rates, letters and lengths", "[report]") {
    AnalysisDocument::Errors errors;
    errors.mismatches = 30;
    errors.mismatches_per_kilobase = 1.5;
    errors.substitutions = {{'A', 'G', 20}, {'A', 'C', 5}, {'C', 'G', 5}};
    errors.insertion_lengths = {{1, 7}, {12, 2}, {15, 1}};
    errors.left_clipped = {{0, 3}, {20'000, 1}};
    const std::string html = errors_html(errors);
    CHECK_THAT(html, Contains("1.50") && Contains("2.00 transitions (A-G, C-T) for each transversion."));
    CHECK_THAT(html, Contains(R"(<td class="n" style="--heat:1.000">20</td>)") && Contains(R"(style="--heat:0.250">5)"));
    CHECK_THAT(html, Contains(R"(>10 to 19</td><td class="n">3</td><td class="n">0</td>)") && Contains(">10,000 and more<"));
}

TEST_CASE("without letters the page has no table of substitutions", "[report]") {
    CHECK_THAT(errors_html({}), !Contains("Letters") && !Contains("data-chart"));
}

TEST_CASE("the dot plot counts by contig and names the longest stretches", "[report]") {
    AnalysisDocument analysis;
    CHECK(dot_plot_section(analysis).html.empty());
    analysis.dot_plot = {{{"q1", 1'000, 0}, {"q2", 500, 1'000}},
                         {{"c1", 5'000, 0}, {"c2", 3'000, 5'000}},
                         {{0, 100, 200, 300, 1, 0.9}, {1'000, 1'400, 5'000, 5'400, -1, 0.8}},
                         2,
                         9};
    const std::string html = dot_plot_section(analysis).html;
    CHECK_THAT(html, Contains("The 2 longest of 9 stretches are drawn.") && Contains("q2:1-400") && Contains("c2:1-400") &&
                         Contains("c1:201-300"));
    CHECK(stands_before(html, "q2:1-400", "q1:1-100"));
}

TEST_CASE("all that differs between runs is in one line", "[report]") {
    RunDocument run = failed_run();
    run.wall_ms = 12'345.0;
    run.peak_memory = 2'000'000'000;
    run.started = "2026-11-25T12:00:00Z";
    run.stages[1].begin_ms = 10.0;
    run.stages[1].end_ms = 510.0;
    run.slowest = {{"a\nb", 7}};
    run.running = {{0, 1}, {5, 3}};
    run.resources = {{0, 150, 1'000}};
    run.throughput = {{"below 1 kb", 100, 50'000, 0.5}};
    const std::string line = times_html(run);
    CHECK(line.find('\n') == std::string::npos);
    CHECK_THAT(line, Contains("12.3") && Contains("2026-11-25 12:00:00 UTC") && Contains("<dt>Reused</dt><dd>1 stage") &&
                         Contains("a&#10;b") && Contains("at most 3"));
    CHECK_THAT(line, Contains(R"(data-order="200">200</td>)") || Contains(R"(data-order="200">200<)"));
    CHECK_THAT(line, Contains("data-place=\"time-figures\"") && Contains("data-place=\"slowest\""));
    CHECK_THAT(time_section(run).html, Contains("id=\"time-figures\""));
}

TEST_CASE("long curves are shortened in their tables to samples evenly chosen", "[report]") {
    RunDocument run;
    for (int i = 0; i <= 1'000; ++i) run.running.push_back({100.0 * i, i});
    const std::string line = times_html(run);
    std::size_t rows = 0;
    for (auto at = line.find("<tr>"); at != std::string::npos; at = line.find("<tr>", at + 1)) ++rows;
    CHECK(rows == 21);   // with the head
    CHECK_THAT(line, Contains(">1,000</td>"));
}

TEST_CASE("stages are listed with needs and reasons; what was reused counts as done", "[report]") {
    const std::string html = stages_section(failed_run(), "<svg></svg>").html;
    CHECK_THAT(html, Contains("<svg></svg>") && Contains("status-done") && !Contains("reused"));
    CHECK_THAT(html, Contains("disk &lt;full&gt;") && Contains("align failed") && Contains("filter is skipped and needs align."));
    CHECK(stages_section({}, "").html.empty());
}

TEST_CASE("configuration has the command, origins, digests, versions and all licences", "[report]") {
    RunDocument run = failed_run();
    run.config = {{"threads", "2", "--threads"}};
    run.inputs = {{"genes", "g.fa", "abc123", 1'500'000}};
    run.versions = {{"weft", "0.1.0"}};
    const std::string html = configuration_section(&run).html;
    CHECK_THAT(html, Contains("weft run p.yaml") && Contains("--threads") && Contains("abc123") && Contains("0.1.0") && Contains("1.50"));
    CHECK_THAT(html, Contains("Apache License") && Contains("Mike Bostock") && Contains("Baidu") && Contains("Chris Pettitt") &&
                         Contains("the weft authors"));
    CHECK(configuration_section(&run).title == "Configuration");
    CHECK(configuration_section(nullptr).title == "Licences");
    CHECK_THAT(html, !Contains("igv.js"));
    CHECK_THAT(configuration_section(&run, true).html, Contains("igv.js 3.8.10") && Contains("DOMPurify") && Contains("Broad Institute"));
}

TEST_CASE("a region has a box for the picture and its records as a table", "[report]") {
    RegionSlice slice{.region = {"chr<1>", {999, 3'000}}, .overlapping = 2};
    slice.rows = {{"a<b>", {950, 1'500}, Strand::reverse, Role::primary, 0.975, 60}, {"c", {2'000, 2'100}, Strand::forward, Role::secondary, std::nullopt, 255}};
    const std::string html = regions_section(std::vector{slice}).html;
    CHECK_THAT(html, Contains("chr&lt;1&gt;:1,000-3,000") && Contains("2 records overlap it.") && Contains("data-region=\"0\""));
    CHECK_THAT(html, Contains("a&lt;b&gt;") && Contains("chr&lt;1&gt;:951-1,500") && Contains("reverse") && Contains("97.50") && Contains("another place"));
    CHECK_THAT(html, !Contains("are shown") && !Contains("<1>"));
    CHECK(regions_section({}).html.empty());
}

TEST_CASE("a sample of a region says that it is one, and so does a table that is cut", "[report]") {
    RegionSlice slice{.region = {"c", {0, 100}}, .overlapping = 12'345};
    for (int i = 0; i < 300; ++i) slice.rows.push_back({"r" + std::to_string(i), {0, 10}, Strand::forward, Role::primary, 1.0, 1});
    const std::string html = regions_section(std::vector{slice}).html;
    CHECK_THAT(html, Contains("12,345 records overlap it. <strong>300 of them are shown</strong>") && Contains("The first 200 of 300 records"));
    CHECK_THAT(html, Contains(">r199<") && !Contains(">r200<"));
    const RegionSlice empty{.region = {"c", {0, 100}}};
    CHECK_THAT(regions_section(std::vector{empty}).html, Contains("No record overlaps this region.") && !Contains("data-region"));
}
