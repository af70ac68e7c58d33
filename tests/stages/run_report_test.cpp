#include "weft/stages/run_report.hpp"

#include <catch2/catch.hpp>
#include <filesystem>

#include "support/small_pipeline.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using namespace weft::test;
using Catch::Matchers::Contains;

namespace {

const std::string stages = std::string(SmallPipeline::load) + SmallPipeline::parse + SmallPipeline::align + "  - { name: analyze, stage: analyze, needs: align }\n" +
                           "  - { name: visualize, stage: visualize, needs: analyze, title: A page }\n";

std::string page_of(const SmallPipeline& small) { return content_of(small.out("report.html")); }

}  // namespace

TEST_CASE("the page of a run tells what was run, and a run that had nothing to do leaves it", "[stages]") {
    const SmallPipeline small(stages);
    const PipelineReport report = small.run({.command = "weft run <p.yaml>", .versions = {{"weft", "1.2.3-test"}}});
    CHECK(report.report == small.out("report.html"));
    const std::string page = page_of(small);
    CHECK_THAT(page, Contains("A page") && Contains("1.2.3-test") && Contains("features.fa"));
    const auto before = std::filesystem::last_write_time(small.out("report.html"));
    const PipelineReport again = small.run();
    CHECK(again.report == small.out("report.html"));
    CHECK(std::filesystem::last_write_time(small.out("report.html")) == before);
    CHECK(page_of(small) == page);
    std::filesystem::remove(small.out("report.html"));
    small.run();
    CHECK(small.published("report.html"));
}

TEST_CASE("a run that finds all its results in the store has its own page, not that of the run before", "[stages]") {
    const SmallPipeline small(stages);
    const auto run = [&](const char* title) {
        CHECK(small.run({}, {std::string("visualize.title=") + title}).exit_code == 0);
        return page_of(small);
    };
    CHECK_THAT(run("Anemone"), Contains("<title>Anemone") && !Contains("Buttercup"));
    CHECK_THAT(run("Buttercup"), Contains("<title>Buttercup") && !Contains("Anemone"));
    const std::string first_again = run("Anemone");
    CHECK_THAT(first_again, Contains("<title>Anemone") && !Contains("Buttercup"));
    CHECK(run("Anemone") == first_again);
}

TEST_CASE("without times two runs give the same page", "[stages]") {
    const SmallPipeline one(stages), two(stages);
    one.run({.times = false}, {"threads=1"});
    two.run({.times = false, .command = "another"}, {"threads=2"});
    CHECK(page_of(one) == page_of(two));
    two.run({.fresh = true, .times = true});
    CHECK(page_of(one) != page_of(two));
}

TEST_CASE("a run that failed half-way has a page that says so", "[stages]") {
    const SmallPipeline small(stages);
    small.write("genome.fa", ">chr1\nACGT<XT\n");
    const PipelineReport report = small.run();
    CHECK(report.exit_code == 1);
    CHECK(report.report == small.out("report.html"));
    CHECK_THAT(page_of(small), Contains("align") && Contains("is not a nucleotide letter") && !Contains("'<'"));
    small.write("genome.fa", small.genome.fasta());
    CHECK(small.run().exit_code == 0);
    CHECK_THAT(page_of(small), !Contains("is not a nucleotide letter"));
}

TEST_CASE("records that were skipped are in the page", "[stages]") {
    const SmallPipeline small(stages);
    small.write("features.fa", small.genome.features_fasta() + ">bad<one\nMKLV\n");
    CHECK(small.run({}, {"parse.on_bad_record=skip"}).exit_code == 3);
    CHECK_THAT(page_of(small), Contains("bad&lt;one") && !Contains("bad<one"));
}

TEST_CASE("a pipeline without a page makes none", "[stages]") {
    const SmallPipeline small(std::string(SmallPipeline::load) + SmallPipeline::parse);
    CHECK(small.run().report.empty());
    CHECK_THROWS_WITH(report_last_run(small.read(), {}), Contains("the pipeline has no stage 'visualize', so it has no page"));
}

TEST_CASE("each stage of that kind has its own page", "[stages]") {
    const SmallPipeline small(stages + "  - { name: other, stage: visualize, needs: analyze, title: Another page }\n");
    REQUIRE(small.run().exit_code == 0);
    CHECK_THAT(content_of(small.out("visualize/report.html")), Contains("A page"));
    CHECK_THAT(content_of(small.out("other/report.html")), Contains("Another page"));
}

TEST_CASE("the page of the last run can be made again from its log", "[stages]") {
    const SmallPipeline small(stages);
    const Pipeline pipeline = small.read();
    CHECK_THROWS_AS(report_last_run(pipeline, {}), SystemError);   // nothing ever ran
    small.run();
    std::filesystem::remove(small.out("report.html"));
    CHECK(report_last_run(pipeline, {.versions = {{"weft", "1.2.3-test"}}}) == std::vector<std::string>{small.out("report.html")});
    CHECK_THAT(page_of(small), Contains("A page") && Contains("1.2.3-test") && Contains("features.fa"));
}
