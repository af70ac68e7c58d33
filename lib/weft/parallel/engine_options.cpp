#include "weft/parallel/engine_options.hpp"

#include <fmt/format.h>

namespace weft {
namespace {

/// Collects complaints in the words of the command line.
class Checks {
public:
    void at_least(std::string_view name, double value, double least) {
        if (value < least) problems_.push_back(fmt::format("{} is {}; give at least {}", name, value, least));
    }
    void within(std::string_view name, double value, double low, double high) {
        if (!(value >= low && value <= high)) problems_.push_back(fmt::format("{} is {}; give {} to {}", name, value, low, high));
    }
    void require(bool fine, std::string problem) {
        if (!fine) problems_.push_back(std::move(problem));
    }
    void add(std::vector<std::string> more) { problems_.insert(problems_.end(), more.begin(), more.end()); }
    std::vector<std::string> take() { return std::move(problems_); }

private:
    std::vector<std::string> problems_{};
};

}  // namespace

std::vector<std::string> SeedOptions::problems() const {
    Checks checks;
    checks.within("seed.frequent_fraction (-f)", frequent_fraction, 0, 1);
    checks.within("seed.occurrence_floor (-U)", occurrence_floor, 1, 1'000'000'000);
    checks.within("seed.occurrence_ceiling (-U)", occurrence_ceiling, occurrence_floor, 1'000'000'000);
    checks.within("seed.rescue_stretch (-e)", rescue_stretch, 1, 1'000'000'000);
    checks.within("seed.rescue_occurrences", rescue_occurrences, 0, 1'000'000'000);
    checks.within("seed.sensitive_below", sensitive_below, 0, 100'000);
    return checks.take();
}

std::vector<std::string> ChainOptions::problems() const {
    Checks checks;
    checks.within("chain.max_gap (-g)", max_gap, 1, 1'000'000'000);
    checks.within("chain.bandwidth (-r)", bandwidth, 1, 1'000'000'000);
    checks.within("chain.long_bandwidth (-r)", long_bandwidth, bandwidth, 1'000'000'000);
    checks.within("chain.max_lookback", max_lookback, 1, 100'000);
    checks.within("chain.min_score (-m)", min_score, 0, 1'000'000'000);
    checks.within("chain.min_minimizers (-n)", min_minimizers, 1, 1'000'000'000);
    checks.within("chain.gap_scale", gap_scale, 0, 100);
    checks.within("chain.skip_scale", skip_scale, 0, 100);
    return checks.take();
}

std::vector<std::string> AlignOptions::problems() const {
    Checks checks;
    checks.within("match score (-A)", scoring.match, 1, 1'000);
    checks.within("mismatch cost (-B)", scoring.mismatch, 0, 1'000);
    checks.within("ambiguous cost", scoring.ambiguous, 0, 1'000);
    checks.within("gap opening cost (-O)", scoring.gap_open, 0, 10'000);
    checks.within("gap extension cost (-E)", scoring.gap_extend, 1, 1'000);
    checks.within("second gap opening cost (-O)", scoring.gap_open2, scoring.gap_open, 10'000);
    checks.within("second gap extension cost (-E)", scoring.gap_extend2, 1, scoring.gap_extend);
    checks.within("align.end_bonus (--end-bonus)", end_bonus, 0, 1'000'000);
    checks.within("align.bridge_cost", bridge_cost, 0, 1'000'000);
    checks.within("align.max_bridge", max_bridge, 0, 100'000);
    checks.within("align.drop (-z)", drop, 0, 1'000'000'000);
    checks.within("align.min_score", min_score, 0, 1'000'000'000);
    checks.within("align.min_segment_score (-s)", min_segment_score, 0, 1'000'000'000);
    checks.within("align.bandwidth", bandwidth, 1, 100'000);
    checks.at_least("align.max_cells", static_cast<double>(max_cells), 10'000);
    return checks.take();
}

std::vector<std::string> SelectOptions::problems() const {
    Checks checks;
    checks.within("select.max_secondary (-N)", max_secondary, 0, 1'000'000);
    checks.within("select.secondary_ratio (-p)", secondary_ratio, 0, 1);
    checks.within("select.mask_overlap (-M)", mask_overlap, 0, 1);
    checks.within("select.neighbour_distance", neighbour_distance, 0, 1'000'000'000);
    checks.within("select.neighbour_margin", neighbour_margin, 0, 1'000'000);
    return checks.take();
}

std::vector<std::string> EngineOptions::problems() const {
    Checks checks;
    checks.add(IndexOptions{.k = k, .w = w}.problems());
    checks.add(seed.problems());
    checks.add(chain.problems());
    checks.add(align.problems());
    checks.add(select.problems());
    return checks.take();
}

std::string describe(const EngineOptions& options) {
    std::string text;
    const auto line = [&](std::string_view name, auto value, std::string_view meaning) {
        text += fmt::format("{:<26} = {:<10} # {}\n", name, value, meaning);
    };
    line("index.k", options.k, "bases per minimizer (-k)");
    line("index.w", options.w, "k-mers per minimizer window (-w)");
    line("seed.frequent_fraction", options.seed.frequent_fraction, "share of distinct minimizers that count as too frequent (-f)");
    line("seed.occurrence_floor", options.seed.occurrence_floor, "the cut-off never falls below this (-U)");
    line("seed.occurrence_ceiling", options.seed.occurrence_ceiling, "nor rises above this (-U)");
    line("seed.rescue_stretch", options.seed.rescue_stretch, "bases without a seed after which frequent minimizers are used (-e)");
    line("seed.rescue_occurrences", options.seed.rescue_occurrences, "but none that occurs more often than this");
    line("seed.sensitive_below", options.seed.sensitive_below, "bases; shorter features may get a second, denser look-up");
    line("seed.neighbours", options.seed.neighbours, "the denser look-up also tries k-mers with one substitution");
    line("chain.max_gap", options.chain.max_gap, "bases between neighbouring blocks (-g)");
    line("chain.bandwidth", options.chain.bandwidth, "difference of the two gaps within a chain (-r)");
    line("chain.long_bandwidth", options.chain.long_bandwidth, "the same when chains are joined over long gaps (-r)");
    line("chain.max_lookback", options.chain.max_lookback, "predecessors tried per block");
    line("chain.min_score", options.chain.min_score, "matched bases a chain needs (-m)");
    line("chain.min_minimizers", options.chain.min_minimizers, "minimizers a chain needs (-n)");
    line("chain.gap_scale", options.chain.gap_scale, "weight of gap length differences in chaining");
    line("chain.skip_scale", options.chain.skip_scale, "cost per unmatched base between blocks");
    line("align.match", options.align.scoring.match, "score of a match (-A)");
    line("align.mismatch", options.align.scoring.mismatch, "cost of a mismatch (-B)");
    line("align.ambiguous", options.align.scoring.ambiguous, "cost of a column with a base that is not A, C, G, T");
    line("align.gap_open", options.align.scoring.gap_open, "cost of opening a gap (-O)");
    line("align.gap_extend", options.align.scoring.gap_extend, "cost per gap base (-E)");
    line("align.gap_open2", options.align.scoring.gap_open2, "the same for long gaps; the cheaper of the two counts (-O)");
    line("align.gap_extend2", options.align.scoring.gap_extend2, "cost per base of a long gap (-E)");
    line("align.end_bonus", options.align.end_bonus, "what reaching an end of the query is worth (--end-bonus)");
    line("align.end_to_end", options.align.end_to_end, "both ends are wanted; clipping needs evidence");
    line("align.bridge_cost", options.align.bridge_cost, "most that a gap up to max_bridge costs when ends and places are decided");
    line("align.max_bridge", options.align.max_bridge, "bases; longer gaps cost their full price");
    line("align.drop", options.align.drop, "an alignment is cut where its score falls by more than this (-z)");
    line("align.min_score", options.align.min_score, "lowest placement score reported, less for short features");
    line("align.min_segment_score", options.align.min_segment_score, "lowest score of the best stretch (ms) reported (-s)");
    line("align.bandwidth", options.align.bandwidth, "widest band of the base-level alignment");
    line("align.max_cells", options.align.max_cells, "largest matrix filled for one gap");
    line("select.secondary", options.select.secondary, "report secondary alignments (--secondary)");
    line("select.max_secondary", options.select.max_secondary, "at most this many, ties expanded (-N)");
    line("select.secondary_ratio", options.select.secondary_ratio, "score of a secondary over its primary's, at least (-p)");
    line("select.mask_overlap", options.select.mask_overlap, "shared part of the query that makes two alignments rivals (-M)");
    line("select.neighbours", options.select.neighbours, "features before an undecided one decide between its copies (--neighbours)");
    line("select.neighbour_distance", options.select.neighbour_distance, "bases to the last confidently placed feature");
    line("select.neighbour_margin", options.select.neighbour_margin, "score that a copy may be below the best to compete");
    return text;
}

}  // namespace weft
