#include "weft/pipeline/references.hpp"

#include <catch2/catch.hpp>

#include "weft/pipeline/yaml_tree.hpp"

using namespace weft;

namespace {

/// `vars` and the node `key` of one text.
class Lookup {
public:
    explicit Lookup(const std::string& yaml) {
        root_ = parse_yaml(std::make_shared<const ConfigSource>(ConfigSource{"x.yaml", yaml}), problems_);
        REQUIRE(root_);
    }

    ConfigNode resolve(const ReferenceScope& scope = {}) {
        References references(root_->find("vars"), problems_);
        return references.resolve(*root_->find("key"), scope);
    }

    std::vector<std::string> messages() const {
        std::vector<std::string> texts;
        for (const ConfigProblem& problem : problems_.sorted()) texts.push_back(problem.text());
        return texts;
    }

private:
    ProblemList problems_{};
    std::optional<ConfigNode> root_{};
};

}  // namespace

TEST_CASE("references are looked up in texts, through other variables and into maps", "[pipeline]") {
    const std::vector<std::pair<std::string, std::string>> rows{
        {"${a}", "one"}, {"x/${a}.fa", "x/one.fa"}, {"${a}${a}", "oneone"}, {"${m.x}", "inner"}, {"${b}!", "<one>!"}, {"${to_m.y}", "${a}"},
        {"$${a}", "${a}"}, {"$a $$ $", "$a $$ $"}, {"$$${a}", "$${a}"}, {"[${none}]", "[]"}, {"${deep.x}", "inner"}};
    for (const auto& [text, expected] : rows) {
        INFO(text);
        Lookup lookup("vars: { a: one, b: '<${a}>', m: { x: inner, y: '$${a}' }, to_m: '${m}', deep: '${to_m}', none: }\nkey: '" + text +
                      "'\n");
        CHECK(lookup.resolve().text == expected);
        CHECK(lookup.messages().empty());
    }
}

TEST_CASE("a reference alone becomes the list or map that it names, seen from where it is used", "[pipeline]") {
    Lookup lookup("vars: { l: [a, '${w}'], m: { k: v }, w: word }\nkey: { list: '${l}', map: '${m}' }\n");
    const ConfigNode node = lookup.resolve();
    REQUIRE(node.find("list")->is_list());
    CHECK(node.find("list")->items.at(1).text == "word");
    CHECK(node.find("list")->items.at(1).position == TextPosition{2, 14});
    CHECK(node.find("map")->find("k")->text == "v");
}

TEST_CASE("late names stay where they may stand and are parts of their own", "[pipeline]") {
    Lookup lookup("vars: { a: 'x y' }\nkey: 'sort ${a} $${HOME} ${output.bam}'\n");
    const ConfigNode node = lookup.resolve({.late = true});
    REQUIRE(node.parts.size() == 5);
    CHECK(node.parts[0] == TextPart{.text = "sort ", .offset = 0});
    CHECK(node.parts[1] == TextPart{.kind = TextPart::Kind::value, .text = "x y", .offset = 5});
    CHECK(node.parts[3].text == "${HOME} ");
    CHECK(node.parts[4] == TextPart{.kind = TextPart::Kind::late, .text = "output.bam", .offset = 19, .position = {2, 26}});
    CHECK(lookup.messages().empty());
    CHECK(is_late_name("cpu"));
    CHECK(is_late_name("input.a.b"));
    CHECK_FALSE(is_late_name("cpus"));
}

TEST_CASE("foreach names are known inside of one only", "[pipeline]") {
    Lookup inside("key: ${strain.key}=${strain.value}\n");
    CHECK(inside.resolve({.variable = "strain", .key = "SK1", .value = "SK1.fa"}).text == "SK1=SK1.fa");
    Lookup outside("key: ${strain.key}\n");
    CHECK(outside.resolve().form == ConfigNode::Form::refused);
    CHECK(outside.messages() == std::vector<std::string>{"x.yaml:1:6: nothing is called 'strain.key' [W120]"});
}

TEST_CASE("what cannot be looked up is told once, where it stands", "[pipeline]") {
    Lookup lookup(
        "vars:\n  a: ${b}\n  b: x${a}\n  c: ${targt}\n  target: t\nkey: [\"${a}\", \"${c}\", \"${\", \"${x y}\", \"p ${cpu}\"]\n");
    lookup.resolve();
    CHECK(lookup.messages() == std::vector<std::string>{
                                   "x.yaml:3:7: cycle among vars: a -> b -> a [W121]",
                                   "x.yaml:4:6: nothing is called 'targt'; did you mean 'target'? [W120]",
                                   "x.yaml:6:23: '${' is no reference such as ${name}; a literal ${ is written $${ [W122]",
                                   "x.yaml:6:29: '${x y}' is no reference such as ${name}; a literal ${ is written $${ [W122]",
                                   "x.yaml:6:42: only a running task knows ${cpu}; it may not stand here [W123]",
                               });
}
