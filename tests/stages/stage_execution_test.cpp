#include "weft/stages/stage_execution.hpp"

#include <catch2/catch.hpp>
#include <filesystem>

#include "support/small_pipeline.hpp"
#include "weft/executor/file_steps.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using namespace weft::test;
using Catch::Matchers::Contains;
using Words = std::vector<std::string>;

namespace {

const std::string head = "weft: 1\nname: x\nlimits: { gpu: 2, web: 1 }\nstages:\n  - { name: load, stage: load, inputs: { features: a.fa, reference: b.fa } }\n";

Pipeline pipeline_of(const std::string& stages) { return read_pipeline_text(head + stages, "x.yaml", stage_schema()); }

/// A pipeline with one more stage, and that stage.
struct OneStage {
    Pipeline pipeline;
    std::vector<ReadyStage> ready;
    const ReadyStage& stage;

    explicit OneStage(const std::string& text) : pipeline(pipeline_of(text)), ready(ready_stages(pipeline)), stage(ready.back()) {}
};

}  // namespace

TEST_CASE("stages are made in the order of the file", "[stages]") {
    const Pipeline pipeline = pipeline_of("  - { name: b, stage: parse, needs: a }\n  - { name: a, stage: parse, needs: load }\n");
    const std::vector<ReadyStage> stages = ready_stages(pipeline);
    REQUIRE(stages.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(stages[i].config == &pipeline.stages[i]);
        CHECK(stages[i].code);
    }
}

TEST_CASE("what stages have to complain of is told for all of them at once", "[stages]") {
    const Pipeline pipeline = pipeline_of("  - { name: parse, stage: parse, needs: load }\n"
                                          "  - { name: sorted, stage: align, needs: parse, sort: true, format: paf }\n"
                                          "  - { name: odd, stage: align, needs: parse, match: 0 }\n"
                                          "  - { name: fine, stage: align, needs: parse }\n"
                                          "  - { name: other, stage: load, inputs: { a: a.fa }, sha256: { b: x } }\n"
                                          "  - { name: taken, stage: run, needs: fine, command: \"true\", outputs: { x: failures.tsv }, allow_empty: [y] }\n");
    try {
        ready_stages(pipeline);
        FAIL("bad stages pass");
    } catch (const ConfigError& error) {
        Words texts;
        for (const ConfigProblem& problem : error.problems()) texts.push_back(problem.text());
        REQUIRE(texts.size() == 5);
        CHECK_THAT(texts[0], Contains("x.yaml:7:5: stage 'sorted': `sort` is for BAM and CRAM, its format is paf; leave one of the two out [W104]"));
        CHECK_THAT(texts[1], Contains("x.yaml:8:5: stage 'odd': match score (-A) is 0"));
        CHECK_THAT(texts[2], Contains("x.yaml:10:5: stage 'other': there is no input 'b'; name one of `inputs`"));
        CHECK_THAT(texts[3] + texts[4], Contains("x.yaml:11:5: stage 'taken' publishes 'failures.tsv', which is the run's own list; give another name [W144]") &&
                                            Contains("x.yaml:11:5: stage 'taken': `allow_empty` names 'y', which is no output"));
    }
}

TEST_CASE("a stage publishes what it says, and a command all its outputs", "[stages]") {
    struct Row {
        const char* stage;
        TextMap files;
    };
    for (const Row& row : {Row{"stage: parse, needs: load", {}}, Row{"stage: parse, needs: load, publish: { features: a/b.fa, blocks: c }", {{"features", "a/b.fa"}, {"blocks", "c"}}},
                           Row{"stage: run, needs: load, command: x, outputs: { p: p.txt, q: q/ }", {{"p", "p.txt"}, {"q", "q/"}}},
                           Row{"stage: run, needs: load, command: x, outputs: { p: p.txt, q: q.txt }, publish: { q: other }", {{"q", "other"}, {"p", "p.txt"}}}}) {
        INFO(row.stage);
        const Pipeline pipeline = pipeline_of("  - { name: s, " + std::string(row.stage) + " }\n");
        CHECK(published_files(pipeline, pipeline.stages[1]) == row.files);
    }
}

