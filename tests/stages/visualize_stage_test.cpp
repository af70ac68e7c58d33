// The stage `visualize`: a page that is the same for the same analysis, and the stages as a drawing.
#include <catch2/catch.hpp>

#include "support/small_pipeline.hpp"
#include "weft/executor/journal.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using namespace weft::test;
using Catch::Matchers::Contains;

namespace {

const std::string stages = std::string(SmallPipeline::load) + SmallPipeline::parse + SmallPipeline::align + "  - { name: analyze, stage: analyze, needs: align }\n";
const std::string visualize = "  - { name: visualize, stage: visualize, needs: analyze }\n";

/// The page that the stage itself has made, without what the end of a run adds.
std::string stored_page(const SmallPipeline& small) {
    const JournalContent journal = read_journal(small.folder / "work/journal.jsonl");
    return content_of(*ResultStore(small.folder / "work").find(journal.tasks.at("visualize").last.key.digest()) + "/report.html");
}

}  // namespace

TEST_CASE("a page and drawings of the stages are published", "[stages]") {
    const SmallPipeline small(stages + visualize);
    REQUIRE(small.run().exit_code == 0);
    for (const char* file : {"report.html", "graph/stages.svg", "graph/stages.dot", "graph/stages.mmd"}) {
        INFO(file);
        CHECK(small.published(file));
    }
    CHECK_THAT(content_of(small.out("graph/stages.dot")), Contains("align") && Contains("analyze"));
    CHECK_THAT(content_of(small.out("report.html")), Contains("<title>") && Contains("small"));
}

TEST_CASE("the same analysis gives the same page, wherever and whenever", "[stages]") {
    const SmallPipeline one(stages + visualize), two(stages + visualize);
    REQUIRE(one.run({}, {"threads=1"}).exit_code == 0);
    REQUIRE(two.run({}, {"threads=2"}).exit_code == 0);
    CHECK(stored_page(one) == stored_page(two));
    CHECK_THAT(stored_page(one), !Contains(one.folder.path().string()));
}

TEST_CASE("the title is the one that is given, or the pipeline's name", "[stages]") {
    const SmallPipeline small(stages + visualize);
    REQUIRE(small.run().exit_code == 0);
    const std::string usual = stored_page(small);
    CHECK(ends_of(small.run({}, {"visualize.title=Genes of <b>mine</b>"})) == "align:reused analyze:reused load:reused parse:reused visualize:done");
    CHECK_THAT(stored_page(small), Contains("Genes of &lt;b&gt;mine") && !Contains("<b>mine"));
    CHECK_THAT(content_of(small.out("report.html")), Contains("Genes of &lt;b&gt;mine"));
    CHECK(stored_page(small) != usual);
}

TEST_CASE("a page needs an analysis before it", "[stages]") {
    const SmallPipeline small(std::string(SmallPipeline::load) + "  - { name: visualize, stage: visualize, needs: load }\n");
    CHECK_THAT(outcome_of(small.run(), "visualize").reason, Contains("no stage before it gives 'analysis'; a stage 'analyze' must stand before it"));
}

TEST_CASE("regions are shown where they are asked for, and kept for the page of the run", "[stages]") {
    const SmallPipeline small(stages + visualize);
    REQUIRE(small.run().exit_code == 0);
    CHECK_THAT(stored_page(small), !Contains("igv-code"));
    CHECK(ends_of(small.run({}, {"visualize.igv=[chr1:1-5000, chr2]"})) == "align:reused analyze:reused load:reused parse:reused visualize:done");
    CHECK_THAT(stored_page(small), Contains("igv-code") && Contains("chr1:1-5,000") && Contains("chr2:1-20,000"));
    CHECK_THAT(content_of(small.out("report.html")), Contains("igv-code") && Contains("chr1:1-5,000"));
    CHECK(ends_of(small.run()) == "align:reused analyze:reused load:reused parse:reused visualize:reused");
}

TEST_CASE("a region with a fault is refused when the file is read, one that the reference lacks when it runs", "[stages]") {
    SmallPipeline small(stages + "  - { name: visualize, stage: visualize, needs: analyze, igv: [chr1:1-10, chr1:20-10] }\n");
    CHECK_THROWS_WITH(small.read(), Contains("region 'chr1:20-10': the end 10 lies before the start 20 [W132]") && Contains("p.yaml:"));
    small.change(stages + "  - { name: visualize, stage: visualize, needs: analyze, igv: [chr3:1-10] }\n");
    CHECK_THAT(outcome_of(small.run(), "visualize").reason, Contains("p.yaml:") && Contains("igv chr3:1-10: the reference has no contig 'chr3'; did you mean chr1"));
}
