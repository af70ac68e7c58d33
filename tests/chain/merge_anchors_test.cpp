// Blocks against the maximal exact matches that a comparison of all diagonals finds.
#include "weft/chain/merge_anchors.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "support/exact_blocks.hpp"
#include "support/small_reference.hpp"
#include "weft/seed/find_anchors.hpp"

using namespace weft;
using weft::test::RandomPairs;

namespace {

constexpr SeedLimits no_limits{UINT32_MAX, UINT32_MAX};

std::string text_of(const Block& block) {
    return std::string(1, symbol(block.strand)) + " reference " + std::to_string(block.reference) + " query " +
           std::to_string(block.query) + " length " + std::to_string(block.length);
}

std::vector<std::string> texts_of(const std::vector<Block>& blocks) {
    std::vector<std::string> texts;
    for (const Block& block : blocks) texts.push_back(text_of(block));
    return texts;
}

/// The k-mer of an anchor on the oriented query.
std::int64_t oriented_start(const Anchor& anchor, std::int64_t query_length, int k) {
    return anchor.strand == Strand::forward ? anchor.query : query_length - anchor.query - k;
}

/// The block that holds the bases [offset, offset + length) of an anchor's k-mer; nullptr when there is none.
const Block* holder(const std::vector<Block>& blocks, const Anchor& anchor, std::int64_t oriented, std::int64_t offset,
                    std::int64_t length) {
    for (const Block& block : blocks)
        if (block.strand == anchor.strand && block.diagonal() == static_cast<std::int64_t>(anchor.reference) - oriented &&
            block.query <= oriented + offset && oriented + offset + length <= block.query_end())
            return &block;
    return nullptr;
}

/// Two contigs with tandem repeats and stretches of N, and a query that is pieces of them.
struct Case {
    std::vector<std::string> contigs{};
    std::string letters{};

    explicit Case(RandomPairs& random) {
        std::string unit = test::random_letters(random, random.between(1, 9)), tandem;
        for (std::int64_t copies = random.between(2, 12); copies > 0; --copies) tandem += unit;
        contigs = {test::random_letters(random, random.between(60, 260)) + tandem + test::random_letters(random, 70),
                   test::random_letters(random, random.between(20, 80), 2) + tandem};
        for (std::string& contig : contigs)
            if (random.happens(0.4)) test::strew_ambiguous(random, 2, 8, contig);
        for (int pieces = 0; pieces < 3; ++pieces) {
            const std::string& from = contigs[random.happens(0.7) ? 0 : 1];
            const std::int64_t length = random.between(0, std::ssize(from));
            std::string piece = test::letters_of(
                random.evolved(encode(test::part(from, random.between(0, std::ssize(from) - length), length)), 0.05));
            letters += random.happens(0.3) ? reverse_complement(piece) : piece;
        }
        if (random.happens(0.3)) test::strew_ambiguous(random, 2, 3, letters);
    }
};

}   // namespace

TEST_CASE("the blocks of all shared k-mers are all maximal exact matches, each once, with all their anchors", "[chain]") {
    RandomPairs random(1);
    MergeScratch scratch;
    SeedScratch seed_scratch;
    SeedResult seeds;
    Query query;
    std::vector<Block> blocks;
    for (int round = 0; round < 80; ++round) {
        const Case data(random);
        const int k = static_cast<int>(random.between(4, 7)) * 2 + 1;
        const Index index = test::small_index(data.contigs, k, 1);   // w = 1 and odd k: every k-mer of the reference
        INFO(data.contigs[0] << ' ' << data.contigs[1] << ' ' << data.letters << " k " << k);
        query.prepare(data.letters);
        find_anchors(index.view(), query, no_limits, {}, seed_scratch, seeds, for_each_serially);
        merge_anchors(index.view(), query, seeds.anchors, static_cast<std::uint32_t>(k), scratch, blocks);
        REQUIRE(texts_of(blocks) == texts_of(test::blocks_by_search(index.view(), data.letters, k)));
        for (const Block& block : blocks) REQUIRE(block.minimizers == block.length - static_cast<std::uint32_t>(k) + 1);
    }
}

