#include "weft/stages/engine_settings.hpp"

#include <array>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "weft/model/error.hpp"

namespace weft {
namespace {

constexpr std::int64_t any_count = 1'000'000'000;

/// A key with a whole number, and where it goes. What is possible within the range is for EngineOptions::problems to say.
struct WholeKey {
    std::string_view name;
    int& (*place)(EngineOptions&);
    std::string_view help;
};

constexpr std::array whole_keys{
    WholeKey{"k", [](EngineOptions& o) -> int& { return o.k; }, "bases per minimizer"},
    WholeKey{"w", [](EngineOptions& o) -> int& { return o.w; }, "k-mers per minimizer window"},
    WholeKey{"occurrence_floor", [](EngineOptions& o) -> int& { return o.seed.occurrence_floor; }, "the cut-off for frequent minimizers never falls below this"},
    WholeKey{"occurrence_ceiling", [](EngineOptions& o) -> int& { return o.seed.occurrence_ceiling; }, "nor rises above this"},
    WholeKey{"rescue_stretch", [](EngineOptions& o) -> int& { return o.seed.rescue_stretch; }, "bases without a seed after which frequent minimizers are used"},
    WholeKey{"sensitive_below", [](EngineOptions& o) -> int& { return o.seed.sensitive_below; }, "bases; shorter features may get a second, denser look-up"},
    WholeKey{"max_gap", [](EngineOptions& o) -> int& { return o.chain.max_gap; }, "bases between neighbouring seeds of a chain"},
    WholeKey{"bandwidth", [](EngineOptions& o) -> int& { return o.chain.bandwidth; }, "difference of the gaps on query and reference within a chain"},
    WholeKey{"long_bandwidth", [](EngineOptions& o) -> int& { return o.chain.long_bandwidth; }, "the same when chains are joined over long gaps"},
    WholeKey{"min_chain_score", [](EngineOptions& o) -> int& { return o.chain.min_score; }, "matched bases a chain needs"},
    WholeKey{"min_minimizers", [](EngineOptions& o) -> int& { return o.chain.min_minimizers; }, "minimizers a chain needs"},
    WholeKey{"match", [](EngineOptions& o) -> int& { return o.align.scoring.match; }, "score of a match"},
    WholeKey{"mismatch", [](EngineOptions& o) -> int& { return o.align.scoring.mismatch; }, "cost of a mismatch"},
    WholeKey{"gap_open", [](EngineOptions& o) -> int& { return o.align.scoring.gap_open; }, "cost of opening a gap"},
    WholeKey{"gap_extend", [](EngineOptions& o) -> int& { return o.align.scoring.gap_extend; }, "cost of a gap base"},
    WholeKey{"gap_open2", [](EngineOptions& o) -> int& { return o.align.scoring.gap_open2; }, "cost of opening a long gap"},
    WholeKey{"gap_extend2", [](EngineOptions& o) -> int& { return o.align.scoring.gap_extend2; }, "cost of a base of a long gap"},
    WholeKey{"end_bonus", [](EngineOptions& o) -> int& { return o.align.end_bonus; }, "what reaching an end of the query is worth"},
    WholeKey{"drop", [](EngineOptions& o) -> int& { return o.align.drop; }, "an alignment is cut where its score falls by more than this"},
    WholeKey{"min_score", [](EngineOptions& o) -> int& { return o.align.min_score; }, "lowest placement score reported, less for short features"},
    WholeKey{"min_segment_score", [](EngineOptions& o) -> int& { return o.align.min_segment_score; }, "lowest score of the best stretch reported"},
    WholeKey{"max_secondary", [](EngineOptions& o) -> int& { return o.select.max_secondary; }, "secondary alignments per feature, ties all reported"},
    WholeKey{"neighbour_distance", [](EngineOptions& o) -> int& { return o.select.neighbour_distance; }, "bases to the last confidently placed feature"},
    WholeKey{"neighbour_margin", [](EngineOptions& o) -> int& { return o.select.neighbour_margin; }, "score that a copy may be below the best to compete"},
};

struct NumberKey {
    std::string_view name;
    double& (*place)(EngineOptions&);
    std::string_view help;
};

constexpr std::array number_keys{
    NumberKey{"frequent_fraction", [](EngineOptions& o) -> double& { return o.seed.frequent_fraction; }, "share of distinct minimizers that are too frequent"},
    NumberKey{"secondary_ratio", [](EngineOptions& o) -> double& { return o.select.secondary_ratio; }, "score of a secondary over its primary's, at least"},
    NumberKey{"mask_overlap", [](EngineOptions& o) -> double& { return o.select.mask_overlap; }, "shared part of the query that makes two alignments rivals"},
};

struct FlagKey {
    std::string_view name;
    bool& (*place)(EngineOptions&);
    std::string_view help;
};

constexpr std::array flag_keys{
    FlagKey{"end_to_end", [](EngineOptions& o) -> bool& { return o.align.end_to_end; }, "both ends are wanted; clipping needs evidence"},
    FlagKey{"secondary", [](EngineOptions& o) -> bool& { return o.select.secondary; }, "report secondary alignments"},
    FlagKey{"neighbours", [](EngineOptions& o) -> bool& { return o.select.neighbours; }, "features before an undecided one decide between its copies"},
};

std::vector<std::string> preset_words() {
    std::vector<std::string> words;
    for (const PresetRow& row : presets()) {
        words.emplace_back(row.name);
        for (std::string_view rest = row.aliases; !rest.empty();) {
            const std::string_view word = rest.substr(0, rest.find(','));
            words.emplace_back(word);
            rest.remove_prefix(std::min(word.size() + 1, rest.size()));
        }
    }
    return words;
}

}  // namespace

std::vector<KeySpec> engine_keys() {
    using namespace value_kind;
    std::vector<KeySpec> keys{{.name = "preset", .kind = choice(preset_words()), .help = "what the features are", .default_value = "feature"}};
    for (const WholeKey& key : whole_keys)
        keys.push_back({.name = std::string(key.name), .kind = whole(0, any_count), .help = std::string(key.help)});
    for (const NumberKey& key : number_keys) keys.push_back({.name = std::string(key.name), .kind = number(0, 1), .help = std::string(key.help)});
    for (const FlagKey& key : flag_keys) keys.push_back({.name = std::string(key.name), .kind = boolean(), .help = std::string(key.help)});
    return keys;
}

EngineOptions engine_options_of(const Settings& settings, const std::string& stage) {
    EngineOptions options = options_of(*preset_named(settings.get<std::string>("preset")));
    for (const WholeKey& key : whole_keys)
        if (const auto* value = settings.get_if<std::int64_t>(key.name)) key.place(options) = static_cast<int>(*value);
    if (const auto* band = settings.get_if<std::int64_t>("bandwidth")) options.align.bandwidth = static_cast<int>(*band);
    for (const NumberKey& key : number_keys)
        if (const auto* value = settings.get_if<double>(key.name)) key.place(options) = *value;
    for (const FlagKey& key : flag_keys)
        if (const auto* value = settings.get_if<bool>(key.name)) key.place(options) = *value;
    const std::vector<std::string> problems = options.problems();
    if (!problems.empty()) throw UsageError{{fmt::format("stage '{}'", stage), fmt::format("{}", fmt::join(problems, "; ")), ""}};
    return options;
}

std::map<std::string, ParameterValue> parameters_of(const EngineOptions& options) {
    std::map<std::string, ParameterValue> parameters;
    const std::string text = describe(options);   // "align.match   = 2   # score of a match"
    for (std::string_view rest = text; !rest.empty();) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        const std::size_t equals = line.find('=');
        const std::string_view value = line.substr(equals + 1, line.find('#') - equals - 1);
        const auto trimmed = [](std::string_view word) {
            const std::size_t begin = word.find_first_not_of(' ');
            return std::string(word.substr(begin, word.find_last_not_of(' ') - begin + 1));
        };
        parameters[trimmed(line.substr(0, equals))] = trimmed(value);
    }
    return parameters;
}

}  // namespace weft
