// Pins of a chain: inside its blocks, in order, away from gaps.
#include "weft/align/cut_pieces.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "support/random_sequences.hpp"

using namespace weft;
using weft::test::RandomPairs;

namespace {

Chain chain(std::vector<Block> blocks) {
    Chain result;
    result.blocks = std::move(blocks);
    return result;
}

Block block(std::uint64_t reference, std::uint32_t query, std::uint32_t length) {
    return {reference, query, length, 1, Strand::forward};
}

/// "query+length" of each pin, on its diagonal.
std::string text_of(const std::vector<Pin>& pins) {
    std::string text;
    for (const Pin& pin : pins)
        text += (text.empty() ? "" : " ") + std::to_string(pin.query) + "+" + std::to_string(pin.length) + "@" +
                std::to_string(static_cast<std::int64_t>(pin.reference) - static_cast<std::int64_t>(pin.query));
    return text;
}

}   // namespace

TEST_CASE("which stretches an alignment is pinned to", "[align]") {
    struct Row {
        const char* what;
        std::vector<Block> blocks;
        std::string_view pins;   // query + length @ diagonal
    };
    const Row rows[] = {
        {"one block is whole", {block(100, 0, 30)}, "0+30@100"},
        {"however short", {block(100, 0, 3)}, "0+3@100"},
        {"beside a substitution nothing is cut", {block(100, 0, 30), block(131, 31, 40)}, "0+30@100 31+40@100"},
        {"beside a gap eight bases are", {block(100, 0, 50), block(155, 50, 60)}, "0+42@100 58+52@105"},
        {"on both sides", {block(100, 0, 50), block(155, 50, 60), block(225, 110, 70)}, "0+42@100 58+44@105 118+62@115"},
        {"a short block beside a gap dissolves",
         {block(100, 0, 50), block(155, 50, 23), block(228, 113, 70)},
         "0+42@100 121+62@115"},
        {"a short block on the diagonal stays",
         {block(100, 0, 50), block(151, 51, 8), block(160, 60, 70)},
         "0+50@100 51+8@100 60+70@100"},
        {"a shorter one does not", {block(100, 0, 50), block(151, 51, 7), block(160, 60, 70)}, "0+50@100 60+70@100"},
        {"a detour dissolves", {block(100, 0, 50), block(160, 55, 14), block(170, 70, 70)}, "0+50@100 70+70@100"},
        {"a long one is believed",
         {block(100, 0, 90), block(200, 95, 40), block(240, 140, 70)},
         "0+82@100 103+24@105 148+62@100"},
        {"an end that does not pay for its gap is left out", {block(100, 0, 5), block(160, 10, 90)}, "10+90@150"},
        {"also at the other end", {block(100, 0, 90), block(250, 100, 12)}, "0+90@100"},
        {"an end that pays is kept", {block(100, 0, 30), block(180, 30, 90)}, "0+22@100 38+82@150"},
        {"only short blocks: the longest", {block(100, 0, 12), block(117, 12, 14)}, "12+14@105"},
    };
    for (const Row& row : rows) {
        INFO(row.what);
        CHECK(text_of(cut_pieces(chain(row.blocks), {})) == row.pins);
    }
}

TEST_CASE("pins of random chains lie inside their blocks, in order", "[align]") {
    RandomPairs random(1);
    std::size_t pins_seen = 0, blocks_seen = 0;
    for (int round = 0; round < 2'000; ++round) {
        std::vector<Block> blocks;
        std::uint64_t reference = 1'000;
        std::uint32_t query = 0;
        for (std::int64_t count = random.between(1, 12); count > 0; --count) {
            const auto apart = static_cast<std::uint32_t>(random.between(0, 20));
            const auto more =
                static_cast<std::uint32_t>(random.happens(0.5) ? 0 : random.between(1, random.happens(0.1) ? 900 : 10));
            const bool deletion = random.happens(0.5);
            reference += apart + (deletion ? more : 0);
            query += apart + (deletion ? 0 : more);
            blocks.push_back(
                block(reference, query, static_cast<std::uint32_t>(random.between(1, random.happens(0.5) ? 25 : 200))));
            reference = blocks.back().reference_end();
            query = blocks.back().query_end();
        }
        AlignOptions options;
        options.end_to_end = random.happens(0.5);
        const std::vector<Pin> pins = cut_pieces(chain(blocks), options);
        REQUIRE(!pins.empty());
        for (std::size_t i = 0; i < pins.size(); ++i) {
            const Pin& pin = pins[i];
            REQUIRE(pin.length > 0);
            const bool inside = std::any_of(blocks.begin(), blocks.end(), [&](const Block& own) {
                return own.diagonal() == static_cast<std::int64_t>(pin.reference) - static_cast<std::int64_t>(pin.query) &&
                       own.query <= pin.query && pin.query_end() <= own.query_end();
            });
            REQUIRE(inside);
            if (i == 0) continue;
            REQUIRE(pins[i - 1].query_end() <= pin.query);
            REQUIRE(pins[i - 1].reference_end() <= pin.reference);
        }
        pins_seen += pins.size();
        blocks_seen += blocks.size();
    }
    CHECK(pins_seen > blocks_seen / 4);
}