TEST_CASE("the blocks of minimizers are the maximal exact matches that hold one", "[chain]") {
    RandomPairs random(2);
    MergeScratch scratch;
    SeedScratch seed_scratch;
    SeedResult seeds;
    Query query;
    std::vector<Block> blocks;
    for (int round = 0; round < 80; ++round) {
        const Case data(random);
        const Index index = test::small_index(data.contigs, 9, 5);
        INFO(data.contigs[0] << ' ' << data.contigs[1] << ' ' << data.letters);
        query.prepare(data.letters);
        find_anchors(index.view(), query, no_limits, {}, seed_scratch, seeds, for_each_serially);
        merge_anchors(index.view(), query, seeds.anchors, 9, scratch, blocks);
        std::vector<Block> expected = test::blocks_by_search(index.view(), data.letters, 9);
        for (const Anchor& anchor : seeds.anchors) {
            const Block* const block = holder(expected, anchor, oriented_start(anchor, query.length(), 9), 0, 9);
            REQUIRE(block != nullptr);
            ++expected[static_cast<std::size_t>(block - expected.data())].minimizers;
        }
        std::erase_if(expected, [](const Block& block) { return block.minimizers == 0; });
        REQUIRE(texts_of(blocks) == texts_of(expected));
        for (std::size_t i = 0; i < blocks.size(); ++i) REQUIRE(blocks[i].minimizers == expected[i].minimizers);
    }
}

TEST_CASE("a k-mer with one substitution gives the exact runs beside it", "[chain]") {
    RandomPairs random(3);
    MergeScratch scratch;
    SeedScratch seed_scratch;
    SeedResult seeds;
    Query query;
    std::vector<Block> blocks;
    constexpr int k = 11;
    constexpr std::uint32_t shortest = 5;
    for (int round = 0; round < 60; ++round) {
        const Case data(random);
        const Index index = test::small_index(data.contigs, k, 3);
        const std::string letters = data.letters.substr(0, 120);
        INFO(data.contigs[0] << ' ' << data.contigs[1] << ' ' << letters);
        query.prepare(letters);
        find_anchors_densely(index.view(), query, no_limits, {}, seed_scratch, seeds);
        merge_anchors(index.view(), query, seeds.anchors, shortest, scratch, blocks);
        const std::vector<std::string> all = texts_of(test::blocks_by_search(index.view(), letters, shortest));
        const std::vector<std::string> texts = texts_of(blocks);
        for (const std::string& text : texts) REQUIRE(std::ranges::find(all, text) != all.end());
        REQUIRE(std::ranges::is_sorted(blocks, {}, test::place_of));
        REQUIRE(std::ranges::adjacent_find(texts) == texts.end());
        for (const Anchor& anchor : seeds.anchors) {
            const std::int64_t start = oriented_start(anchor, query.length(), k);
            const auto codes = query.codes(anchor.strand);
            std::vector<Code> reference(k);
            index.view().decode(anchor.reference, reference);
            const auto changed =
                std::mismatch(reference.begin(), reference.end(), codes.begin() + start).first - reference.begin();
            INFO("k-mer at " << start << " with a change at " << changed);
            if (changed >= shortest) REQUIRE(holder(blocks, anchor, start, 0, changed) != nullptr);
            if (k - changed - 1 >= shortest) REQUIRE(holder(blocks, anchor, start, changed + 1, k - changed - 1) != nullptr);
        }
    }
}

TEST_CASE("no anchors give no blocks", "[chain]") {
    const Index index = test::small_index({"ACGTACGGTAGCTTGACCGTA"}, 9, 1);
    Query query;
    query.prepare("ACGTACGGTAGC");
    MergeScratch scratch;
    std::vector<Block> blocks(3);
    merge_anchors(index.view(), query, {}, 9, scratch, blocks);
    CHECK(blocks.empty());
}

TEST_CASE("a block ends at the contig's and the query's border and at ambiguous bases", "[chain]") {
    RandomPairs random(4);
    const std::string core = test::random_letters(random, 64);
    struct Row {
        std::string contig, letters;
        std::uint32_t query, length;
        std::uint64_t reference;
    };
    const Row rows[] = {
        {core, core, 0, 64, 0},                   // both whole; the word behind the contig is padding
        {core.substr(0, 40), core, 0, 40, 0},     // the contig ends
        {core, core.substr(10, 30), 0, 30, 10},   // the query ends
        {core.substr(0, 40) + std::string(24, 'N'), core.substr(0, 40) + std::string(24, 'A'), 0, 40, 0},   // N is stored as A
        {core.substr(0, 40) + std::string(24, 'A'), core.substr(0, 40) + std::string(24, 'N'), 0, 40, 0},
        {std::string(20, 'N') + core, std::string(20, 'A') + core, 20, 64, 20},
    };
    for (const Row& row : rows) {
        INFO(row.contig << ' ' << row.letters);
        const Index index = test::small_index({row.contig, core.substr(32)}, 15, 1);
        Query query;
        query.prepare(row.letters);
        const Anchor anchor{row.reference + 3, row.query + 3, Strand::forward};
        MergeScratch scratch;
        std::vector<Block> blocks;
        merge_anchors(index.view(), query, std::span(&anchor, 1), 15, scratch, blocks);
        REQUIRE(blocks.size() == 1);
        CHECK(blocks[0].query == row.query);
        CHECK(blocks[0].length == row.length);
        CHECK(blocks[0].reference == row.reference);
    }
}
