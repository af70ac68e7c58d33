#include "weft/stages/plan.hpp"

#include <catch2/catch.hpp>
#include <filesystem>

#include "support/small_pipeline.hpp"
#include "weft/executor/journal.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using namespace weft::test;
using Catch::Matchers::Contains;

namespace {

const std::string filter = "  - { name: keep, stage: filter, needs: align, where: mapq >= 0 }\n";
const std::string stages = std::string(SmallPipeline::load) + SmallPipeline::parse + SmallPipeline::align + filter;

std::string_view word_of(PlannedState state) { return state == PlannedState::up_to_date ? "keep" : state == PlannedState::runs ? "run" : "maybe"; }

/// "parse run: it never ran here" of each stage; further reasons behind "|".
std::vector<std::string> lines_of(const Plan& plan) {
    std::vector<std::string> lines;
    for (const PlannedStage& stage : plan.stages) {
        std::string line = stage.name + " " + std::string(word_of(stage.state)) + ":";
        for (const std::string& reason : stage.reasons) line += (line.back() == ':' ? " " : " | ") + reason;
        CHECK_FALSE(stage.reasons.empty());
        lines.push_back(line);
    }
    return lines;
}

/// The plan, and that making it changed nothing in the folder.
std::vector<std::string> plan_of(const SmallPipeline& small, const std::vector<std::string>& set = {}, const std::string& until = "") {
    const Pipeline pipeline = small.read(set);
    const auto before = tree_of(small.folder.path());
    const Plan plan = plan_pipeline(pipeline, until);
    CHECK(tree_of(small.folder.path()) == before);
    return lines_of(plan);
}

using Lines = std::vector<std::string>;

const Lines all_kept{"load keep: nothing it depends on has changed", "parse keep: nothing it depends on has changed", "align keep: nothing it depends on has changed",
                     "keep keep: nothing it depends on has changed"};

/// The folder of the result of a stage.
std::string result_of(const SmallPipeline& small, const std::string& stage) {
    const JournalContent journal = read_journal(small.folder / "work/journal.jsonl");
    return *ResultStore(small.folder / "work").find(journal.tasks.at(stage).last.key.digest());
}

}  // namespace

TEST_CASE("before the first run everything runs, and planning writes nothing", "[stages]") {
    const SmallPipeline small(stages);
    CHECK(plan_of(small) == Lines{"load run: it never ran here", "parse run: it never ran here", "align run: it never ran here", "keep run: it never ran here"});
    CHECK_FALSE(std::filesystem::exists(small.folder / "work"));
    CHECK(plan_of(small, {}, "parse") == Lines{"load run: it never ran here", "parse run: it never ran here"});
    CHECK_THROWS_WITH(plan_of(small, {}, "prase"), Contains("there is no stage 'prase'; did you mean parse?"));
}

TEST_CASE("after a run nothing runs", "[stages]") {
    const SmallPipeline small(stages);
    REQUIRE(small.run().exit_code == 0);
    CHECK(plan_of(small) == all_kept);
    const Plan plan = plan_pipeline(small.read());
    CHECK(plan.count(PlannedState::up_to_date) == 4);
    CHECK(plan.expected.count() == 0);
    CHECK(plan.unknown_times == 0);
    for (const PlannedStage& stage : plan.stages) {
        REQUIRE(stage.key);
        REQUIRE(stage.last_key);
        CHECK(*stage.key == *stage.last_key);
        CHECK(stage.expected);
    }
}

TEST_CASE("a changed setting is named with both values, and what follows waits for its outcome", "[stages]") {
    const SmallPipeline small(stages);
    REQUIRE(small.run().exit_code == 0);
    const std::string ran = "keep maybe: 'align' has to run first";
    CHECK(plan_of(small, {"align.min_score=99"}) == Lines{all_kept[0], all_kept[1], "align run: align.min_score was \"40\", now it is \"99\"", ran});
    CHECK(plan_of(small, {"keep.where=mapq >= 1"})[3] == "keep run: where was \"mapq >= 0\", now it is \"mapq >= 1\"");
    CHECK(plan_of(small, {"align.chunk=7", "threads=1", "memory=1G"}) == all_kept);
    const Plan plan = plan_pipeline(small.read({"align.min_score=99"}));
    CHECK(plan.count(PlannedState::runs) == 1);
    CHECK(plan.count(PlannedState::undecided) == 1);
    CHECK_FALSE(plan.stages[3].key);
    CHECK(plan.stages[3].last_key);
    CHECK(plan.expected >= *plan.stages[2].expected);
}

