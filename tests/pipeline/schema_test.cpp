#include "weft/pipeline/schema.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "support/example_stage_kinds.hpp"
#include "weft/pipeline/read_value.hpp"
#include "weft/pipeline/yaml_tree.hpp"

using namespace weft;

namespace {

void check_keys_of_schema(const std::vector<KeySpec>& keys) {
    for (const KeySpec& key : keys) {
        INFO(key.name);
        check_keys_of_schema(key.members);
        if (key.default_value.empty()) continue;
        ProblemList problems;
        const auto node = parse_yaml(std::make_shared<const ConfigSource>(ConfigSource{"default", key.default_value}), problems);
        REQUIRE(node);
        CHECK(read_value(*node, key.kind, {key.name, {}}, problems));
    }
}

}  // namespace

TEST_CASE("every default of the common keys is a right value, and every common key has its line of help", "[pipeline]") {
    const PipelineSchema schema = pipeline_schema({{.name = "bare"}});
    check_keys_of_schema(schema.file_keys);
    check_keys_of_schema(schema.find("bare")->keys);
    for (const KeySpec& key : schema.file_keys) CHECK_FALSE(key.help.empty());
    for (const KeySpec& key : schema.find("bare")->keys) CHECK_FALSE(key.help.empty());
}

TEST_CASE("stage kinds have the common keys beside their own, which come first and win", "[pipeline]") {
    const PipelineSchema schema = test::example_schema();
    const std::vector<std::string> keys = names_of(schema.find("load")->keys);
    CHECK(keys.front() == "inputs");
    CHECK(std::count(keys.begin(), keys.end(), "kind") == 1);
    CHECK(std::count(keys.begin(), keys.end(), "memory") == 1);
    CHECK(schema.find("load")->keys.at(1).default_value == "io");
    CHECK(schema.find("none") == nullptr);
    CHECK(schema.kind_names().front() == "load");
}
