// Chains against an unbounded dynamic programme, their scores recomputed from their blocks, and every promise of a chain.
#include "weft/chain/chain_blocks.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <optional>
#include <string>

#include "support/exact_blocks.hpp"
#include "support/print_intervals.hpp"
#include "support/small_reference.hpp"

using namespace weft;
using weft::test::RandomPairs;

namespace {

/// 0.01 k d + 0.5 log2(d + 1) for diagonals that differ by d.
double gap_cost(const Block& from, const Block& to, const ChainOptions& options, int k) {
    const auto difference = static_cast<double>(std::abs(to.diagonal() - from.diagonal()));
    return difference == 0 ? 0 : options.gap_scale * 0.01 * k * difference + 0.5 * std::log2(difference + 1);
}

/// Bases between two blocks on the two sequences; negative where they overlap.
std::int64_t query_gap(const Block& from, const Block& to) { return std::int64_t{to.query} - std::int64_t{from.query_end()}; }
std::int64_t reference_gap(const Block& from, const Block& to) {
    return static_cast<std::int64_t>(to.reference) - static_cast<std::int64_t>(from.reference_end());
}

/// What `to` brings behind `from`, by the formula of the header; nothing when it may not stand there.
std::optional<double> gain(const IndexView& view, const Block& from, const Block& to, const ChainOptions& options) {
    if (from.strand != to.strand || view.contig_of(from.reference) != view.contig_of(to.reference)) return {};
    if (to.query <= from.query || to.reference <= from.reference) return {};
    if (std::abs(to.diagonal() - from.diagonal()) > options.bandwidth) return {};
    const std::int64_t nearer = std::min(query_gap(from, to), reference_gap(from, to));
    if (std::max(query_gap(from, to), reference_gap(from, to)) > options.max_gap) return {};
    const std::int64_t fresh = std::int64_t{to.length} + std::min<std::int64_t>(0, nearer);
    if (fresh <= 0) return {};
    return static_cast<double>(fresh) - options.skip_scale * static_cast<double>(std::max<std::int64_t>(0, nearer)) -
           gap_cost(from, to, options, view.k);
}

double best_score(const IndexView& view, const std::vector<Block>& blocks, const ChainOptions& options) {
    std::vector<double> score;
    double best = 0;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        score.push_back(blocks[i].length);
        for (std::size_t j = 0; j < i; ++j)
            if (const std::optional<double> more = gain(view, blocks[j], blocks[i], options))
                score[i] = std::max(score[i], score[j] + *more);
        best = std::max(best, score[i]);
    }
    return best;
}

/// Score of a chain from what it shows: trimmed blocks lie on their old diagonals and are as long as what they brought.
double recomputed(const Chain& chain, const ChainOptions& options, int k) {
    double score = 0;
    for (std::size_t i = 0; i < chain.blocks.size(); ++i) {
        score += chain.blocks[i].length;
        if (i == 0) continue;
        score -= gap_cost(chain.blocks[i - 1], chain.blocks[i], options, k);
        score -= options.skip_scale * static_cast<double>(std::min(query_gap(chain.blocks[i - 1], chain.blocks[i]),
                                                                   reference_gap(chain.blocks[i - 1], chain.blocks[i])));
    }
    return score;
}

/// The block of which `trimmed` is the rear part, by index.
std::size_t origin(const std::vector<Block>& blocks, const Block& trimmed) {
    for (std::size_t i = 0; i < blocks.size(); ++i)
        if (blocks[i].strand == trimmed.strand && blocks[i].diagonal() == trimmed.diagonal() &&
            blocks[i].query_end() == trimmed.query_end())
            return i;
    return blocks.size();
}

struct Case {
    Index index;
    std::string letters{};
    Query query{};
    std::vector<Block> blocks{};

    explicit Case(RandomPairs& random) : index(make_index(random)) {
        const std::string source = index.sequence(ContigId{0}, {0, index.length(ContigId{0})});
        for (int pieces = 0; pieces < 4; ++pieces) {
            const std::int64_t length = random.between(0, std::ssize(source) / 2);
            const std::string piece = test::letters_of(
                random.evolved(encode(test::part(source, random.between(0, std::ssize(source) - length), length)), 0.1));
            letters += random.happens(0.3) ? reverse_complement(piece) : piece;
        }
        query.prepare(letters);
        blocks = test::blocks_by_search(index.view(), letters, random.between(6, 9));
        for (Block& block : blocks) block.minimizers = static_cast<std::uint32_t>(random.between(1, 3));
    }