TEST_CASE("a changed input is named", "[stages]") {
    const SmallPipeline small(stages);
    REQUIRE(small.run().exit_code == 0);
    small.write("features.fa", content_of(small.folder / "features.fa") + ">more\nACGTACGTACGTAGCTAGCTAGCTACGATCGATCAGCTACGACT\n");
    CHECK(plan_of(small) == Lines{"load run: the content of its input 'features' has changed", "parse maybe: 'load' has to run first",
                                  "align maybe: 'parse' has to run first", "keep maybe: 'align' has to run first"});
    std::filesystem::remove(small.folder / "features.fa");
    CHECK_THROWS_WITH(plan_of(small), Contains("features.fa: cannot open"));
}

TEST_CASE("a result that was removed or damaged is made again", "[stages]") {
    const SmallPipeline small(stages);
    REQUIRE(small.run().exit_code == 0);
    const std::string align = result_of(small, "align");
    std::filesystem::permissions(align + "/alignments.sam", std::filesystem::perms{0644});
    std::filesystem::resize_file(align + "/alignments.sam", 10);
    CHECK_THAT(plan_of(small)[2], Contains("align run: its stored result is damaged: alignments.sam: has 10 bytes"));
    std::filesystem::remove(align + "/alignments.sam");
    CHECK(plan_of(small)[2] == "align run: its stored result is damaged: alignments.sam: is missing");
    std::filesystem::remove_all(align);
    CHECK(plan_of(small)[2] == "align run: its result was removed");
    CHECK(plan_of(small)[3] == "keep maybe: 'align' has to run first");
}

TEST_CASE("a stage that failed last time says so", "[stages]") {
    const SmallPipeline small(std::string(SmallPipeline::load) + "  - { name: no, stage: run, needs: load, command: exit 3, outputs: { x: x.txt }, pure: true }\n");
    REQUIRE(small.run().exit_code == 1);
    CHECK(plan_of(small) == Lines{all_kept[0], "no run: it failed last time"});
    CHECK_THAT(plan_of(small, {"no.command=exit 4"})[1], Contains("no run: command was \"exit 3\", now it is \"exit 4\""));
}

TEST_CASE("stages that run every time say why", "[stages]") {
    SmallPipeline small(std::string(SmallPipeline::load) + "  - { name: parse, stage: parse, needs: load, cache: off }\n"
                              "  - { name: date, stage: run, needs: parse, command: \"date > ${output.x}\", outputs: { x: x.txt } }\n");
    REQUIRE(small.run().exit_code == 0);
    CHECK(plan_of(small)[1] == "parse run: it has `cache: off`");
    CHECK(plan_of(small)[2] == "date maybe: 'parse' has to run first");
    small.change(std::string(SmallPipeline::load) + "  - { name: date, stage: run, needs: load, command: \"date > ${output.x}\", outputs: { x: x.txt } }\n"
                                                    "  - { name: spool, stage: load, inputs: { features: \"-\" } }\n");
    CHECK(plan_of(small) == Lines{all_kept[0], "date run: it is not declared `pure: true`, so it runs every time",
                                  "spool run: it reads standard input, which may be another one each time"});
}

TEST_CASE("a stage that is new to a work folder never ran, whatever stands before it", "[stages]") {
    SmallPipeline small(std::string(SmallPipeline::load) + SmallPipeline::parse);
    REQUIRE(small.run().exit_code == 0);
    small.change(stages);
    CHECK(plan_of(small) == Lines{all_kept[0], all_kept[1], "align run: it never ran here", "keep run: it never ran here"});
    CHECK(plan_pipeline(small.read()).unknown_times == 2);
}

TEST_CASE("differences between keys are told in words", "[stages]") {
    struct Row {
        KeyDifference difference;
        const char* text;
    };
    for (const Row& row : {Row{{"parameters.where", "\"a\"", "\"b\""}, "where was \"a\", now it is \"b\""}, Row{{"parameters.env.X", "", "\"b\""}, "env.X is new: \"b\""},
                           Row{{"parameters.env.X", "\"a\"", ""}, "env.X is gone: it was \"a\""}, Row{{"inputs[1]", "\"12\"", "\"34\""}, "the content of its input 'target' has changed"},
                           Row{{"inputs[7]", "\"12\"", "\"34\""}, "inputs[7] was \"12\", now it is \"34\""}, Row{{"version", "\"1\"", "\"2\""}, "version was \"1\", now it is \"2\""}}) {
        CHECK(difference_text(row.difference, {"features", "target"}) == row.text);
    }
}
