#include "weft/report/page_verdict.hpp"

#include <catch2/catch.hpp>

using namespace weft;

namespace {

AnalysisDocument analysis_of(std::int64_t total, std::int64_t lost) {
    AnalysisDocument analysis;
    analysis.features.total = total;
    analysis.features.placed = total - lost;
    analysis.features.lost = lost;
    return analysis;
}

RunDocument run_of(const std::string& status, std::vector<RunDocument::Stage> stages) {
    return {.pipeline = "p", .status = status, .command = "weft run p.yaml", .stages = std::move(stages)};
}

std::vector<std::string> sentences(const ReportVerdict& verdict) {
    std::vector<std::string> result;
    for (const ReportVerdict::Problem& problem : verdict.problems) result.push_back(problem.sentence);
    return result;
}

}  // namespace

TEST_CASE("lost features are told with their foremost reason in words", "[report]") {
    AnalysisDocument analysis = analysis_of(10'000, 412);
    analysis.lost_reasons = {{"no seed", 380}, {"low score", 32}};
    const ReportVerdict verdict = verdict_of(&analysis, nullptr);
    CHECK(verdict.headline == "9,588 of 10,000 features have a place.");
    CHECK(verdict.status.empty());
    CHECK(sentences(verdict) ==
          std::vector<std::string>{"412 of 10,000 features found no place; 380 of them because nothing of them occurs in the reference."});
    CHECK(verdict.problems.front().section == "lost");
}

TEST_CASE("a reason that all the lost share needs no second count", "[report]") {
    AnalysisDocument analysis = analysis_of(10, 1);
    analysis.lost_reasons = {{"low_score", 1}};
    CHECK(
        sentences(verdict_of(&analysis, nullptr)) ==
        std::vector<std::string>{"1 of 10 features found no place, because what was found of it is too short or too different to count."});
}

TEST_CASE("reasons that are not known are told as they are", "[report]") {
    CHECK(lost_reason_text("eaten by a grue", 2) == "eaten by a grue");
    CHECK(lost_reason_text("too_short", 2) == "they are too short to be looked up");
}

TEST_CASE("nothing to complain of is said by having no problem", "[report]") {
    const AnalysisDocument analysis = analysis_of(10'000, 0);
    const RunDocument run = run_of("done", {{.name = "a", .status = "done"}});
    const ReportVerdict verdict = verdict_of(&analysis, &run);
    CHECK(verdict.tone == ReportVerdict::Tone::good);
    CHECK(verdict.status == "Done");
    CHECK(verdict.headline == "All 10,000 features have a place.");
    CHECK(verdict.problems.empty());
    CHECK(verdict.how_to_go_on.empty());
}

TEST_CASE("the three worst problems stand in the order of what they cost", "[report]") {
    AnalysisDocument analysis = analysis_of(1'000, 20);
    analysis.classes = {{"partial", 100, {}}, {"duplicate", 300, {}}, {"truncated", 1, {}}, {"split", 5, {}}};
    analysis.inputs_skipped = {{"g.fa:7", "x", "the letter '!' is no base."}};
    analysis.inputs_skipped_total = 40;
    CHECK(sentences(verdict_of(&analysis, nullptr)) ==
          std::vector<std::string>{
              "100 features have a place for a part of their bases only.",
              "40 records of the input were left out, for they are not valid; the first one is at g.fa:7: the letter '!' is no base.",
              "300 features fit as well at another place: repeats or recent copies, so their place is a guess."});
}

TEST_CASE("one feature is spoken of in the singular", "[report]") {
    AnalysisDocument analysis = analysis_of(2, 0);
    analysis.classes = {{"truncated", 1, {}}};
    CHECK(sentences(verdict_of(&analysis, nullptr)) ==
          std::vector<std::string>{"1 feature runs over the end of a contig: the assembly stops within it."});
}

TEST_CASE("a failed run says where it stopped and how to go on, before anything else", "[report]") {
    AnalysisDocument analysis = analysis_of(10, 5);
    const RunDocument run =
        run_of("failed", {{.name = "load", .status = "reused"},
                          {.name = "align", .status = "failed", .reason = "disk full", .rerun = "weft run p.yaml --until align"},
                          {.name = "filter", .status = "skipped", .cause = "align"}});
    const ReportVerdict verdict = verdict_of(&analysis, &run);
    CHECK(verdict.tone == ReportVerdict::Tone::bad);
    CHECK(verdict.status == "Failed");
    CHECK(verdict.headline == "The run stopped at the stage align; 1 of 3 stages is done.");
    CHECK(verdict.how_to_go_on == "weft run p.yaml --until align");
    REQUIRE(verdict.problems.size() == 2);
    CHECK(verdict.problems[0].sentence == "The stage align failed: disk full.");
    CHECK(verdict.problems[0].section == failed_stages_id);
    CHECK(verdict.problems[1].section == "lost");
}

TEST_CASE("the status of a run decides tone and headline", "[report]") {
    struct Row {
        const char* status;
        const char* stage;
        ReportVerdict::Tone tone;
        const char* shown;
        const char* headline;
        const char* go_on;
    };
    const auto row =
        GENERATE(Row{"done", "done", ReportVerdict::Tone::good, "Done", "All 2 stages are done.", ""},
                 Row{"partial", "failed", ReportVerdict::Tone::warning, "Done in part", "1 of 2 stages is done.", "weft run p.yaml"},
                 Row{"cancelled", "cancelled", ReportVerdict::Tone::warning, "Cancelled", "The run was cancelled; 1 of 2 stages is done.",
                     "weft run p.yaml"},
                 Row{"failed", "waiting", ReportVerdict::Tone::bad, "Failed", "The run did not come to its end; 1 of 2 stages is done.",
                     "weft run p.yaml"});
    INFO(row.status);
    const RunDocument run = run_of(row.status, {{.name = "a", .status = "done"}, {.name = "b", .status = row.stage}});
    const ReportVerdict verdict = verdict_of(nullptr, &run);
    CHECK(verdict.tone == row.tone);
    CHECK(verdict.status == row.shown);
    CHECK(verdict.headline == row.headline);
    CHECK(verdict.how_to_go_on == row.go_on);
}

TEST_CASE("features that could not be worked on and a filter that lets nothing pass are problems", "[report]") {
    AnalysisDocument analysis = analysis_of(10, 0);
    analysis.filtered = {0, {{"mapq >= 61", 10}, {"identity >= 0.9", 3}}};
    RunDocument run = run_of("partial", {{.name = "a", .status = "done"}});
    run.failures = {{"align", "g1", "the band needs 12 GB", ""}};
    run.failures_total = 3;
    CHECK(sentences(verdict_of(&analysis, &run)) ==
          std::vector<std::string>{"The filter let nothing pass; 10 alignments were rejected by `mapq >= 61`.",
                                   "3 features could not be worked on; the first reason: the band needs 12 GB."});
}