TEST_CASE("the key of a stage says what decides its result and nothing else", "[stages]") {
    const TemporaryFolder folder;
    InputDigests digests(folder / "digests.json");
    const auto key_of = [&](const std::string& settings, const std::string& content = "features") {
        const OneStage one("  - { name: s, stage: parse, needs: load" + settings + " }\n");
        const auto results = std::make_shared<StageResults>(one.pipeline);
        results->add({.stage = "load", .outputs = {{"features", {folder.file("a.fa", ">" + content + "\nACGT\n"), digest_of(content)}}}});
        return content_key(one.stage, StageInputs(*one.stage.config, results), digests);
    };
    const ContentKey usual = key_of("");
    for (const char* settings : {", cpu: 3", ", memory: 1G", ", timeout: 1m", ", retry: { max: 2 }", ", priority: 3", ", on_error: skip", ", publish: { features: x }", ", on_bad_record: fail", ", cache: off"}) {
        INFO(settings);
        CHECK(key_of(settings) == usual);
    }
    CHECK_FALSE(key_of(", on_bad_record: skip") == usual);
    CHECK_FALSE(key_of("", "others") == usual);
}

TEST_CASE("files that a stage finds elsewhere are part of its key, with their names", "[stages]") {
    const SmallPipeline small(SmallPipeline::load);
    const Pipeline pipeline = small.read();
    const std::vector<ReadyStage> stages = ready_stages(pipeline);
    const StageInputs inputs(pipeline.stages[0], std::make_shared<const StageResults>(pipeline));
    InputDigests digests(small.folder / "digests.json");
    Words names;
    const ContentKey before = content_key(stages[0], inputs, digests, &names);
    CHECK(names == Words{"reference", "features"});   // in the order of the file
    small.write("features.fa", ">other\nACGT\n");
    CHECK_FALSE(content_key(stages[0], inputs, digests) == before);
    std::filesystem::remove(small.folder / "features.fa");
    CHECK_THROWS_AS(content_key(stages[0], inputs, digests), SystemError);
}

TEST_CASE("the outputs of a result are the files that are there, and folders with what they hold", "[stages]") {
    const TemporaryFolder folder;
    const OneStage one("  - { name: s, stage: run, needs: load, command: x, outputs: { file: a/x.txt, all: many, none: y.txt } }\n");
    const StageInputs inputs(*one.stage.config, std::make_shared<const StageResults>(one.pipeline));
    InputDigests digests(folder / "digests.json");
    ResultStore store(folder.path().string());
    const auto result_of = [&](std::int64_t number, const std::string& content) {
        const ContentKey key({.stage = "run", .stage_version = "1", .parameters = {{"number", number}}});
        ResultDraft draft = store.begin(key);
        for (const char* sub : {"a", "many", "many/deep", "many2"}) std::filesystem::create_directory(draft / sub);
        write_new_file(draft / "a/x.txt", "x");
        write_new_file(draft / "many/deep/1", content);
        write_new_file(draft / "many/2", "2");
        write_new_file(draft / "many2/3", std::to_string(number));   // another folder, that begins with the same letters
        const std::string place = store.publish(std::move(draft), {.key = key, .task = "s"});
        return result_in(one.stage, {key.digest(), place, read_manifest(place)}, inputs, digests);
    };
    const StageResult result = result_of(1, "1");
    CHECK(result.stage == "s");
    CHECK_FALSE(result.reused);
    CHECK(result.outputs.size() == 2);
    CHECK(result.outputs.at("file").path == result.folder + "/a/x.txt");
    CHECK(result.outputs.at("file").digest == digest_of("x"));
    CHECK(result.outputs.at("all").path == result.folder + "/many");
    CHECK(result_of(2, "1").outputs.at("all").digest == result.outputs.at("all").digest);
    CHECK(result_of(3, "other").outputs.at("all").digest != result.outputs.at("all").digest);
}

TEST_CASE("published files and folders appear below `out`, what was not made does not", "[stages]") {
    const SmallPipeline small("  - { name: s, stage: run, command: x, outputs: { file: a/x.txt, all: many, none: y.txt } }\n");
    const Pipeline pipeline = small.read();
    StageResult result{.stage = "s", .folder = small.folder / "stored"};
    for (const char* sub : {"stored", "stored/many", "stored/many/deep"}) std::filesystem::create_directory(small.folder / sub);
    small.write("stored/x", "x");
    small.write("stored/many/2", "2");
    small.write("stored/many/deep/1", "1");
    result.outputs = {{"file", {small.folder / "stored/x", {}}}, {"all", {small.folder / "stored/many", {}}}, {"unasked", {small.folder / "stored/x", {}}}};
    for (int round = 0; round < 2; ++round) {
        publish_result(pipeline, pipeline.stages[0], result);
        CHECK(tree_of(pipeline.out) == std::map<std::string, std::string>{{"a", "/"}, {"a/x.txt", "x"}, {"many", "/"}, {"many/2", "2"}, {"many/deep", "/"}, {"many/deep/1", "1"}});
    }
}
