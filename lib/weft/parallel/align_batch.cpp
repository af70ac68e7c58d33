#include "weft/parallel/align_batch.hpp"

#include <algorithm>
#include <exception>

#include "weft/align/align_chain.hpp"
#include "weft/chain/chain_blocks.hpp"
#include "weft/chain/drop_lonely_anchors.hpp"
#include "weft/chain/merge_anchors.hpp"
#include "weft/index/index_view.hpp"
#include "weft/model/current_feature.hpp"
#include "weft/model/error.hpp"
#include "weft/seed/find_anchors.hpp"
#include "weft/select/choose_candidates.hpp"
#include "weft/select/select_alignments.hpp"

namespace weft {
namespace {

constexpr std::uint32_t shortest_half = 7;      // exact bases beside the changed base of a neighbour anchor
constexpr double chain_share = 0.7;             // of the best chain's score that makes a rival worth aligning ...
constexpr std::int32_t chain_margin = 100;      // ... or a score no more than this below it
constexpr double dense_share = 0.5;             // the share in the dense look-up, where chains say less
constexpr int fewest_rivals = 4;                // aligned per best chain, whatever -N asks to be reported
constexpr int dense_rivals = 24;

/// Matched bases that a chain of a short query must have at least; long queries need the full number.
std::int32_t scaled(std::int32_t minimum, std::int64_t query_length, double share) {
    return static_cast<std::int32_t>(std::min<double>(minimum, share * static_cast<double>(query_length)));
}

}  // namespace

struct Engine::Scratch::Memory {
    Query query{};
    SeedScratch seed{};
    SeedResult seeds{};
    std::vector<std::uint8_t> anchor_counts{};
    MergeScratch merge{};
    std::vector<Block> blocks{};
    ChainScratch chain{};
    AlignScratch align{};
};

Engine::Scratch::Scratch() : memory_(std::make_unique<Memory>()) {}
Engine::Scratch::~Scratch() = default;
Engine::Scratch::Scratch(Scratch&&) noexcept = default;
Engine::Scratch& Engine::Scratch::operator=(Scratch&&) noexcept = default;

struct Engine::State {
    const Index& index;
    const IndexView& view;
    EngineOptions options;
    SeedLimits limits;

    using Memory = Scratch::Memory;

