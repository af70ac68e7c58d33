// Which chains are aligned, and who counts as whose rival.
#include "weft/select/choose_candidates.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace weft;

namespace {

constexpr std::int64_t query_length = 10'000;

Query plain_query() {
    Query query;
    query.prepare(std::string(query_length, 'A'));
    return query;
}

/// A chain over oriented query intervals, one block each.
Chain chain(std::int32_t score, std::vector<QueryInterval> blocks, Strand strand = Strand::forward) {
    Chain result;
    result.score = score;
    result.strand = strand;
    for (const QueryInterval& block : blocks)
        result.blocks.push_back({static_cast<std::uint64_t>(block.begin), static_cast<std::uint32_t>(block.begin),
                                 static_cast<std::uint32_t>(block.length()), 1, strand});
    const QueryInterval hull{blocks.front().begin, blocks.back().end};
    result.query = strand == Strand::forward ? hull : QueryInterval{query_length - hull.end, query_length - hull.begin};
    return result;
}

/// "0:90 1:100": rank and rival score of each candidate.
std::string text_of(const std::vector<Candidate>& candidates) {
    std::string text;
    for (const Candidate& candidate : candidates)
        text += (text.empty() ? "" : " ") + std::to_string(candidate.chain) + ":" + std::to_string(candidate.rival_score);
    return text;
}

std::string chosen(const std::vector<Chain>& chains, const CandidateLimits& limits = {.score_share = 0.7, .rivals = 2}) {
    return text_of(choose_candidates(plain_query(), chains, {}, limits));
}

}   // namespace

TEST_CASE("which chains are aligned", "[select]") {
    constexpr Strand reverse = Strand::reverse;
    struct Row {
        const char* what;
        std::vector<Chain> chains;
        std::string_view expected;
    };
    const Row rows[] = {
        {"none", {}, ""},
        {"one", {chain(100, {{0, 200}})}, "0:0"},
        {"a near rival", {chain(100, {{0, 200}}), chain(80, {{0, 180}})}, "0:80 1:100"},
        {"a weak rival is known, but not aligned", {chain(100, {{0, 200}}), chain(69, {{0, 180}})}, "0:69"},
        {"two parts", {chain(100, {{0, 200}}), chain(20, {{200, 300}})}, "0:0 1:0"},
        {"half shared is two parts", {chain(100, {{0, 200}}), chain(20, {{150, 250}})}, "0:0 1:0"},
        {"more than half is one", {chain(100, {{0, 200}}), chain(20, {{149, 249}})}, "0:20"},
        {"the other strand of the same bases", {chain(100, {{0, 200}}), chain(90, {{9'800, 10'000}}, reverse)}, "0:90 1:100"},
        {"the other strand of other bases", {chain(100, {{0, 200}}), chain(90, {{0, 200}}, reverse)}, "0:0 1:0"},
        {"only so many rivals",
         {chain(100, {{0, 200}}), chain(95, {{0, 200}}), chain(90, {{0, 200}}), chain(85, {{0, 200}})},
         "0:95 1:100 2:100"},
        {"the cut is not inside a tie",
         {chain(100, {{0, 200}}), chain(95, {{0, 200}}), chain(90, {{0, 200}}), chain(90, {{0, 200}}), chain(90, {{0, 200}}),
          chain(80, {{0, 200}})},
         "0:95 1:100 2:100 3:100 4:100"},
        {"each part has its own rivals",
         {chain(100, {{0, 200}}), chain(90, {{300, 500}}), chain(88, {{0, 200}}), chain(87, {{300, 500}}), chain(86, {{0, 200}}),
          chain(85, {{0, 200}})},
         "0:88 1:87 2:100 3:90 4:100"},
        {"in a long gap of the best one there is room",
         {chain(500, {{0, 1'000}, {3'000, 4'000}}), chain(300, {{1'000, 3'000}})},
         "0:0 1:0"},
        {"in a short one there is none", {chain(500, {{0, 1'000}, {1'900, 4'000}}), chain(100, {{1'000, 1'900}})}, "0:100"},
        {"a long gap on the reverse strand",
         {chain(500, {{0, 1'000}, {3'000, 4'000}}, reverse), chain(300, {{7'000, 9'000}}), chain(200, {{6'000, 7'000}})},
         "0:200 1:0"},
    };
    for (const Row& row : rows) {
        INFO(row.what);
        CHECK(chosen(row.chains) == row.expected);
    }
}

TEST_CASE("a rival no more than the margin below the best is aligned, whatever its share", "[select]") {
    const CandidateLimits limits{.score_share = 0.7, .score_margin = 100, .rivals = 2};
    CHECK(chosen({chain(150, {{0, 200}}), chain(50, {{0, 180}}), chain(49, {{0, 180}})}, limits) == "0:50 1:150");
    CHECK(chosen({chain(1'000, {{0, 2'000}}), chain(700, {{0, 1'800}}), chain(699, {{0, 1'800}})}, limits) == "0:700 1:1000");
}

TEST_CASE("far down the list only parts of their own are aligned", "[select]") {
    std::vector<Chain> chains{chain(1'000, {{0, 200}})};
    for (int i = 0; i < 200; ++i) chains.push_back(chain(900, {{0, 200}}));
    chains.push_back(chain(100, {{500, 600}}));
    const std::vector<Candidate> candidates = choose_candidates(plain_query(), chains, {}, {.score_share = 0.5, .rivals = 5});
    CHECK(candidates.size() >= 100);   // all tied
    CHECK(candidates.size() < 200);
    CHECK(candidates.back().chain == 201);
    CHECK(candidates.back().rival_score == 0);
}