    static Index make_index(RandomPairs& random) {
        const std::string one = test::random_letters(random, random.between(100, 300), random.happens(0.3) ? 2 : 4);
        return test::small_index({one + one.substr(30, 60), test::random_letters(random, 40) + one.substr(0, 90)}, 9, 3);
    }
};

Block block(std::uint64_t reference, std::uint32_t query, std::uint32_t length, Strand strand = Strand::forward,
            std::uint32_t minimizers = 3) {
    return {reference, query, length, minimizers, strand};
}

}   // namespace

TEST_CASE("chains of random blocks keep every promise, and the best is the best possible", "[chain]") {
    RandomPairs random(1);
    ChainScratch scratch;
    std::size_t chains_seen = 0, trimmed_blocks = 0;
    for (int round = 0; round < 150; ++round) {
        const Case data(random);
        const IndexView& view = data.index.view();
        ChainOptions options;
        options.max_gap = static_cast<int>(random.between(20, 300));
        options.bandwidth = static_cast<int>(random.between(1, 100));
        options.max_lookback = 100'000;
        options.gap_scale = random.happens(0.5) ? 1.0 : 3.0;
        options.skip_scale = random.happens(0.7) ? 0.0 : 0.05;
        const ChainThreshold threshold{static_cast<std::int32_t>(random.between(6, 30)),
                                       static_cast<std::int32_t>(random.between(1, 4))};
        INFO("round " << round << ", " << data.blocks.size() << " blocks");

        const std::vector<Chain> chains = chain_blocks(view, data.query, data.blocks, options, threshold, scratch);
        REQUIRE(std::ranges::is_sorted(chains, better_chain));
        std::vector<int> uses(data.blocks.size(), 0);
        for (const Chain& chain : chains) {
            std::int64_t minimizers = 0;
            for (std::size_t i = 0; i < chain.blocks.size(); ++i) {
                const Block& own = chain.blocks[i];
                const std::size_t from = origin(data.blocks, own);
                REQUIRE(from < data.blocks.size());
                REQUIRE(uses[from]++ == 0);
                REQUIRE(own.length > 0);
                REQUIRE(own.length <= data.blocks[from].length);
                trimmed_blocks += own.length < data.blocks[from].length;
                minimizers += own.minimizers;
                REQUIRE(own.strand == chain.strand);
                REQUIRE(view.contig_of(own.reference) == chain.contig);
                if (i == 0) continue;
                const Block& before = chain.blocks[i - 1];
                REQUIRE(own.query >= before.query_end());
                REQUIRE(own.reference >= before.reference_end());
                REQUIRE(std::max(query_gap(before, own), reference_gap(before, own)) <=
                        options.max_gap + std::int64_t{own.length});
                REQUIRE(std::abs(own.diagonal() - before.diagonal()) <= options.bandwidth);
            }
            REQUIRE(chain.minimizers == minimizers);
            REQUIRE(chain.minimizers >= threshold.minimizers);
            REQUIRE(chain.score >= threshold.score);
            // A chain that gave its begin to a better one keeps the cost of having followed it.
            REQUIRE(static_cast<double>(chain.score) <= recomputed(chain, options, view.k) + 1e-6);
            REQUIRE(chain.query ==
                    data.query.turned(chain.strand, {chain.blocks.front().query, chain.blocks.back().query_end()}));
        }
        const double best = best_score(view, data.blocks, options);
        if (best >= threshold.score && threshold.minimizers == 1) {
            REQUIRE(!chains.empty());
            REQUIRE(chains.front().score == static_cast<std::int32_t>(best + 1e-9));
            REQUIRE(std::ranges::any_of(
                chains, [&](const Chain& chain) { return std::abs(recomputed(chain, options, view.k) - best) < 1e-6; }));
        }
        chains_seen += chains.size();
    }
    CHECK(chains_seen > 150);
    CHECK(trimmed_blocks > 50);
}

