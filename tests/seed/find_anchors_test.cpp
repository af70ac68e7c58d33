// Anchors against a search of the letters themselves; cut-offs and rescue on a reference with a repeat.
#include "weft/seed/find_anchors.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <tuple>

#include "support/small_reference.hpp"

using namespace weft;
using weft::test::RandomPairs;

namespace {

constexpr SeedLimits no_limits{UINT32_MAX, UINT32_MAX};

using Place = std::tuple<std::uint32_t, std::uint64_t, Strand>;   // query, reference, strand

std::vector<Place> places_of(const std::vector<Anchor>& anchors) {
    std::vector<Place> places;
    for (const Anchor& anchor : anchors) places.emplace_back(anchor.query, anchor.reference, anchor.strand);
    return places;
}

/// Bases in which two k-mers differ.
int differences(std::span<const Code> a, std::span<const Code> b) {
    int count = 0;
    for (std::size_t i = 0; i < a.size(); ++i) count += a[i] != b[i] || a[i] == ambiguous_code;
    return count;
}

/// Every pair of a query k-mer (at one of `query_starts`) and a minimizer of the reference that differ in `most` bases at most,
/// on either strand: what a person with much patience would find.
std::set<Place> pairs_by_search(const IndexView& view, std::string_view letters, std::span<const std::uint32_t> query_starts,
                                int most) {
    const auto k = static_cast<std::size_t>(view.k);
    const std::vector<Code> query = encode(letters);
    std::set<Place> found;
    for (std::size_t contig = 0; contig < view.contig_length.size(); ++contig) {
        const std::vector<Code> reference = test::contig_codes(view, contig);
        std::vector<Minimizer> minimizers;
        sketch(reference, view.k, view.w, minimizers);
        for (const Minimizer& minimizer : minimizers) {
            const auto on_reference = std::span(reference).subspan(minimizer.position, k);
            for (const std::uint32_t start : query_starts) {
                const auto kmer = std::span(query).subspan(start, k);
                std::vector<Code> turned(k);
                reverse_complement(kmer, turned);
                const std::uint64_t linear = view.contig_begin[contig] + minimizer.position;
                if (differences(kmer, on_reference) <= most) found.emplace(start, linear, Strand::forward);
                if (differences(turned, on_reference) <= most) found.emplace(start, linear, Strand::reverse);
            }
        }
    }
    return found;
}

struct Finder {
    const Index& index;
    SeedOptions options{};
    SeedLimits limits = no_limits;
    Query query{};
    SeedScratch scratch{};
    SeedResult result{};

    const std::vector<Anchor>& find(std::string_view letters) {
        query.prepare(letters);
        find_anchors(index.view(), query, limits, options, scratch, result, for_each_serially);
        return result.anchors;
    }
    const std::vector<Anchor>& find_densely(std::string_view letters) {
        query.prepare(letters);
        find_anchors_densely(index.view(), query, limits, options, scratch, result);
        return result.anchors;
    }
    std::vector<Minimizer> sketched() const {
        std::vector<Minimizer> minimizers;
        sketch(query.codes(Strand::forward), index.k(), index.w(), minimizers);
        return minimizers;
    }
};

/// A piece of the reference with changes, on either strand, now and then with letters that are no bases.
std::string related_query(RandomPairs& random, const std::string& reference) {
    const std::int64_t length = random.between(0, 150);
    std::string letters = test::letters_of(
        random.evolved(encode(test::part(reference, random.between(0, std::ssize(reference) - length), length)), 0.06));
    if (random.happens(0.3)) test::strew_ambiguous(random, 2, 3, letters);
    return random.happens(0.5) ? reverse_complement(letters) : letters;
}

/// A reference in which one stretch of 60 bases stands twelve times, and all else once.
struct RepeatReference {
    std::string repeat{}, contig{};
    std::vector<std::string> unique{};

    RepeatReference() {
        RandomPairs random(8);
        repeat = test::random_letters(random, 60);
        for (int i = 0; i < 12; ++i) {
            unique.push_back(test::random_letters(random, 400));
            contig += unique.back() + repeat;
        }
    }
};

}   // namespace

TEST_CASE("anchors are the shared minimizers that a search of the letters finds", "[seed]") {
    RandomPairs random(1);
    const std::string one = test::random_letters(random, 900), two = test::random_letters(random, 300, 2);
    const auto [k, w] = GENERATE(table<int, int>({{9, 1}, {9, 5}, {12, 4}, {15, 10}}));
    CAPTURE(k, w);
    const Index index = test::small_index({one, two, one.substr(100, 200)}, k, w);
    Finder finder{index};
    std::size_t found = 0;
    for (int round = 0; round < 12; ++round) {
        const std::string letters = related_query(random, round % 4 ? one : two);
        INFO(letters);
        const std::vector<Place> places = places_of(finder.find(letters));
        std::vector<std::uint32_t> starts;
        for (const Minimizer& minimizer : finder.sketched()) starts.push_back(minimizer.position);
        const std::set<Place> expected = pairs_by_search(index.view(), letters, starts, 0);
        REQUIRE(places == std::vector<Place>(expected.begin(), expected.end()));   // and so by query, then reference position
        REQUIRE(finder.result.minimizers == std::ssize(starts));
        REQUIRE(finder.result.repeat_length == 0);
        found += places.size();
    }
    CHECK(found > 30);
}

