#include "weft/pipeline/cross_checks.hpp"

#include <catch2/catch.hpp>

#include "support/example_stage_kinds.hpp"

using namespace weft;

namespace {

StageConfig stage_of(std::string name, std::string kind) {
    return {.name = name, .base = name, .kind = std::move(kind), .file = "x.yaml", .position = {1, 1}};
}

std::vector<std::string> messages_of(const Pipeline& pipeline) {
    ProblemList problems;
    check_across_stages(pipeline, test::example_schema(), problems);
    std::vector<std::string> messages;
    for (const ConfigProblem& problem : problems.sorted()) messages.push_back(problem.message);
    return messages;
}

}  // namespace

TEST_CASE("a stage may use all that the run has, and no more", "[pipeline]") {
    Pipeline pipeline{.threads = 4, .memory = ByteSize{1'024}};
    pipeline.stages = {stage_of("align", "align")};
    pipeline.stages[0].settings.add("memory", {.value = ByteSize{1'024}});
    pipeline.stages[0].settings.add("cpu", {.value = std::int64_t{4}});
    CHECK(messages_of(pipeline).empty());
    pipeline.threads = 3;
    pipeline.memory = ByteSize{1'023};
    CHECK(messages_of(pipeline) == std::vector<std::string>{"'memory' of stage 'align' is 1k, but the whole run has 1023B",
                                                            "'cpu' of stage 'align' is 4, but the whole run has 'threads: 3'"});
    pipeline.threads = 0;
    pipeline.memory.reset();
    CHECK(messages_of(pipeline).empty());
}

TEST_CASE("each published file has one writer below the output folder", "[pipeline]") {
    Pipeline pipeline;
    pipeline.stages = {stage_of("a", "align"), stage_of("b", "align")};
    for (StageConfig& stage : pipeline.stages) stage.outputs = {"sam"};
    pipeline.stages[0].settings.add("publish", {.value = TextMap{{"sam", "x/y.sam"}}});
    pipeline.stages[1].settings.add("publish", {.value = TextMap{{"sam", "x/z/../y.sam"}}});
    CHECK(messages_of(pipeline) == std::vector<std::string>{"'x/y.sam' is published by stage 'b' and already by stage 'a' (line 1)"});
}
