#include "weft/pipeline/read_settings.hpp"

#include <catch2/catch.hpp>

#include "weft/pipeline/yaml_tree.hpp"

using namespace weft;

namespace {

const std::vector<KeySpec> keys{
    {.name = "title", .kind = value_kind::text(), .required = true},
    {.name = "cpu", .kind = value_kind::whole(1, 8), .default_value = "1"},
    {.name = "note", .kind = value_kind::text()},
    {.name = "on_error", .kind = value_kind::choice({"fail", "skip"}), .inherited = true},
    {.name = "retry", .kind = value_kind::group(), .members = {{.name = "max", .kind = value_kind::whole(0, 9), .default_value = "0"},
                                                              {.name = "on", .kind = value_kind::texts(), .default_value = "[io]"}}},
};

struct SettingsRead {
    Settings settings{};
    std::vector<std::string> messages{};
};

SettingsRead read(const std::string& yaml, const Settings* inherited = nullptr, KnownDefaults* defaults = nullptr) {
    ProblemList problems;
    const auto root = parse_yaml(std::make_shared<const ConfigSource>(ConfigSource{"x.yaml", yaml}), problems);
    REQUIRE(root);
    References references(nullptr, problems);
    constexpr std::string_view beside[] = {"name"};
    SettingsRead result{
        .settings = read_settings(*root, keys, {.owner = "stage 'a'", .beside = beside, .inherited = inherited, .defaults = defaults}, references, problems)};
    for (const ConfigProblem& problem : problems.sorted()) result.messages.push_back(problem.text());
    return result;
}

}  // namespace

TEST_CASE("settings come in the order of the schema, with defaults and origins", "[pipeline]") {
    Settings file;
    file.add("on_error", {.value = std::string("skip"), .origin = SettingOrigin::environment, .source = "WEFT_X"});
    const SettingsRead found = read("name: a\nretry: { max: 3 }\ntitle: t\n", &file);
    CHECK(found.messages.empty());
    std::vector<std::string> names;
    for (const auto& [name, setting] : found.settings) names.push_back(name);
    CHECK(names == std::vector<std::string>{"title", "cpu", "on_error", "retry.max", "retry.on"});
    CHECK(found.settings.get<std::int64_t>("retry.max") == 3);
    CHECK(found.settings.find("retry.max")->origin == SettingOrigin::file);
    CHECK(found.settings.find("retry.max")->position == TextPosition{2, 15});
    CHECK(found.settings.find("retry.on")->origin == SettingOrigin::built_in);
    CHECK(found.settings.get<std::int64_t>("cpu") == 1);
    CHECK(found.settings.find("on_error")->origin == SettingOrigin::environment);
}

TEST_CASE("defaults that were read before are the same again", "[pipeline]") {
    KnownDefaults defaults;
    const SettingsRead first = read("title: t\n", nullptr, &defaults);
    CHECK(defaults.size() == 3);   // cpu, retry.max, retry.on
    const SettingsRead second = read("title: t\ncpu: 2\n", nullptr, &defaults);
    CHECK(second.settings.get<std::int64_t>("cpu") == 2);
    for (const char* name : {"retry.max", "retry.on"}) {
        CHECK(second.settings.find(name)->value == first.settings.find(name)->value);
        CHECK(second.settings.find(name)->source == std::string("default of ") + name);
    }
    CHECK(defaults.size() == 3);
}

TEST_CASE("unknown, repeated, missing and wrong keys are told at once", "[pipeline]") {
    const SettingsRead found = read("cpu: 9\ntilte: t\nretry: { mx: 1 }\nnote: a\nnote: b\n");
    CHECK(found.messages == std::vector<std::string>{
                                "x.yaml:1:1: stage 'a' has no 'title'; give a text [W105]",
                                "x.yaml:1:6: 'cpu' of stage 'a' is '9'; give a whole number from 1 to 8 [W104]",
                                "x.yaml:2:1: unknown key 'tilte' in stage 'a'; did you mean 'title'? [W102]",
                                "x.yaml:3:10: unknown key 'mx' in 'retry' of stage 'a'; did you mean 'max'? [W102]",
                                "x.yaml:5:1: key 'note' stands twice in stage 'a', first in line 4 [W103]",
                            });
}
