// The table of presets: every row is found by each of its names, fits an index and holds valid options.
#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "weft/index/options.hpp"
#include "weft/parallel/engine_options.hpp"

using namespace weft;

TEST_CASE("presets are found by their names and minimap2's", "[parallel]") {
    struct Row {
        std::string_view name;
        std::optional<Preset> preset;
    };
    const Row rows[] = {
        {"feature", Preset::feature},   {"asm", Preset::assembly}, {"asm5", Preset::assembly}, {"asm10", Preset::assembly},
        {"asm20", Preset::assembly},    {"hifi", Preset::hifi},    {"map-hifi", Preset::hifi}, {"lr:hq", Preset::hifi},
        {"ont", Preset::ont},           {"map-ont", Preset::ont},  {"lr", Preset::ont},        {"sr", Preset::short_query},
        {"short", Preset::short_query}, {"", std::nullopt},        {",", std::nullopt},        {"Feature", std::nullopt},
        {"asm5,asm10", std::nullopt},   {"asm1", std::nullopt},    {"hifi ", std::nullopt},
    };
    for (const Row& row : rows) {
        INFO('"' << row.name << '"');
        CHECK(preset_named(row.name) == row.preset);
    }
}

TEST_CASE("every preset is complete, valid and named once", "[parallel]") {
    std::set<std::string_view> names;
    std::set<Preset> kinds;
    CHECK(presets().front().preset == Preset::feature);   // the default
    for (const PresetRow& row : presets()) {
        INFO(row.name);
        CHECK(names.insert(row.name).second);
        CHECK(kinds.insert(row.preset).second);
        CHECK_FALSE(row.purpose.empty());
        CHECK(row.options.problems() == std::vector<std::string>{});
        CHECK(&options_of(row.preset) == &row.options);
        CHECK(preset_named(row.name) == row.preset);
        CHECK(IndexOptions{.k = row.options.k, .w = row.options.w}.problems().empty());
    }
    CHECK(kinds.size() == 5);
}

TEST_CASE("only features are wanted whole and placed by their neighbours", "[parallel]") {
    for (const PresetRow& row : presets()) {
        INFO(row.name);
        CHECK(row.options.select.neighbours == (row.preset == Preset::feature));
        CHECK(row.options.align.end_to_end == (row.preset == Preset::feature || row.preset == Preset::short_query));
    }
}
