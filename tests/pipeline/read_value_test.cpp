#include "weft/pipeline/read_value.hpp"

#include <catch2/catch.hpp>

#include "weft/pipeline/yaml_tree.hpp"

using namespace weft;

namespace {

struct ValueRead {
    std::optional<SettingValue> value{};
    std::vector<ConfigProblem> problems{};
};

ValueRead read(const std::string& yaml, const ValueKind& kind, SettingOrigin origin = SettingOrigin::file) {
    ProblemList problems;
    const auto node = parse_yaml(std::make_shared<const ConfigSource>(ConfigSource{"x.yaml", yaml, origin}), problems);
    REQUIRE(node);
    ValueRead result{.value = read_value(*node, kind, {"'key'", "folder"}, problems)};
    result.problems = problems.sorted();
    return result;
}

}  // namespace

TEST_CASE("right values get their type", "[pipeline]") {
    using namespace value_kind;
    CHECK(read("on", boolean()).value == SettingValue{true});
    CHECK(read("false", boolean()).value == SettingValue{false});
    CHECK(read("12", whole(1, 12)).value == SettingValue{std::int64_t{12}});
    CHECK(read("auto", whole(1, 12, {"auto"})).value == SettingValue{std::string("auto")});
    CHECK(read("95%", number(0, 1)).value == SettingValue{0.95});
    CHECK(read("8G", bytes()).value == SettingValue{ByteSize{8'589'934'592}});
    CHECK(read("5s", duration()).value == SettingValue{std::chrono::milliseconds{5'000}});
    CHECK(read("skip", choice({"fail", "skip"})).value == SettingValue{std::string("skip")});
    CHECK(read("''", text()).value == SettingValue{std::string()});
    CHECK(read("one", texts()).value == SettingValue{std::vector<std::string>{"one"}});
    CHECK(read("[]", texts()).value == SettingValue{std::vector<std::string>{}});
    CHECK(read("[b, a]", texts({"a", "b"})).value == SettingValue{std::vector<std::string>{"b", "a"}});
    CHECK(read("{ b: 1, a: x }", text_map()).value == SettingValue{TextMap{{"b", "1"}, {"a", "x"}}});
    CHECK(read("{ b: 1 }", count_map(1, 2)).value == SettingValue{CountMap{{"b", 1}}});
}

TEST_CASE("paths start at the file's folder, but for those that do not", "[pipeline]") {
    using namespace value_kind;
    using std::filesystem::path;
    CHECK(read("a.fa", value_kind::path()).value == SettingValue{path("folder/a.fa")});
    CHECK(read("/data/a.fa", value_kind::path()).value == SettingValue{path("/data/a.fa")});
    CHECK(read("https://x.org/a.fa", value_kind::path()).value == SettingValue{path("https://x.org/a.fa")});
    CHECK(read("'-'", value_kind::path()).value == SettingValue{path("-")});
    CHECK(read("a.fa", value_kind::path(), SettingOrigin::command_line).value == SettingValue{path("a.fa")});
    CHECK(read("{ r: a.fa }", path_map()).value == SettingValue{PathMap{{"r", "folder/a.fa"}}});
}

TEST_CASE("wrong values get one message each", "[pipeline]") {
    using namespace value_kind;
    const std::vector<std::pair<std::string, ValueKind>> wrong{{"maybe", boolean()},
                                                               {"13", whole(1, 12)},
                                                               {"1.0", whole(1, 12)},
                                                               {"[1]", whole(1, 12)},
                                                               {"", whole(1, 12)},
                                                               {"1.1", number(0, 1)},
                                                               {"8X", bytes()},
                                                               {"30", duration()},
                                                               {"5", rate()},
                                                               {"other", choice({"fail", "skip"})},
                                                               {"{}", text()},
                                                               {"''", path()},
                                                               {"{ a: b }", texts()},
                                                               {"[a, c]", texts({"a", "b"})},
                                                               {"[a, '']", texts()},
                                                               {"[[a]]", texts()},
                                                               {"x", text_map()},
                                                               {"{ a: [b] }", text_map()},
                                                               {"{ a: b, a: c }", text_map()},
                                                               {"{ a: 3 }", count_map(1, 2)},
                                                               {"{ a: }", path_map()}};
    for (const auto& [yaml, kind] : wrong) {
        INFO(yaml);
        const ValueRead found = read(yaml, kind);
        CHECK_FALSE(found.value);
        CHECK(found.problems.size() == 1);
    }
    CHECK(read("fial", choice({"fail", "skip"})).problems.at(0).message == "'key' is 'fial'; give fail or skip; did you mean 'fail'?");
    CHECK(read("fal", choice({"fail", "skip"})).problems.at(0).message == "'key' is 'fal'; give fail or skip; did you mean 'fail'?");
}

TEST_CASE("a checked text shows every fault at its place", "[pipeline]") {
    const ValueKind kind = value_kind::checked_text([](std::string_view text) {
        return std::vector<TextProblem>{{.offset = text.find("two"), .message = "second", .code = "W131"},
                                        {.offset = 0, .message = "first"}};
    });
    const ValueRead found = read("one two", kind);
    REQUIRE(found.problems.size() == 2);
    CHECK(found.problems[0].text() == "x.yaml:1:1: first [W130]");
    CHECK(found.problems[1].text() == "x.yaml:1:5: second [W131]");
}

TEST_CASE("each text of a list is checked", "[pipeline]") {
    const auto check = [](std::string_view text) {
        return text.size() < 3 ? std::vector<TextProblem>{} : std::vector<TextProblem>{{.offset = 2, .message = "too long"}};
    };
    CHECK(read("[ab, c]", value_kind::checked_texts(check)).problems.empty());
    const ValueRead wrong = read("[ab, abcd, xyz]", value_kind::checked_texts(check));
    REQUIRE(wrong.problems.size() == 2);
    CHECK(wrong.problems[0].text() == "x.yaml:1:8: too long [W130]");
    CHECK(wrong.problems[1].text() == "x.yaml:1:14: too long [W130]");
}
