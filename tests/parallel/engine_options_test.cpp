// Every option is checked, every complaint names its option, and all of them come at once.
#include "weft/parallel/engine_options.hpp"

#include <catch2/catch.hpp>
#include <functional>
#include <limits>
#include <set>
#include <sstream>
#include <string>

using namespace weft;

TEST_CASE("an option out of range is told by name", "[parallel]") {
    struct Row {
        std::string_view name;
        std::function<void(EngineOptions&)> spoil;
    };
    const Row rows[] = {
        {"k", [](EngineOptions& o) { o.k = 3; }},
        {"k", [](EngineOptions& o) { o.k = 29; }},
        {"w", [](EngineOptions& o) { o.w = 0; }},
        {"(-f)", [](EngineOptions& o) { o.seed.frequent_fraction = -0.1; }},
        {"(-f)", [](EngineOptions& o) { o.seed.frequent_fraction = std::numeric_limits<double>::quiet_NaN(); }},
        {"(-U)", [](EngineOptions& o) { o.seed.occurrence_floor = 0; }},
        {"(-U)", [](EngineOptions& o) { o.seed.occurrence_ceiling = 5; }},
        {"(-e)", [](EngineOptions& o) { o.seed.rescue_stretch = 0; }},
        {"rescue_occurrences", [](EngineOptions& o) { o.seed.rescue_occurrences = -1; }},
        {"sensitive_below", [](EngineOptions& o) { o.seed.sensitive_below = -1; }},
        {"(-g)", [](EngineOptions& o) { o.chain.max_gap = 0; }},
        {"(-r)", [](EngineOptions& o) { o.chain.bandwidth = 0; }},
        {"long_bandwidth", [](EngineOptions& o) { o.chain.long_bandwidth = 499; }},
        {"max_lookback", [](EngineOptions& o) { o.chain.max_lookback = 0; }},
        {"(-m)", [](EngineOptions& o) { o.chain.min_score = -1; }},
        {"(-n)", [](EngineOptions& o) { o.chain.min_minimizers = 0; }},
        {"gap_scale", [](EngineOptions& o) { o.chain.gap_scale = -1; }},
        {"skip_scale", [](EngineOptions& o) { o.chain.skip_scale = std::numeric_limits<double>::infinity(); }},
        {"(-A)", [](EngineOptions& o) { o.align.scoring.match = 0; }},
        {"(-B)", [](EngineOptions& o) { o.align.scoring.mismatch = -4; }},
        {"ambiguous", [](EngineOptions& o) { o.align.scoring.ambiguous = -1; }},
        {"(-O)", [](EngineOptions& o) { o.align.scoring.gap_open = -1; }},
        {"(-E)", [](EngineOptions& o) { o.align.scoring.gap_extend = 1'001; }},
        {"second gap opening", [](EngineOptions& o) { o.align.scoring.gap_open2 = 3; }},   // costs would not be concave
        {"second gap extension", [](EngineOptions& o) { o.align.scoring.gap_extend2 = 3; }},
        {"(--end-bonus)", [](EngineOptions& o) { o.align.end_bonus = -1; }},
        {"bridge_cost", [](EngineOptions& o) { o.align.bridge_cost = -1; }},
        {"max_bridge", [](EngineOptions& o) { o.align.max_bridge = -1; }},
        {"(-z)", [](EngineOptions& o) { o.align.drop = -1; }},
        {"min_score", [](EngineOptions& o) { o.align.min_score = -1; }},
        {"(-s)", [](EngineOptions& o) { o.align.min_segment_score = -1; }},
        {"align.bandwidth", [](EngineOptions& o) { o.align.bandwidth = 0; }},
        {"max_cells", [](EngineOptions& o) { o.align.max_cells = 0; }},
        {"(-N)", [](EngineOptions& o) { o.select.max_secondary = -1; }},
        {"(-p)", [](EngineOptions& o) { o.select.secondary_ratio = 1.1; }},
        {"(-M)", [](EngineOptions& o) { o.select.mask_overlap = -0.1; }},
        {"neighbour_distance", [](EngineOptions& o) { o.select.neighbour_distance = -1; }},
        {"neighbour_margin", [](EngineOptions& o) { o.select.neighbour_margin = -1; }},
    };
    EngineOptions all;
    for (const Row& row : rows) {
        INFO(row.name);
        EngineOptions options;
        row.spoil(options);
        const std::vector<std::string> problems = options.problems();
        REQUIRE(problems.size() == 1);
        CHECK(problems[0].find(row.name) != std::string::npos);
        CHECK(problems[0].find("give ") != std::string::npos);
        row.spoil(all);
    }
    CHECK(all.problems().size() >= 25);   // some faults hide each other
}

TEST_CASE("the description shows each option once, with its value and meaning", "[parallel]") {
    EngineOptions options;
    options.chain.max_gap = 4'321;
    options.align.end_to_end = false;
    options.seed.frequent_fraction = 0.125;
    std::istringstream text(describe(options));
    std::set<std::string> names;
    for (std::string line; std::getline(text, line);) {
        INFO(line);
        const std::size_t equals = line.find('='), meaning = line.find('#');
        REQUIRE(equals != std::string::npos);
        REQUIRE(meaning != std::string::npos);
        CHECK(line.size() > meaning + 5);
        CHECK(names.insert(line.substr(0, line.find(' '))).second);
        const std::string value = line.substr(equals + 2, line.find(' ', equals + 2) - equals - 2);
        if (line.starts_with("chain.max_gap")) CHECK(value == "4321");
        if (line.starts_with("align.end_to_end")) CHECK(value == "false");
        if (line.starts_with("seed.frequent_fraction")) CHECK(value == "0.125");
    }
    CHECK(names.size() == 40);
}
