#include "engine_choices.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "number_options.hpp"
#include "weft/model/error.hpp"

namespace weft {
namespace {

constexpr Range<std::int64_t> any_count{0, 1'000'000'000};

constexpr const char* seeding = "Seeding and chaining";
constexpr const char* scoring = "Base-level alignment";
constexpr const char* selecting = "Which alignments are reported";

std::string preset_help() {
    std::string text = "What the queries are:";
    for (const PresetRow& row : presets()) {
        text += fmt::format("\n{} - {}", row.name, row.purpose);
        if (!row.aliases.empty()) text += fmt::format(" (also: {})", row.aliases);
    }
    return text;
}

/// "500,20k": one number, or two with a comma.
struct Pair {
    std::int64_t first = 0;
    std::optional<std::int64_t> second{};
};

Pair parse_pair(const std::string& text, const std::string& option) {
    const std::size_t comma = text.find(',');
    Pair pair{parse_size(text.substr(0, comma), option, any_count)};
    if (comma != std::string::npos) pair.second = parse_size(text.substr(comma + 1), option, any_count);
    return pair;
}

/// -f as in minimap2: a share of the distinct minimizers when below 1, else the number of occurrences itself.
void choose_frequent(const std::string& text, SeedOptions& seed) {
    const double value = parse_real(text, "-f", {0, 1e9});
    if (value < 1)
        seed.frequent_fraction = value;
    else
        seed.occurrence_floor = seed.occurrence_ceiling = static_cast<int>(value);
}

void choose_occurrences(const std::string& text, SeedOptions& seed) {
    const Pair pair = parse_pair(text, "-U");
    seed.occurrence_floor = static_cast<int>(pair.first);
    seed.occurrence_ceiling = static_cast<int>(pair.second.value_or(std::max<std::int64_t>(pair.first, seed.occurrence_ceiling)));
}

void choose_bandwidth(const std::string& text, EngineOptions& options) {
    const Pair pair = parse_pair(text, "-r");
    options.chain.bandwidth = options.align.bandwidth = static_cast<int>(pair.first);
    options.chain.long_bandwidth = static_cast<int>(pair.second.value_or(std::max<std::int64_t>(pair.first, options.chain.long_bandwidth)));
}

/// A single value sets both pieces of the gap cost, as in minimap2; -O and -E with one value each make one plain affine cost.
void choose_gap(const std::string& text, const std::string& option, int& first, int& second) {
    const Pair pair = parse_pair(text, option);
    first = static_cast<int>(pair.first);
    second = static_cast<int>(pair.second.value_or(pair.first));
}

template <class Value, class Choice>
void choose(Value& value, const std::optional<Choice>& choice) {
    if (choice) value = static_cast<Value>(*choice);
}

}  // namespace

void add_engine_options(CLI::App& command, EngineChoices& choices) {
    command.add_option("-x,--preset", choices.preset, preset_help())->type_name("PRESET")->group("Input")->default_str(choices.preset);

    add_whole(command, "-k", choices.k, any_count, "Bases per minimizer; decides which index fits")->group(seeding);
    add_whole(command, "-w", choices.w, any_count, "k-mers per minimizer window; decides which index fits")->group(seeding);
    command.add_option("-f", choices.frequent, "Ignore the most frequent minimizers: this share of all, or those above this count")
        ->type_name("X")->group(seeding);
    command.add_option("-U", choices.occurrences, "Lower and upper bound of the cut-off that -f gives")->type_name("N[,N]")->group(seeding);
    add_whole(command, "-e", choices.rescue_stretch, any_count, "Use frequent minimizers where this many bases have no other seed")->group(seeding);
    add_size(command, "-g", choices.max_gap, any_count, "Bases between neighbouring seeds of a chain, at most")->group(seeding);
    command.add_option("-r", choices.bandwidth, "Bandwidth of chaining and alignment, and of joining chains over long gaps")
        ->type_name("N[,N]")->group(seeding);
    add_whole(command, "-m", choices.min_chain_score, any_count,
              "Matched bases that a chain needs, or 40 % of the query if that is less; half of this in the denser look-up of short queries")
        ->group(seeding);
    add_whole(command, "-n", choices.min_minimizers, any_count,
              "Minimizers that a chain needs; one is enough in the denser look-up of short queries")
        ->group(seeding);

    add_whole(command, "-A", choices.match, any_count, "Score of a match")->group(scoring);
    add_whole(command, "-B", choices.mismatch, any_count, "Cost of a mismatch")->group(scoring);
    command.add_option("-O", choices.gap_open, "Cost of opening a gap, and a long gap")->type_name("N[,N]")->group(scoring);
    command.add_option("-E", choices.gap_extend, "Cost of a gap base, and in a long gap")->type_name("N[,N]")->group(scoring);
    add_whole(command, "-z", choices.drop, any_count, "Cut an alignment where its score falls by more than this; a single number")
        ->group(scoring);
    add_whole(command, "-s", choices.min_score, any_count,
              "Lowest score of an alignment's best stretch (tag ms) that is reported; by default it depends on the query's length")
        ->group(scoring);
    add_whole(command, "--end-bonus", choices.end_bonus, any_count, "What reaching an end of the query is worth")->group(scoring);

    command.add_flag("--secondary{yes}", choices.secondary, "=yes or =no: report secondary alignments")->group(selecting);
    add_whole(command, "-N", choices.max_secondary, any_count, "Secondary alignments per feature, at most; ties are all reported")->group(selecting);
    add_real(command, "-p", choices.secondary_ratio, {0, 1}, "Score of a secondary over its primary's, at least")->group(selecting);
    add_real(command, "-M", choices.mask_overlap, {0, 1}, "Shared part of the query that makes two alignments rivals")->group(selecting);
    // As a plain flag CLI11 would set it to false where nothing is given.
    command.add_flag_function("--neighbours,!--no-neighbours", [&choices](std::int64_t count) { choices.neighbours = count > 0; },
                              "Let the features before one that fits several copies equally well decide between them, or not; "
                              "by default as the preset says")
        ->group(selecting);
}

Preset chosen_preset(const EngineChoices& choices) {
    if (const std::optional<Preset> preset = preset_named(choices.preset)) return *preset;
    std::string names;
    for (const PresetRow& row : presets()) names += (names.empty() ? "" : ", ") + std::string{row.name};
    throw UsageError{{"-x", "there is no preset " + choices.preset, "use one of " + names}};
}

EngineOptions chosen_engine_options(const EngineChoices& choices) {
    EngineOptions options = options_of(chosen_preset(choices));
    choose(options.k, choices.k);
    choose(options.w, choices.w);
    if (!choices.frequent.empty()) choose_frequent(choices.frequent, options.seed);
    if (!choices.occurrences.empty()) choose_occurrences(choices.occurrences, options.seed);
    choose(options.seed.rescue_stretch, choices.rescue_stretch);
    choose(options.chain.max_gap, choices.max_gap);
    if (!choices.bandwidth.empty()) choose_bandwidth(choices.bandwidth, options);
    choose(options.chain.min_score, choices.min_chain_score);
    choose(options.chain.min_minimizers, choices.min_minimizers);
    choose(options.align.scoring.match, choices.match);
    choose(options.align.scoring.mismatch, choices.mismatch);
    if (!choices.gap_open.empty()) choose_gap(choices.gap_open, "-O", options.align.scoring.gap_open, options.align.scoring.gap_open2);
    if (!choices.gap_extend.empty()) choose_gap(choices.gap_extend, "-E", options.align.scoring.gap_extend, options.align.scoring.gap_extend2);
    choose(options.align.drop, choices.drop);
    if (choices.min_score) {
        options.align.min_segment_score = *choices.min_score;
        // The preset's own limit must not hide what is asked for.
        options.align.min_score = std::min(options.align.min_score, *choices.min_score);
    }
    choose(options.align.end_bonus, choices.end_bonus);
    if (!choices.secondary.empty()) {
        if (choices.secondary != "yes" && choices.secondary != "no")
            throw UsageError{{"--secondary", "'" + choices.secondary + "' is neither yes nor no", ""}};
        options.select.secondary = choices.secondary == "yes";
    }
    choose(options.select.max_secondary, choices.max_secondary);
    choose(options.select.secondary_ratio, choices.secondary_ratio);
    choose(options.select.mask_overlap, choices.mask_overlap);
    choose(options.select.neighbours, choices.neighbours);

    const std::vector<std::string> problems = options.problems();
    if (!problems.empty()) throw UsageError{{"align", fmt::format("{}", fmt::join(problems, "; ")), ""}};
    return options;
}

}  // namespace weft
