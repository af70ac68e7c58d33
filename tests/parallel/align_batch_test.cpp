// The engine as a whole on queries with a known answer: where each must lie, base by base.
#include "weft/parallel/align_batch.hpp"

#include <catch2/catch.hpp>
#include <new>
#include <stdexcept>

#include "support/engine_runner.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using test::EngineRunner;
using test::part;
using test::places_of;
using test::RandomPairs;
using test::substituted;

namespace {

/// Three contigs; the first has an N run, the last is short.
struct Genome {
    std::vector<std::string> contigs{};

    explicit Genome(std::uint32_t seed = 1) {
        RandomPairs random(seed);
        for (const std::int64_t length : {30'000, 20'000, 300}) contigs.push_back(test::random_letters(random, length));
        std::fill_n(contigs[0].begin() + 5'000, 40, 'N');
    }
};

}   // namespace

TEST_CASE("what a query can be, and where it lies", "[parallel]") {
    const Genome genome;
    const std::string &one = genome.contigs[0], &two = genome.contigs[1], &small = genome.contigs[2];
    RandomPairs random(2);
    const std::string foreign = test::random_letters(random, 400);
    std::string lower = part(one, 2'000, 200);
    for (char& letter : lower) letter = static_cast<char>(letter - 'A' + 'a');
    std::string iupac = part(one, 2'000, 200);
    iupac[0] = 'R', iupac[77] = 'n', iupac[120] = '-', iupac[199] = 'Y';
    const std::string middle = part(one, 10'000, 2'000);
    struct Row {
        const char* what;
        std::string letters, expected;
    };
    const Row rows[] = {
        {"empty", "", "empty sequence"},
        {"one base", "A", "too short"},
        {"shorter than k", part(one, 100, 14), "too short"},
        {"nothing but N", std::string(100, 'N'), "no seed"},
        {"poly-A", std::string(200, 'A'), "no seed"},
        {"all of a contig", small, "P c2+[0,300) of [0,300)"},
        {"the begin of a contig", part(two, 0, 500), "P c1+[0,500) of [0,500)"},
        {"the end of a contig", part(two, 19'500, 500), "P c1+[19500,20000) of [0,500)"},
        {"over the end of a contig", part(two, 19'500, 500) + part(foreign, 0, 60), "P c1+[19500,20000) of [0,500)"},
        {"over the begin, turned", reverse_complement(part(foreign, 0, 60) + part(two, 0, 500)), "P c1-[0,500) of [0,500)"},
        {"longer than the contig", part(foreign, 0, 200) + small + part(foreign, 200, 200), "P c2+[0,300) of [200,500)"},
        {"longer by one on both sides", "A" + small + "C", "P c2+[0,300) of [1,301)"},
        {"a stretch of N in the reference", part(one, 4'700, 700), "P c0+[4700,5400) of [0,700)"},
        {"up to the N", part(one, 4'700, 300), "P c0+[4700,5000) of [0,300)"},
        {"lower case", lower, "P c0+[2000,2200) of [0,200)"},
        {"IUPAC letters", iupac, "P c0+[2000,2200) of [0,200)"},
        {"a few N at the ends", std::string(10, 'N') + part(one, 2'010, 200) + std::string(10, 'N'),
         "P c0+[2000,2220) of [0,220)"},
        {"many N at the ends", std::string(60, 'N') + part(one, 2'100, 200) + std::string(60, 'N'),
         "P c0+[2100,2300) of [60,260)"},
        {"a deletion near the begin", part(one, 9'740, 60) + middle, "P c0+[9740,12000) of [0,2060)"},
        {"a deletion near the end", middle + part(one, 12'200, 60), "P c0+[10000,12260) of [0,2060)"},
        {"an insertion near the begin", middle.substr(0, 60) + part(foreign, 0, 200) + middle.substr(60),
         "P c0+[10000,12000) of [0,2200)"},
        {"an insertion near the end", middle.substr(0, 1'940) + part(foreign, 0, 200) + middle.substr(1'940),
         "P c0+[10000,12000) of [0,2200)"},
        {"a deletion longer than the bandwidth", part(one, 8'000, 800) + part(one, 9'700, 800), "P c0+[8000,10500) of [0,1600)"},
        {"a chimera", part(one, 3'000, 890) + part(two, 6'000, 700),
         "P c0+[3000,3890) of [0,890); U c1+[6000,6700) of [890,1590)"},
        {"a chimera with a turned half", part(two, 6'000, 900) + reverse_complement(part(one, 3'000, 700)),
         "P c1+[6000,6900) of [0,900); U c0-[3000,3700) of [900,1600)"},
    };
    EngineRunner runner(genome.contigs);
    for (const Row& row : rows) {
        INFO(row.what);
        CHECK(places_of(runner.index(), runner.align(row.letters)) == row.expected);
    }
    CHECK(runner.primary(iupac).ambiguous == 4);
    CHECK(runner.align(foreign).alignments.empty());
}

TEST_CASE("terminal substitutions are aligned", "[parallel]") {
    const Genome genome(3);
    EngineRunner runner(genome.contigs);
    const auto length = GENERATE(as<std::int64_t>{}, 60, 300, 3'000);
    for (std::int64_t distance = 0; distance <= 12; ++distance)
        for (const std::int64_t position : {distance, length - 1 - distance}) {
            const Alignment alignment = runner.primary(substituted(part(genome.contigs[0], 7'000, length), {position}));
            CHECK(alignment.query == QueryInterval{0, length});
            CHECK(alignment.reference == ReferenceInterval{7'000, 7'000 + length});
            CHECK(alignment.score == 2 * (length - 1) - 4);
        }
}

TEST_CASE("features of 50 bases are found with three substitutions", "[parallel]") {
    const Genome genome(4);
    EngineRunner runner(genome.contigs);
    RandomPairs random(40);
    for (int round = 0; round < 60; ++round) {
        const std::int64_t begin = random.between(6'000, 29'000);
        std::string letters = part(genome.contigs[0], begin, 50);
        const std::int64_t first = random.between(8, 14), second = random.between(20, 28), third = random.between(34, 41);
        letters = substituted(letters, {first, second, third});
        const bool turned = random.happens(0.5);
        const Alignment alignment = runner.primary(turned ? reverse_complement(letters) : letters);
        INFO(letters << " from " << begin);
        CHECK(alignment.reference == ReferenceInterval{begin, begin + 50});
        CHECK(alignment.query == QueryInterval{0, 50});
        CHECK(alignment.mismatches == 3);
        CHECK(alignment.strand == (turned ? Strand::reverse : Strand::forward));
    }
}

TEST_CASE("primers of 18 bases are found exactly and with one substitution", "[parallel]") {
    const Genome genome(5);
    EngineRunner runner(genome.contigs, options_of(Preset::short_query));
    RandomPairs random(50);
    for (std::int64_t changed = -1; changed < 18; ++changed)
        for (int round = 0; round < 4; ++round) {
            const std::int64_t begin = random.between(0, 19'982);
            std::string letters = part(genome.contigs[1], begin, 18);
            if (changed >= 0) letters = substituted(letters, {changed});
            if (round % 2) letters = reverse_complement(letters);
            const Alignment alignment = runner.primary(letters);
            INFO(letters << " from " << begin << " changed at " << changed);
            CHECK(alignment.contig == ContigId{1});
            CHECK(alignment.reference == ReferenceInterval{begin, begin + 18});
            CHECK(alignment.edit_distance() == (changed >= 0));
        }
}

TEST_CASE("an inversion inside a long query splits the alignment, and the inverted part is found", "[parallel]") {
    const Genome genome(6);
    const std::string& one = genome.contigs[0];
    const std::string letters =
        part(one, 10'000, 4'000) + reverse_complement(part(one, 14'000, 2'500)) + part(one, 16'500, 4'000);
    for (const Preset preset : {Preset::feature, Preset::assembly, Preset::ont, Preset::hifi}) {
        EngineRunner runner(genome.contigs, options_of(preset));
        const FeatureAlignments result = runner.align(letters);
        INFO(places_of(runner.index(), result));
        REQUIRE(result.alignments.size() == 3);
        int reverse = 0;
        for (const Alignment& alignment : result.alignments) {
            CHECK(alignment.role != Role::secondary);
            CHECK(alignment.mapq >= 30);
            reverse += alignment.strand == Strand::reverse;
            if (alignment.strand == Strand::reverse) {
                CHECK(std::abs(alignment.reference.begin - 14'000) <= 10);
                CHECK(std::abs(alignment.reference.end - 16'500) <= 10);
            }
        }
        CHECK(reverse == 1);
    }
}

TEST_CASE("copies: ties are counted, nobody is sure, -N never cuts a tie, -p and --secondary do", "[parallel]") {
    RandomPairs random(7);
    const std::string gene = test::random_letters(random, 800);
    const std::string worse = substituted(gene, {100, 200, 300, 400, 500, 600, 700});
    std::string contig = test::random_letters(random, 1'000);
    for (int copy = 0; copy < 4; ++copy) contig += gene + test::random_letters(random, 1'000);
    contig += worse + test::random_letters(random, 1'000);
    const auto runner = [&](auto change) { return EngineRunner({contig}, test::changed(Preset::feature, change)); };
    const auto count = [&](EngineRunner with) { return with.align(gene).alignments.size(); };

    EngineRunner plain = runner([](EngineOptions&) {});
    const FeatureAlignments result = plain.align(gene);
    REQUIRE(result.alignments.size() == 5);
    CHECK(result.alignments[0].ties == 3);
    CHECK(result.alignments[0].mapq <= 3);
    CHECK(result.alignments[0].reference.begin == 1'000);   // the first of equals
    CHECK(result.alignments[4].mismatches == 7);
    CHECK(result.alternatives.size() == 3);

    CHECK(count(runner([](EngineOptions& o) { o.select.max_secondary = 1; })) == 4);
    CHECK(count(runner([](EngineOptions& o) { o.select.max_secondary = 0; })) == 1);
    CHECK(count(runner([](EngineOptions& o) { o.select.secondary = false; })) == 1);
    CHECK(count(runner([](EngineOptions& o) { o.select.secondary_ratio = 0.99; })) == 4);
    CHECK(count(runner([](EngineOptions& o) { o.select.secondary_ratio = 0.95; })) == 5);
    const Alignment best = plain.primary(worse);
    CHECK(best.mismatches == 0);
    CHECK(best.ties == 0);
    CHECK(best.mapq > 3);
}

TEST_CASE("a palindrome lies on both strands, and the forward one is named", "[parallel]") {
    RandomPairs random(8);
    const std::string half = test::random_letters(random, 300), palindrome = half + reverse_complement(half);
    EngineRunner runner({test::random_letters(random, 2'000) + palindrome + test::random_letters(random, 2'000)});
    const Alignment alignment = runner.primary(palindrome);
    CHECK(alignment.strand == Strand::forward);
    CHECK(alignment.reference == ReferenceInterval{2'000, 2'600});
    CHECK(alignment.ties == 1);
    CHECK(alignment.mapq <= 3);
    const Alignment one_half = runner.primary(half);
    CHECK(one_half.ties == 1);
}

TEST_CASE("the engine refuses options that are wrong or fit another index, and names them all", "[parallel]") {
    const Index index = test::small_index({"ACGTTGCAAGCTTGCATCGATCGGATCTAGCTAACG"}, 15, 10);
    EngineOptions options;
    CHECK_NOTHROW(Engine(index, options));
    options.k = 17;
    options.align.scoring.match = 0;
    options.chain.max_gap = 0;
    try {
        const Engine engine(index, options);
        FAIL("accepted");
    } catch (const UsageError& error) {
        for (const char* word : {"k=15", "k=17", "-A", "-g"}) {
            INFO(word);
            CHECK(error.problem().find(word) != std::string::npos);
        }
    }
}

TEST_CASE("a feature that fails says so and harms no other; cancelling and lack of memory end the run", "[parallel]") {
    const Genome genome(9);
    EngineRunner runner(genome.contigs);
    std::string letters = part(genome.contigs[0], 6'000, 20'000);   // more pieces than one task takes
    for (std::size_t at = 30; at < letters.size(); at += 50) letters[at] = test::other_base(letters[at]);
    const auto throwing = [](auto error) {
        return [error](std::size_t, const std::function<void(std::size_t)>&) { throw error; };
    };
    const FeatureAlignments failed = runner.align(letters, throwing(std::runtime_error("out of luck")));
    CHECK(failed.unaligned == Unaligned::failed);
    CHECK(failed.message == "out of luck");
    CHECK(failed.alignments.empty());
    CHECK_THROWS_AS(runner.align(letters, throwing(Cancelled({.problem = "stopped"}))), Cancelled);
    CHECK_THROWS_AS(runner.align(letters, throwing(std::bad_alloc())), std::bad_alloc);
    CHECK(runner.primary(letters).reference == ReferenceInterval{6'000, 26'000});
}
