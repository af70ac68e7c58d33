#include "weft/index/pack_bases.hpp"

#include <catch2/catch.hpp>
#include <limits>
#include <random>

using namespace weft;

TEST_CASE("bases are packed in order, ambiguous ones and padding as 0", "[index]") {
    std::mt19937_64 random(31);
    for (const std::size_t length : {0u, 1u, 7u, 31u, 32u, 33u, 64u, 1'000u}) {
        std::vector<Code> codes(length);
        for (Code& code : codes) code = static_cast<Code>(random() % 5);
        std::vector<std::uint64_t> words(words_for(length), ~std::uint64_t{0});
        pack_bases(codes, words);
        for (std::size_t i = 0; i < 32 * words.size(); ++i) {
            const std::uint64_t expected = i < length && codes[i] < 4 ? codes[i] : 0;
            REQUIRE((words[i / 32] >> 2 * (i % 32) & 3) == expected);
        }
    }
}

TEST_CASE("runs are stretches of one letter, whatever the cut", "[index]") {
    const std::string letters = "nnACGTRYYyNNNNNNNNNNNACNn";
    const auto codes = encode(letters);
    const std::vector<std::tuple<std::uint64_t, std::uint32_t, char>> expected{
        {100, 2, 'N'}, {106, 1, 'R'}, {107, 3, 'Y'}, {110, 11, 'N'}, {123, 2, 'N'}};
    for (std::size_t cut = 0; cut <= letters.size(); ++cut) {
        std::vector<AmbiguousRun> left;
        std::vector<AmbiguousRun> right;
        append_runs(std::span(codes).first(cut), letters.substr(0, cut), 100, left);
        append_runs(std::span(codes).subspan(cut), letters.substr(cut), 100 + cut, right);
        for (const AmbiguousRun& run : right) append_run(run, left);
        std::vector<std::tuple<std::uint64_t, std::uint32_t, char>> found;
        for (const AmbiguousRun& run : left) found.emplace_back(run.begin, run.length, run.letter);
        CHECK(found == expected);
    }
}

TEST_CASE("a run longer than 32 bits can say is split at the same place", "[index]") {
    constexpr std::uint32_t most = std::numeric_limits<std::uint32_t>::max();
    std::vector<AmbiguousRun> runs;
    append_run({10, most - 5, 'N'}, runs);
    append_run({10 + std::uint64_t{most} - 5, 20, 'N'}, runs);
    REQUIRE(runs.size() == 2);
    CHECK(runs[0].length == most);
    CHECK(runs[1].begin == 10 + std::uint64_t{most});
    CHECK(runs[1].length == 15);
}
