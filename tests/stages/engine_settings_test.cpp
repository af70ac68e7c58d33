#include "weft/stages/engine_settings.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "weft/model/error.hpp"
#include "weft/pipeline/read_pipeline.hpp"

using namespace weft;
using Catch::Matchers::Contains;

namespace {

/// The settings of a stage that has the keys of the engine and these lines.
Settings settings_of(const std::string& lines) {
    const PipelineSchema schema = pipeline_schema({{.name = "align", .keys = engine_keys()}});
    return read_pipeline_text("weft: 1\nname: x\nstages:\n  - name: align\n    stage: align\n" + lines, "x.yaml", schema).stages.front().settings;
}

EngineOptions options_with(const std::string& lines) { return engine_options_of(settings_of(lines), "align"); }

std::string shown(const ParameterValue& value) { return std::get<std::string>(value); }

/// "chain.max_gap=7 ..." of all parameters in which the options differ from those without any key.
std::string changed_by(const std::string& lines) {
    const auto usual = parameters_of(options_with(""));
    const auto now = parameters_of(options_with(lines));
    REQUIRE(usual.size() == now.size());
    std::string text;
    for (const auto& [name, value] : now)
        if (value != usual.at(name)) text += (text.empty() ? "" : " ") + name + "=" + shown(value);
    return text;
}

}  // namespace

TEST_CASE("every key reaches its option and no other", "[stages]") {
    struct Row {
        const char* key;
        const char* value;
        const char* changes;
    };
    const std::vector<Row> rows{
        {"k", "17", "index.k=17"},
        {"w", "7", "index.w=7"},
        {"occurrence_floor", "12", "seed.occurrence_floor=12"},
        {"occurrence_ceiling", "1234567", "seed.occurrence_ceiling=1234567"},
        {"rescue_stretch", "123", "seed.rescue_stretch=123"},
        {"sensitive_below", "321", "seed.sensitive_below=321"},
        {"max_gap", "7777", "chain.max_gap=7777"},
        {"bandwidth", "333", "align.bandwidth=333 chain.bandwidth=333"},
        {"long_bandwidth", "54321", "chain.long_bandwidth=54321"},
        {"min_chain_score", "33", "chain.min_score=33"},
        {"min_minimizers", "5", "chain.min_minimizers=5"},
        {"match", "3", "align.match=3"},
        {"mismatch", "11", "align.mismatch=11"},
        {"gap_open", "9", "align.gap_open=9"},
        {"gap_extend", "5", "align.gap_extend=5"},
        {"gap_open2", "99", "align.gap_open2=99"},
        {"gap_extend2", "2", "align.gap_extend2=2"},
        {"end_bonus", "77", "align.end_bonus=77"},
        {"drop", "555", "align.drop=555"},
        {"min_score", "66", "align.min_score=66"},
        {"min_segment_score", "44", "align.min_segment_score=44"},
        {"max_secondary", "9", "select.max_secondary=9"},
        {"neighbour_distance", "4321", "select.neighbour_distance=4321"},
        {"neighbour_margin", "13", "select.neighbour_margin=13"},
        {"frequent_fraction", "0.125", "seed.frequent_fraction=0.125"},
        {"secondary_ratio", "62.5%", "select.secondary_ratio=0.625"},
        {"mask_overlap", "0.375", "select.mask_overlap=0.375"},
        {"end_to_end", "false", "align.end_to_end=false"},
        {"secondary", "!", "select.secondary"},
        {"neighbours", "false", "select.neighbours=false"},
    };
    std::set<std::string> tested{"preset"};
    const bool secondary = options_with("").select.secondary;
    for (const Row& row : rows) {
        tested.insert(row.key);
        std::string value = row.value, changes = row.changes;
        if (value == "!") value = secondary ? "false" : "true", changes += "=" + value;
        INFO(row.key);
        CHECK(changed_by("    " + std::string(row.key) + ": " + value + "\n") == changes);
    }
    std::set<std::string> known;
    for (const KeySpec& key : engine_keys()) {
        CHECK(known.insert(key.name).second);
        CHECK_FALSE(key.help.empty());
    }
    CHECK(known == tested);
}

TEST_CASE("keys override the preset, and presets go by all their names", "[stages]") {
    for (const PresetRow& row : presets()) {
        INFO(row.name);
        CHECK(parameters_of(options_with("    preset: " + std::string(row.name) + "\n")) == parameters_of(options_of(row.preset)));
    }
    CHECK(parameters_of(options_with("    preset: map-ont\n")) == parameters_of(options_of(Preset::ont)));
    CHECK(parameters_of(options_with("    preset: same-species\n")) == parameters_of(options_of(Preset::feature)));
    CHECK(parameters_of(options_with("    preset: \"lr:hq\"\n")) == parameters_of(options_of(Preset::hifi)));
    EngineOptions expected = options_of(Preset::ont);
    expected.k = 19;
    CHECK(parameters_of(options_with("    preset: ont\n    k: 19\n")) == parameters_of(expected));
    CHECK_THROWS_WITH(settings_of("    preset: nanopore\n"), Contains("feature"));
}

TEST_CASE("everything that is wrong with the values is told at once", "[stages]") {
    try {
        options_with("    match: 0\n    gap_extend2: 3\n    occurrence_ceiling: 5\n");
        FAIL("bad options pass");
    } catch (const UsageError& error) {
        CHECK_THAT(error.what(), Contains("stage 'align': ") && Contains("match score (-A) is 0; give 1 to 1000") &&
                                     Contains("second gap extension cost (-E) is 3") && Contains("seed.occurrence_ceiling (-U) is 5"));
    }
    CHECK_THROWS_AS(options_with("    k: 99\n"), UsageError);
    CHECK_THROWS_WITH(settings_of("    k: -1\n"), Contains("'k'"));
    CHECK_THROWS_WITH(settings_of("    mask_overlap: 1.5\n"), Contains("'mask_overlap'"));
}

TEST_CASE("every option that is described is a parameter, under its name and with its value alone", "[stages]") {
    EngineOptions options;
    const auto parameters = parameters_of(options);
    const std::string text = describe(options);
    CHECK(parameters.size() == static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')));
    for (const auto& [name, value] : parameters) {
        INFO(name << " = " << shown(value));
        CHECK(name.find_first_of(" #=") == std::string::npos);
        CHECK_FALSE(shown(value).empty());
        CHECK(shown(value).find_first_of(" #=") == std::string::npos);
    }
    CHECK(shown(parameters.at("index.k")) == std::to_string(options.k));
}
