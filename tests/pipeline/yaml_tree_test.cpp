#include "weft/pipeline/yaml_tree.hpp"

#include <catch2/catch.hpp>

using namespace weft;

namespace {

struct Parsed {
    std::optional<ConfigNode> tree{};
    std::vector<ConfigProblem> problems{};
};

Parsed parsed(const std::string& yaml, SettingOrigin origin = SettingOrigin::file) {
    ProblemList problems;
    Parsed result;
    result.tree = parse_yaml(std::make_shared<const ConfigSource>(ConfigSource{"x.yaml", yaml, origin}), problems);
    result.problems = problems.sorted();
    return result;
}

}  // namespace

TEST_CASE("the tree keeps order, repeated keys and places", "[pipeline]") {
    const Parsed found = parsed("b: 1\na: [x, {c: 'y'}]\nb: 2\nn:\n");
    REQUIRE(found.tree);
    CHECK(found.problems.empty());
    const ConfigNode& root = *found.tree;
    REQUIRE(root.is_map());
    REQUIRE(root.entries.size() == 4);
    CHECK(root.entries[0].key.text == "b");
    CHECK(root.entries[2].key.text == "b");
    CHECK(root.entries[2].value.text == "2");
    CHECK(root.entries[2].key.position == TextPosition{3, 1});
    CHECK(root.find("n")->form == ConfigNode::Form::nothing);
    const ConfigNode& list = *root.find("a");
    REQUIRE(list.is_list());
    CHECK(list.items[0].text == "x");
    CHECK(list.items[1].find("c")->text == "y");
    CHECK(list.items[1].find("c")->position == TextPosition{2, 12});
    CHECK(root.find("missing") == nullptr);
}

TEST_CASE("an empty text is an empty tree", "[pipeline]") {
    for (const char* text : {"", "# comment\n", "\n\n"}) {
        const Parsed found = parsed(text);
        REQUIRE(found.tree);
        CHECK(found.tree->form == ConfigNode::Form::nothing);
    }
}

TEST_CASE("a byte order mark and line ends of Windows are no matter", "[pipeline]") {
    const Parsed found = parsed("\xEF\xBB\xBF" "a: 1\r\nb: [2]\r\n");
    REQUIRE(found.tree);
    CHECK(found.tree->find("a")->text == "1");
    CHECK(found.tree->find("b")->items.at(0).text == "2");
}

TEST_CASE("what is refused is named and hides nothing else", "[pipeline]") {
    const Parsed found = parsed("a: &x 1\nb: *x\nc: { <<: *x }\nd: 4\n");
    REQUIRE(found.tree);
    CHECK(found.tree->find("b")->form == ConfigNode::Form::refused);
    CHECK(found.tree->find("d")->text == "4");
    CHECK(found.tree->find("c")->entries.empty());
    REQUIRE(found.problems.size() == 3);
    for (const ConfigProblem& problem : found.problems) CHECK(problem.code == problem_code::refused_yaml);
}

TEST_CASE("what is no YAML gives one problem and no tree", "[pipeline]") {
    for (const char* text : {"a: [1", "a: b: c", "a:\n\t- b\n", "a: \"b", "a: \x04", "}", ",a: 1\n", "a: 1\n]\n"}) {
        INFO(text);
        const Parsed found = parsed(text);
        CHECK_FALSE(found.tree);
        REQUIRE(found.problems.size() == 1);
        CHECK(found.problems[0].code == problem_code::syntax);
        CHECK(found.problems[0].position.line >= 1);
    }
    CHECK_FALSE(parsed(std::string(3'000, '[')).tree);
}

TEST_CASE("values from elsewhere have no lines", "[pipeline]") {
    const Parsed found = parsed("{ a: [1] }", SettingOrigin::command_line);
    REQUIRE(found.tree);
    CHECK(found.tree->find("a")->items.at(0).position == TextPosition{});
    CHECK(parsed("{ a: [1", SettingOrigin::command_line).problems.at(0).position == TextPosition{});
}