TEST_CASE("which blocks follow each other", "[chain]") {
    struct Row {
        const char* what;
        std::vector<Block> blocks;
        std::vector<std::size_t> sizes;   // blocks of each chain, best first
    };
    const Row rows[] = {
        {"nothing", {}, {}},
        {"colinear", {block(0, 0, 50), block(60, 60, 40)}, {2}},
        {"a gap within the bandwidth", {block(0, 0, 80), block(200, 100, 70)}, {2}},
        {"a gap beyond the bandwidth", {block(0, 0, 80), block(230, 100, 70)}, {1, 1}},
        {"a stretch within the largest gap", {block(0, 0, 80), block(380, 380, 70)}, {2}},
        {"a stretch beyond the largest gap", {block(0, 0, 80), block(381, 381, 70)}, {1, 1}},
        {"backward on the query", {block(0, 100, 80), block(90, 10, 70)}, {1, 1}},
        {"another strand", {block(0, 0, 80), block(90, 90, 70, Strand::reverse)}, {1, 1}},
        {"another contig", {block(950, 0, 40), block(1024, 74, 45)}, {1, 1}},
        {"overlapping on both", {block(0, 0, 50), block(45, 40, 50)}, {2}},
        {"one inside the other", {block(0, 0, 50), block(20, 10, 20)}, {1, 1}},
        {"too short alone", {block(0, 0, 19)}, {}},
        {"too few minimizers", {block(0, 0, 90, Strand::forward, 1)}, {}},
        {"few minimizers each, enough together",
         {block(0, 0, 40, Strand::forward, 1), block(60, 60, 40, Strand::forward, 1)},
         {2}},
    };
    RandomPairs random(2);
    const Index index = test::small_index({test::random_letters(random, 1'000), test::random_letters(random, 300)}, 15, 5);
    REQUIRE(index.view().contig_begin[1] == 1'024);
    Query query;
    query.prepare(test::random_letters(random, 600));
    ChainOptions options;
    options.max_gap = 300;
    options.bandwidth = 100;
    ChainScratch scratch;
    for (const Row& row : rows) {
        INFO(row.what);
        std::vector<std::size_t> sizes;
        for (const Chain& chain : chain_blocks(index.view(), query, row.blocks, options, {20, 2}, scratch))
            sizes.push_back(chain.blocks.size());
        CHECK(sizes == row.sizes);
    }
}

TEST_CASE("a block that overlaps its predecessor is trimmed by the larger overlap", "[chain]") {
    RandomPairs random(3);
    const Index index = test::small_index({test::random_letters(random, 1'000)}, 15, 5);
    Query query;
    query.prepare(test::random_letters(random, 200));
    ChainScratch scratch;
    const std::vector<Block> blocks{block(0, 0, 50), block(45, 40, 50)};
    const std::vector<Chain> chains = chain_blocks(index.view(), query, blocks, {}, {20, 2}, scratch);
    REQUIRE(chains.size() == 1);
    REQUIRE(chains[0].blocks.size() == 2);
    CHECK(chains[0].blocks[1].query == 50);
    CHECK(chains[0].blocks[1].reference == 55);
    CHECK(chains[0].blocks[1].length == 40);
    CHECK(chains[0].minimizers == 6);
    CHECK(chains[0].score == 87);   // 50 + 40 - (0.15 x 5 + 0.5 log2 6)
    CHECK(chains[0].query == QueryInterval{0, 90});
}

TEST_CASE("equal chains come in the order of the reference, whatever came before", "[chain]") {
    RandomPairs random(4);
    const Index index = test::small_index({test::random_letters(random, 1'000), test::random_letters(random, 300)}, 15, 5);
    Query query;
    query.prepare(test::random_letters(random, 200));
    const std::vector<Block> blocks{block(100, 10, 50), block(700, 10, 50), block(1'030, 10, 50),
                                    block(100, 140, 50, Strand::reverse), block(400, 100, 50, Strand::reverse)};
    ChainScratch scratch;
    for (int time = 0; time < 2; ++time) {
        std::vector<std::pair<std::uint64_t, Strand>> places;
        for (const Chain& chain : chain_blocks(index.view(), query, blocks, {}, {20, 2}, scratch))
            places.emplace_back(chain.blocks.front().reference, chain.strand);
        CHECK(places == std::vector<std::pair<std::uint64_t, Strand>>{{100, Strand::forward},
                                                                      {100, Strand::reverse},
                                                                      {400, Strand::reverse},
                                                                      {700, Strand::forward},
                                                                      {1'030, Strand::forward}});
    }
}

TEST_CASE("the look-back bounds the predecessors that are tried", "[chain]") {
    RandomPairs random(5);
    const Index index = test::small_index({test::random_letters(random, 2'000)}, 15, 5);
    Query query;
    query.prepare(test::random_letters(random, 2'000));
    // Between two blocks of one diagonal stand five that cannot be chained with them.
    std::vector<Block> blocks{block(0, 0, 50)};
    for (std::uint32_t i = 0; i < 5; ++i) blocks.push_back(block(60 + i, 1'500 - 20 * i, 30));
    blocks.push_back(block(100, 100, 50));
    ChainOptions options;
    ChainScratch scratch;
    options.max_lookback = 6;
    CHECK(chain_blocks(index.view(), query, blocks, options, {20, 2}, scratch).front().blocks.size() == 2);
    options.max_lookback = 5;
    CHECK(chain_blocks(index.view(), query, blocks, options, {20, 2}, scratch).front().blocks.size() == 1);
}