TEST_CASE("the dense look-up finds every k-mer, exact or with one substitution", "[seed]") {
    RandomPairs random(2);
    const std::string one = test::random_letters(random, 500), two = test::random_letters(random, 200, 2);
    const auto [k, w, neighbours] = GENERATE(table<int, int, bool>({{9, 1, true}, {9, 1, false}, {11, 5, true}, {10, 3, true}}));
    CAPTURE(k, w, neighbours);
    const Index index = test::small_index({one, two}, k, w);
    Finder finder{index};
    finder.options.neighbours = neighbours;
    for (int round = 0; round < 6; ++round) {
        const std::string letters = related_query(random, round % 3 ? one : two);
        INFO(letters);
        const std::vector<Place> places = places_of(finder.find_densely(letters));
        std::vector<std::uint32_t> starts;
        const std::vector<Code> codes = encode(letters);
        for (std::size_t start = 0; start + static_cast<std::size_t>(k) <= codes.size(); ++start)
            if (std::ranges::count(std::span(codes).subspan(start, static_cast<std::size_t>(k)), ambiguous_code) == 0)
                starts.push_back(static_cast<std::uint32_t>(start));
        const std::set<Place> expected = pairs_by_search(index.view(), letters, starts, neighbours ? 1 : 0);
        REQUIRE(places == std::vector<Place>(expected.begin(), expected.end()));
    }
}

TEST_CASE("minimizers above the cut-off are left out and counted", "[seed]") {
    const RepeatReference data;
    const Index index = test::small_index({data.contig}, 15, 5);
    Finder finder{index};
    finder.limits = {11, 11};
    const std::string letters = data.unique[3] + data.repeat + data.unique[4];
    const std::vector<Anchor> anchors = finder.find(letters);
    const Occurrences any = index.view().find(finder.sketched().front().hash);
    REQUIRE(any.count == 1);

    std::set<std::int64_t> covered;   // by minimizers that occur twelve times
    std::size_t usable = 0;
    for (const Minimizer& minimizer : finder.sketched()) {
        const std::uint32_t count = index.view().find(minimizer.hash).count;
        CHECK(count <= 12);
        if (count <= 11) usable += count;
        if (count == 12)
            for (std::int64_t i = 0; i < 15; ++i) covered.insert(minimizer.position + i);
    }
    CHECK(covered.size() > 30);
    CHECK(finder.result.repeat_length == std::ssize(covered));
    CHECK(anchors.size() == usable);
    CHECK(anchors.size() < finder.sketched().size());

    finder.limits = {12, 12};
    CHECK(finder.find(letters).size() > anchors.size());
    CHECK(finder.result.repeat_length == 0);
}

TEST_CASE("frequent minimizers are used where a stretch of the query has no other seed", "[seed]") {
    const RepeatReference data;
    const Index index = test::small_index({data.contig}, 15, 5);
    Finder finder{index};
    finder.limits = {11, 4'000};
    const auto in_repeat = [&](const std::vector<Anchor>& anchors, std::size_t repeat_begin) {   // k-mers of nothing but repeat
        return std::ranges::count_if(anchors, [&](const Anchor& anchor) {
            return anchor.query >= repeat_begin && anchor.query + 15 <= repeat_begin + 60;
        });
    };

    SECTION("a query of nothing but repeat is seeded, in all copies") {
        const std::vector<Anchor> anchors = finder.find(data.repeat);
        CHECK(anchors.size() >= 3 * 12);
        CHECK(anchors.size() % 12 == 0);
        CHECK(finder.result.repeat_length > 0);
        finder.limits.rescue = 11;
        CHECK(finder.find(data.repeat).empty());
    }
    SECTION("beside unique bases the repeat stays out") {
        finder.options.rescue_stretch = 100;
        CHECK(in_repeat(finder.find(data.unique[1] + data.repeat + data.unique[2]), 400) == 0);
    }
    SECTION("a stretch longer than the limit is seeded, with the rarest first") {
        finder.options.rescue_stretch = 30;
        const std::vector<Anchor> anchors = finder.find(data.unique[1] + data.repeat + data.unique[2]);
        CHECK(in_repeat(anchors, 400) >= 3 * 12);
        CHECK(std::ranges::is_sorted(anchors, {}, &Anchor::query));
    }
}

TEST_CASE("a finder that was used before finds the same", "[seed]") {
    const RepeatReference data;
    const Index index = test::small_index({data.contig}, 15, 5);
    Finder used{index};
    used.limits = {11, 4'000};
    for (const std::string& letters :
         {data.contig.substr(0, 700), std::string{}, data.repeat, std::string(40, 'N'), data.unique[7]}) {
        Finder fresh{index};
        fresh.limits = used.limits;
        CHECK(places_of(used.find(letters)) == places_of(fresh.find(letters)));
        CHECK(used.result.repeat_length == fresh.result.repeat_length);
        CHECK(used.result.minimizers == fresh.result.minimizers);
        CHECK(places_of(used.find_densely(letters)) == places_of(fresh.find_densely(letters)));
    }
}
