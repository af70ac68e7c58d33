// Which anchors go, against a comparison of every anchor with every other one.
#include "weft/chain/drop_lonely_anchors.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <tuple>

#include "support/random_sequences.hpp"

using namespace weft;
using weft::test::RandomPairs;

namespace {

constexpr int k = 15;
constexpr std::int64_t query_length = 2'000;

std::int64_t diagonal_of(const Anchor& anchor) {
    const std::int64_t given = anchor.query;
    const std::int64_t oriented = anchor.strand == Strand::forward ? given : query_length - given - k;
    return static_cast<std::int64_t>(anchor.reference) - oriented;
}

bool has_company(const Anchor& anchor, const std::vector<Anchor>& all, int bandwidth) {
    return std::any_of(all.begin(), all.end(), [&](const Anchor& other) {
        return &other != &anchor && other.strand == anchor.strand && std::abs(diagonal_of(other) - diagonal_of(anchor)) <= bandwidth;
    });
}

auto key_of(const Anchor& anchor) { return std::tie(anchor.reference, anchor.query, anchor.strand); }

bool same(const Anchor& a, const Anchor& b) { return key_of(a) == key_of(b); }

std::vector<Anchor> dropped(std::vector<Anchor> anchors, const ChainOptions& options) {
    std::vector<std::uint8_t> counts;
    drop_lonely_anchors(query_length, k, options, counts, anchors);
    return anchors;
}

}   // namespace

TEST_CASE("anchors without company go, in their own and the neighbouring bands", "[chain]") {
    ChainOptions options;
    options.bandwidth = 500;
    options.min_minimizers = 2;
    const auto forward = [](std::uint64_t diagonal, std::uint32_t query) { return Anchor{diagonal + query, query, Strand::forward}; };
    // On the reverse strand an anchor that comes later in the query lies earlier on the reference.
    const auto reverse = [](std::uint64_t diagonal, std::uint32_t query) {
        return Anchor{diagonal + static_cast<std::uint64_t>(query_length - query - k), query, Strand::reverse};
    };
    struct Row {
        const char* what;
        std::vector<Anchor> anchors;
        std::size_t kept;
    };
    const Row rows[] = {
        {"none", {}, 0},
        {"one alone", {forward(100'000, 10)}, 0},
        {"two on one diagonal", {forward(100'000, 10), forward(100'000, 900)}, 2},
        {"two a bandwidth apart", {forward(100'000, 10), forward(100'500, 900)}, 2},
        {"two far apart", {forward(100'000, 10), forward(300'000, 900)}, 0},
        {"two on one reverse diagonal", {reverse(100'000, 10), reverse(100'000, 900)}, 2},
        {"two strands, same reference", {forward(100'000, 992), reverse(100'000, 992)}, 0},
        {"before the first base of the reference", {Anchor{5, 1'500, Strand::forward}, Anchor{25, 1'520, Strand::forward}}, 2},
        {"company and one alone", {forward(100'000, 10), forward(300'000, 50), forward(100'010, 900)}, 2},
    };
    for (const Row& row : rows) {
        INFO(row.what);
        CHECK(dropped(row.anchors, options).size() == row.kept);
    }
}

TEST_CASE("nothing goes where a chain may consist of one minimizer", "[chain]") {
    ChainOptions options;
    options.min_minimizers = 1;
    CHECK(dropped({{100'000, 10, Strand::forward}}, options).size() == 1);
}

TEST_CASE("no anchor that has company ever goes, and the rest keeps its order", "[chain]") {
    RandomPairs random(21);
    std::size_t gone = 0;
    for (int round = 0; round < 300; ++round) {
        ChainOptions options;
        options.bandwidth = static_cast<int>(random.between(1, 2'000));
        options.min_minimizers = static_cast<int>(random.between(2, 4));
        std::vector<Anchor> anchors;
        for (std::int64_t count = random.between(0, 200); count > 0; --count)
            anchors.push_back({static_cast<std::uint64_t>(random.between(0, 20'000'000)),
                               static_cast<std::uint32_t>(random.between(0, query_length - k)),
                               random.happens(0.5) ? Strand::forward : Strand::reverse});
        for (std::int64_t count = random.between(0, 50); count > 0 && !anchors.empty(); --count) {   // company for some
            Anchor near = anchors[static_cast<std::size_t>(random.between(0, std::ssize(anchors) - 1))];
            near.reference += static_cast<std::uint64_t>(random.between(0, options.bandwidth));
            anchors.push_back(near);
        }
        std::sort(anchors.begin(), anchors.end(), [](const Anchor& a, const Anchor& b) { return a.query < b.query; });
        const std::vector<Anchor> kept = dropped(anchors, options);
        auto next = kept.begin();
        for (const Anchor& anchor : anchors) {
            if (next != kept.end() && same(*next, anchor)) {
                ++next;
                continue;
            }
            ++gone;
            REQUIRE_FALSE(has_company(anchor, anchors, options.bandwidth));
        }
        REQUIRE(next == kept.end());
    }
    CHECK(gone > 1'000);   // the table of counts is there to drop
}
