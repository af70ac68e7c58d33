// Joining over long gaps: which chains become one, and that nothing is lost or overlaps afterwards.
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "support/print_intervals.hpp"
#include "support/small_reference.hpp"
#include "weft/chain/chain_blocks.hpp"

using namespace weft;
using weft::test::RandomPairs;

namespace {

Query query_of(std::size_t length) {
    Query query;
    query.prepare(std::string(length, 'A'));
    return query;
}

Chain chain(const Query& query, std::vector<Block> blocks, std::uint32_t contig = 0) {
    Chain result;
    for (const Block& block : blocks) {
        result.score += static_cast<std::int32_t>(block.length);
        result.minimizers += static_cast<std::int32_t>(block.minimizers);
    }
    result.contig = ContigId{contig};
    result.strand = blocks.front().strand;
    result.query = query.turned(result.strand, {blocks.front().query, blocks.back().query_end()});
    result.blocks = std::move(blocks);
    return result;
}

Block block(std::uint64_t reference, std::uint32_t query, std::uint32_t length, Strand strand = Strand::forward) {
    return {reference, query, length, 2, strand};
}

/// Twenty matched bases for any gap.
double flat_cost(std::int64_t gap) { return gap == 0 ? 0 : 20; }

}   // namespace

TEST_CASE("which chains are joined", "[chain]") {
    const Query query = query_of(10'000);
    constexpr Strand reverse = Strand::reverse;
    struct Row {
        const char* what;
        std::vector<Chain> chains;
        std::vector<std::size_t> sizes;
    };
    const Row rows[] = {
        {"nothing", {}, {}},
        {"one", {chain(query, {block(0, 0, 50)})}, {1}},
        {"over a deletion", {chain(query, {block(0, 0, 100)}), chain(query, {block(3'100, 100, 60)})}, {2}},
        {"over an insertion", {chain(query, {block(0, 0, 100)}), chain(query, {block(100, 3'100, 60)})}, {2}},
        {"the lesser one before the better one",
         {chain(query, {block(3'000, 3'000, 100)}), chain(query, {block(0, 100, 60)})},
         {2}},
        {"the lesser one is not worth the gap",
         {chain(query, {block(0, 0, 100)}), chain(query, {block(3'100, 100, 20)})},
         {1, 1}},
        {"too far apart on the reference", {chain(query, {block(0, 0, 100)}), chain(query, {block(5'101, 100, 60)})}, {1, 1}},
        {"just not too far apart", {chain(query, {block(0, 0, 100)}), chain(query, {block(5'100, 100, 60)})}, {2}},
        {"too far apart on the query", {chain(query, {block(0, 0, 100)}), chain(query, {block(100, 5'101, 60)})}, {1, 1}},
        {"another contig", {chain(query, {block(0, 0, 100)}), chain(query, {block(3'100, 100, 60)}, 1)}, {1, 1}},
        {"another strand", {chain(query, {block(0, 0, 100)}), chain(query, {block(3'100, 100, 60, reverse)})}, {1, 1}},
        {"both on the reverse strand",
         {chain(query, {block(0, 0, 100, reverse)}), chain(query, {block(3'100, 100, 60, reverse)})},
         {2}},
        {"crossed", {chain(query, {block(0, 500, 100)}), chain(query, {block(3'100, 100, 60)})}, {1, 1}},
        {"a small overlap on the query", {chain(query, {block(0, 0, 100)}), chain(query, {block(3'100, 70, 90)})}, {2}},
        {"a large overlap on the query", {chain(query, {block(0, 0, 100)}), chain(query, {block(3'100, 49, 90)})}, {1, 1}},
        {"an overlap of all of the later block",
         {chain(query, {block(0, 0, 100)}), chain(query, {block(3'100, 70, 30), block(3'200, 170, 60)})},
         {1, 2}},
        {"three in a row",
         {chain(query, {block(2'000, 200, 100)}), chain(query, {block(0, 0, 90)}), chain(query, {block(4'000, 400, 80)})},
         {3}},
        {"the nearer in score of two",
         {chain(query, {block(0, 0, 100)}), chain(query, {block(3'000, 100, 70)}), chain(query, {block(4'000, 100, 60)})},
         {2, 1}},
    };
    ChainOptions options;
    options.long_bandwidth = 5'000;
    for (const Row& row : rows) {
        INFO(row.what);
        std::vector<Chain> chains = row.chains;
        join_chains(query, options, flat_cost, chains);
        std::vector<std::size_t> sizes;
        for (const Chain& joined : chains) sizes.push_back(joined.blocks.size());
        CHECK(sizes == row.sizes);
    }
}

TEST_CASE("a joined chain says what it holds", "[chain]") {
    const Query query = query_of(1'000);
    std::vector<Chain> chains{chain(query, {block(9'000, 300, 120)}), chain(query, {block(100, 50, 60), block(165, 115, 40)}),
                              chain(query, {block(9'300, 400, 80)})};
    join_chains(query, {}, flat_cost, chains);
    REQUIRE(chains.size() == 1);
    CHECK(chains[0].score == 120 + 100 - 20 + 80 - 20 - 20);   // two gaps, and 20 bases that two blocks shared
    CHECK(chains[0].minimizers == 8);
    CHECK(chains[0].query == QueryInterval{50, 480});
    REQUIRE(chains[0].blocks.size() == 4);
    CHECK(chains[0].blocks[3].query == 420);
    CHECK(chains[0].blocks[3].reference == 9'320);
    CHECK(chains[0].blocks[3].length == 60);

    std::vector<Chain> turned{chain(query, {block(100, 50, 60, Strand::reverse)}),
                              chain(query, {block(5'000, 200, 50, Strand::reverse)})};
    join_chains(query, {}, flat_cost, turned);
    REQUIRE(turned.size() == 1);
    CHECK(turned[0].query == QueryInterval{750, 950});
}

TEST_CASE("joining random chains loses no block and leaves no overlap", "[chain]") {
    RandomPairs random(1);
    std::size_t joins = 0;
    for (int round = 0; round < 300; ++round) {
        const Query query = query_of(2'000);
        std::vector<Chain> chains;
        std::size_t blocks = 0;
        std::int64_t minimizers = 0;
        for (std::int64_t count = random.between(0, 12); count > 0; --count) {
            const Strand strand = random.happens(0.8) ? Strand::forward : Strand::reverse;
            std::uint64_t reference =
                4'096 * static_cast<std::uint64_t>(random.between(0, 1)) + static_cast<std::uint64_t>(random.between(0, 3'000));
            auto at = static_cast<std::uint32_t>(random.between(0, 1'500));
            std::vector<Block> own;
            for (std::int64_t more = random.between(1, 3); more > 0; --more) {
                own.push_back(block(reference, at, static_cast<std::uint32_t>(random.between(10, 90)), strand));
                reference = own.back().reference_end() + static_cast<std::uint64_t>(random.between(0, 30));
                at = own.back().query_end() + static_cast<std::uint32_t>(random.between(0, 30));
            }
            chains.push_back(chain(query, own, own.front().reference >= 4'096));
            blocks += own.size();
            minimizers += chains.back().minimizers;
        }
        std::sort(chains.begin(), chains.end(), better_chain);
        const std::size_t before = chains.size();
        ChainOptions options;
        options.long_bandwidth = static_cast<int>(random.between(100, 3'000));
        join_chains(
            query, options, [](std::int64_t gap) { return 5 + 0.01 * static_cast<double>(gap); }, chains);
        joins += before - chains.size();
        REQUIRE(std::ranges::is_sorted(chains, better_chain));
        for (const Chain& joined : chains) {
            blocks -= joined.blocks.size();
            std::int64_t own = 0;
            for (std::size_t i = 0; i < joined.blocks.size(); ++i) {
                own += joined.blocks[i].minimizers;
                REQUIRE(joined.blocks[i].strand == joined.strand);
                REQUIRE((joined.blocks[i].reference >= 4'096) == (joined.contig == ContigId{1}));
                REQUIRE(joined.blocks[i].length > 0);
                if (i == 0) continue;
                REQUIRE(joined.blocks[i].query >= joined.blocks[i - 1].query_end());
                REQUIRE(joined.blocks[i].reference >= joined.blocks[i - 1].reference_end());
            }
            REQUIRE(joined.minimizers == own);
            minimizers -= own;
            REQUIRE(joined.query == query.turned(joined.strand, {joined.blocks.front().query, joined.blocks.back().query_end()}));
        }
        REQUIRE(blocks == 0);
        REQUIRE(minimizers == 0);
    }
    CHECK(joins > 100);
}
