#include "weft/stages/stage_kinds.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>
#include <stdexcept>

#include "weft/pipeline/read_pipeline.hpp"
#include "weft/stages/stage_factories.hpp"

using namespace weft;

namespace {

/// A stage of each kind as short as it can be.
std::string shortest(const std::string& kind) {
    if (kind == "load") return "inputs: { features: a.fa }";
    if (kind == "filter") return "where: mapq > 0";
    if (kind == "run") return "command: \"true\", outputs: { x: x }";
    return "priority: 0";
}

}  // namespace

TEST_CASE("every kind of stage can be written in a file and made", "[stages]") {
    const PipelineSchema schema = stage_schema();
    const std::vector<std::string> names = schema.kind_names();
    for (const char* name : {"load", "parse", "align", "filter", "run"}) CHECK(std::find(names.begin(), names.end(), name) != names.end());
    for (const StageKind& kind : schema.kinds) {
        INFO(kind.name);
        const Pipeline pipeline = read_pipeline_text("weft: 1\nname: x\nstages:\n  - { name: s, stage: " + kind.name + ", " + shortest(kind.name) + " }\n", "x.yaml", schema);
        const std::unique_ptr<Stage> stage = make_stage(pipeline, pipeline.stages.front());
        REQUIRE(stage);
        CHECK(stage->usual_memory() > 0);
        CHECK_FALSE(kind.help.empty());
        CHECK(kind.version >= 1);
        std::set<std::string> keys;
        for (const KeySpec& key : kind.keys) {
            INFO(key.name);
            CHECK(keys.insert(key.name).second);
            CHECK_FALSE(key.help.empty());
        }
        // What it writes has a name by which others can ask for it.
        for (const auto& [output, file] : stage->files()) {
            INFO(output);
            const std::vector<std::string>& given = pipeline.stages.front().outputs;
            CHECK(std::find(given.begin(), given.end(), output) != given.end());
        }
    }
}

TEST_CASE("a kind that nobody knows is a fault of ours", "[stages]") {
    CHECK_THROWS_AS(make_stage({}, {.kind = "bake"}), std::logic_error);
}
