#include "weft/pipeline/config_node.hpp"

#include <catch2/catch.hpp>

#include "weft/pipeline/yaml_tree.hpp"

using namespace weft;

namespace {

ConfigNode value_in(const std::string& yaml) {
    ProblemList problems;
    const auto tree = parse_yaml(std::make_shared<const ConfigSource>(ConfigSource{"x.yaml", yaml}), problems);
    REQUIRE(tree);
    REQUIRE(tree->find("key"));
    return *tree->find("key");
}

}  // namespace

TEST_CASE("a byte of a text is found again in the file, however it is written", "[pipeline]") {
    struct Row {
        std::string yaml;
        std::string word;
        TextPosition position;
    };
    const std::vector<Row> rows{
        {"key: one word", "word", {1, 10}},
        {"key: 'one word'", "word", {1, 11}},
        {"key: \"one word\"", "word", {1, 11}},
        {"key: \"a \\\"b\\\" word\"", "word", {1, 15}},
        {"key: one\n  folded word\n", "word", {2, 10}},
        {"key: |\n  first line\n  second word\n", "word", {3, 10}},
        {"key: >-\n  first line\n  second word\n", "word", {3, 10}},
        {"other: 1\nkey: {a: b}\n", "", {2, 6}},
    };
    for (const Row& row : rows) {
        INFO(row.yaml);
        const ConfigNode node = value_in(row.yaml);
        CHECK(node.position_of(row.word.empty() ? 0 : node.text.find(row.word)) == row.position);
    }
}

TEST_CASE("a byte behind a reference is found where the file has it, one inside of it at the reference", "[pipeline]") {
    ConfigNode node = value_in("key: a ${b} word");
    node.written = node.text;
    node.text = "a LONGER VALUE word";
    node.parts = {{.text = "a "}, {.kind = TextPart::Kind::value, .text = "LONGER VALUE", .offset = 2}, {.text = " word", .offset = 6}};
    CHECK(node.position_of(node.text.find("word")) == TextPosition{1, 13});
    CHECK(node.position_of(node.text.find("VALUE")) == TextPosition{1, 8});
}

TEST_CASE("what was found is said in few words", "[pipeline]") {
    CHECK(value_in("key: 8X").found() == "'8X'");
    CHECK(value_in("key: [1]").found() == "a list");
    CHECK(value_in("key: {a: 1}").found() == "a map");
    CHECK(value_in("key:").found() == "empty");
    CHECK(value_in("key: ''").found() == "empty");
    CHECK(value_in("key: " + std::string(50, 'x')).found() == "'" + std::string(40, 'x') + "...'");
    CHECK(value_in("key: " + std::string(39, 'x') + "\xC3\xA4\xC3\xA4").found() == "'" + std::string(39, 'x') + "...'");
}

TEST_CASE("origins have names", "[pipeline]") {
    CHECK(name_of(SettingOrigin::built_in) == "built-in");
    CHECK(name_of(SettingOrigin::file) == "file");
    CHECK(name_of(SettingOrigin::environment) == "environment");
    CHECK(name_of(SettingOrigin::command_line) == "command line");
}
