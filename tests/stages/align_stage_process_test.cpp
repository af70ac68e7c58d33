// The stage `align` with `isolation: process`: the bytes of threads, whatever the chunks, and one row for a feature that crashes.
#include <catch2/catch.hpp>
#include <cstdlib>

#include "support/example_alignments.hpp"
#include "support/small_pipeline.hpp"
#include "weft/index/index.hpp"
#include "weft/model/error.hpp"
#include "weft/record/reference_reader.hpp"

using namespace weft;
using namespace weft::test;
using Catch::Matchers::Contains;

namespace {

SmallPipeline aligning(std::size_t features) {
    return SmallPipeline(std::string(SmallPipeline::load) + SmallPipeline::parse +
                             "  - { name: align, stage: align, needs: parse, isolation: process, format: sam, publish: { sam: out.sam, failures: list.tsv } }\n",
                         "on_error: keep-going\n", SmallGenome(features, 20'000));
}

PipelineOptions with_program() { return {.fresh = true, .program = std::getenv("WEFT")}; }

}  // namespace

TEST_CASE("poison_test: processes give the bytes of threads, whatever the chunks, the threads and the place of the index", "[stages]") {
    const SmallPipeline small = aligning(1'200);
    REQUIRE(small.run({.fresh = true}, {"align.isolation=thread"}).exit_code == 0);
    const std::string expected = content_of(small.out("out.sam"));
    for (const std::vector<std::string>& set : {std::vector<std::string>{}, {"align.chunk=small"}, {"align.chunk=small", "align.cpu=2"}, {"threads=1"}}) {
        CHECK(small.run(with_program(), set).exit_code == 0);
        CHECK(content_of(small.out("out.sam")) == expected);
        CHECK_THAT(small.log("align"), Contains("of 1200 features aligned, 0 failed") && !Contains("the aligner was"));
    }
    const Reference read = read_reference(small.folder / "genome.fa");
    Index::build(read.contigs, {.k = 15, .w = 10, .threads = 1}, read.source).save(small.folder / "genome.fa.weft");
    CHECK(small.run(with_program()).exit_code == 0);
    CHECK_THAT(small.log("align"), Contains("the index beside it is used"));
    CHECK(content_of(small.out("out.sam")) == expected);
}

TEST_CASE("poison_test: what one mode has made the other takes from the store", "[stages]") {
    const SmallPipeline small = aligning(60);
    REQUIRE(small.run(with_program()).exit_code == 0);
    CHECK(ends_of(small.run({}, {"align.isolation=thread"})) == "align:reused load:reused parse:reused");
}

TEST_CASE("poison_test: one feature that crashes is one failure, and done in part is what the run was", "[stages]") {
    const SmallPipeline small = aligning(600);
    REQUIRE(small.run({.fresh = true}, {"align.isolation=thread"}).exit_code == 0);
    std::vector<std::string> expected = lines_of(small.out("out.sam"));
    ::setenv("WEFT_FAULT", "align@gene321", 1);
    const PipelineReport report = small.run(with_program(), {"align.chunk=small"});
    ::unsetenv("WEFT_FAULT");
    CHECK(report.exit_code == 3);
    REQUIRE(report.failures.size() == 1);
    CHECK(report.failures[0].feature == "gene321");
    CHECK(content_of(small.out("list.tsv")) == "feature\treason\twhere\ngene321\tthe aligner was killed by signal 11 (SIGSEGV) at this feature\t\n");
    std::vector<std::string> lines = lines_of(small.out("out.sam"));
    std::size_t own = 0;
    const auto is_own = [](const std::string& line) { return line.starts_with("gene321\t"); };
    for (const std::string& line : lines) {
        if (!is_own(line)) continue;
        CHECK_THAT(line, Catch::Matchers::StartsWith("gene321\t4\t*\t0\t"));
        ++own;
    }
    CHECK(own == 1);
    std::erase_if(lines, is_own);
    CHECK(std::erase_if(expected, is_own) >= 1);
    CHECK(lines == expected);
    // It stays so without the fault, for the result is kept; a fresh run tries it again.
    CHECK(small.run({.program = std::getenv("WEFT")}).exit_code == 3);
    CHECK(small.run(with_program()).exit_code == 0);
}

TEST_CASE("poison_test: memory that is not sufficient is tried again with more, as the retry says", "[stages]") {
    const SmallPipeline small = aligning(20);
    const std::string once = small.folder / "once";
    PipelineOptions options = with_program();
    options.program = small.write("program", "#!/bin/sh\ntest -e '" + once + "' || { : > '" + once + "'; echo 'weft: no memory' >&2; exit 12; }\nexec \"$WEFT\" \"$@\"\n");
    std::filesystem::permissions(options.program, std::filesystem::perms{0755});
    CHECK(small.run(options, {"align.retry.max=1", "align.retry.backoff=1ms", "align.retry.on=[oom]"}).exit_code == 0);
    CHECK_THAT(small.log("align"), Contains("attempt 1 failed: no memory; see `memory` and `retry`; it is tried again"));
    std::filesystem::remove(once);
    const PipelineReport report = small.run(options);
    CHECK(outcome_of(report, "align").end == StageEnd::failed);
    CHECK_THAT(outcome_of(report, "align").reason, Contains("no memory"));
}

TEST_CASE("poison_test: without a program to start nothing begins", "[stages]") {
    const SmallPipeline small = aligning(20);
    CHECK_THROWS_WITH(small.run(), Contains("stage 'align': `isolation: process` starts the weft program, and it is not known where that is"));
    CHECK_THROWS_AS(small.run(), UsageError);
    CHECK(small.run({.until = "parse"}).exit_code == 0);   // which needs none
    CHECK_THROWS_WITH(small.run({}, {"parse.isolation=process"}), Contains("is for stages of the kinds align and run, this one is of the kind parse"));
}