    std::vector<Chain> find_chains(std::int64_t length, const ForEach& for_each, Memory& memory) const;
    std::vector<Chain> find_chains_densely(std::int64_t length, Memory& memory) const;
    bool confident(const std::vector<Chain>& chains, std::int64_t length) const;
    void align_feature(const Feature& feature, Memory& memory, const ForEach& for_each, FeatureAlignments& result) const;
};

std::vector<Chain> Engine::State::find_chains(std::int64_t length, const ForEach& for_each, Memory& memory) const {
    find_anchors(view, memory.query, limits, options.seed, memory.seed, memory.seeds, for_each);
    drop_lonely_anchors(length, view.k, options.chain, memory.anchor_counts, memory.seeds.anchors);
    merge_anchors(view, memory.query, memory.seeds.anchors, static_cast<std::uint32_t>(view.k), memory.merge, memory.blocks);
    const ChainThreshold threshold{scaled(options.chain.min_score, length, 0.4), options.chain.min_minimizers};
    std::vector<Chain> chains = chain_blocks(view, memory.query, memory.blocks, options.chain, threshold, memory.chain);
    const auto gap_cost = [&](std::int64_t bases) {
        return static_cast<double>(options.align.placement_gap(bases)) / options.align.scoring.match;
    };
    join_chains(memory.query, options.chain, gap_cost, chains);
    return chains;
}

std::vector<Chain> Engine::State::find_chains_densely(std::int64_t length, Memory& memory) const {
    const std::int32_t repeat_length = memory.seeds.repeat_length;
    find_anchors_densely(view, memory.query, limits, options.seed, memory.seed, memory.seeds);
    memory.seeds.repeat_length = repeat_length;
    merge_anchors(view, memory.query, memory.seeds.anchors, shortest_half, memory.merge, memory.blocks);
    const ChainThreshold threshold{scaled(options.chain.min_score, length, 0.3) / 2, 1};
    return chain_blocks(view, memory.query, memory.blocks, options.chain, threshold, memory.chain);
}

/// Whether the best chain leaves little doubt that it holds the feature's place.
bool Engine::State::confident(const std::vector<Chain>& chains, std::int64_t length) const {
    if (chains.empty()) return false;
    const Chain& best = chains.front();
    return best.minimizers >= 3 && 2 * best.query.length() >= length;
}

void Engine::State::align_feature(const Feature& feature, Memory& memory, const ForEach& for_each, FeatureAlignments& result) const {
    const std::int64_t length = feature.length();
    if (length == 0) {
        result.unaligned = Unaligned::empty_sequence;
        return;
    }
    if (length < view.k) {
        result.unaligned = Unaligned::too_short;
        return;
    }
    memory.query.prepare(feature.sequence);
    std::vector<Chain> chains = find_chains(length, for_each, memory);
    result.repeat_length = memory.seeds.repeat_length;
    bool dense = false;
    if (length < options.seed.sensitive_below && !confident(chains, length)) {
        std::vector<Chain> more = find_chains_densely(length, memory);
        dense = !more.empty();
        if (dense) chains = std::move(more);
    }
    if (chains.empty()) {
        result.unaligned = Unaligned::no_seed;
        return;
    }
    const CandidateLimits limit{.score_share = dense ? dense_share : std::min(options.select.secondary_ratio, chain_share),
                                .score_margin = chain_margin,
                                .rivals = dense ? dense_rivals : std::max(options.select.max_secondary, fewest_rivals)};
    const std::int32_t min_score = scaled(options.align.min_score, length * options.align.scoring.match, 0.6);
    for (const Candidate& candidate : choose_candidates(memory.query, chains, options.select, limit)) {
        const std::size_t before = result.alignments.size();
        align_chain(view, memory.query, chains[candidate.chain], options.align, memory.align, for_each, result.alignments);
        for (std::size_t i = before; i < result.alignments.size(); ++i) result.alignments[i].second_chain_score = candidate.rival_score;
    }
    std::erase_if(result.alignments, [&](const Alignment& alignment) {
        return alignment.placement_score < min_score || alignment.best_segment_score < options.align.min_segment_score;
    });
    if (result.alignments.empty()) {
        result.unaligned = Unaligned::low_score;
        return;
    }
    select_alignments(options.align.scoring, options.select, result);
}

Engine::Engine(const Index& index, const EngineOptions& options) {
    std::vector<std::string> problems = options.problems();
    if (index.k() != options.k || index.w() != options.w)
        problems.push_back("the index has k=" + std::to_string(index.k()) + " w=" + std::to_string(index.w()) + ", the options want k=" +
                           std::to_string(options.k) + " w=" + std::to_string(options.w));
    if (!problems.empty()) {
        std::string text = problems.front();
        for (std::size_t i = 1; i < problems.size(); ++i) text += "; " + problems[i];
        throw UsageError({.where = "aligner options", .problem = text});
    }
    const auto frequent = static_cast<int>(index.occurrence_at(options.seed.frequent_fraction));
    const int cut_off = std::clamp(frequent, options.seed.occurrence_floor, options.seed.occurrence_ceiling);
    const SeedLimits limits{static_cast<std::uint32_t>(cut_off), static_cast<std::uint32_t>(std::max(cut_off, options.seed.rescue_occurrences))};
    state_ = std::make_unique<State>(State{index, index.view(), options, limits});
}

Engine::~Engine() = default;

void Engine::align(std::span<const Feature> features, std::span<FeatureAlignments> results, Scratch& scratch, const ForEach& for_each) const {
    for (std::size_t i = 0; i < features.size(); ++i) {
        results[i] = FeatureAlignments{};
        const CurrentFeature here(features[i].name.c_str());
        try {
            tell_feature_begins(features[i].name.c_str());
            state_->align_feature(features[i], *scratch.memory_, for_each, results[i]);
        } catch (const Cancelled&) {
            throw;
        } catch (const std::bad_alloc&) {
            throw;
        } catch (const std::exception& error) {
            results[i] = FeatureAlignments{.unaligned = Unaligned::failed, .message = error.what()};
        }
    }
}

}  // namespace weft
