// The engine as a whole on random genomes: sound alignments in the right place, the same for the same feature in any company, and
// mirrored for the reverse complement.
#include <algorithm>
#include <catch2/catch.hpp>

#include "support/engine_runner.hpp"

using namespace weft;
using test::EngineRunner;
using test::part;
using test::places_of;
using test::RandomPairs;

namespace {

/// Random contigs with stretches of N, tandem repeats and, where asked for, diverged copies of genes.
std::vector<std::string> random_genome(RandomPairs& random, bool with_copies) {
    std::vector<std::string> contigs;
    const std::string gene = test::random_letters(random, 1'200);
    for (int contig = 0; contig < 3; ++contig) {
        std::string letters = test::random_letters(random, random.between(5'000, 15'000));
        const std::string unit = test::random_letters(random, random.between(1, 12));
        for (int copies = 0; copies < 15; ++copies) letters += unit;
        letters += test::random_letters(random, 3'000);
        for (int copies = 0; with_copies && copies < 2; ++copies)
            letters += test::letters_of(random.evolved(encode(gene), 0.03)) + test::random_letters(random, 500);
        test::strew_ambiguous(random, 3, 30, letters);
        contigs.push_back(letters);
    }
    return contigs;
}

struct Sample {
    std::string letters{};
    std::uint32_t contig = 0;
    ReferenceInterval source{};
    bool reverse = false;
};

Sample random_sample(RandomPairs& random, const std::vector<std::string>& contigs, std::int64_t shortest, std::int64_t longest,
                     double divergence) {
    Sample sample;
    sample.contig = static_cast<std::uint32_t>(random.between(0, std::ssize(contigs) - 1));
    const std::int64_t length = random.between(shortest, longest);
    const std::int64_t begin = random.between(0, std::ssize(contigs[sample.contig]) - length);
    sample.source = {begin, begin + length};
    sample.letters = test::letters_of(random.evolved(encode(part(contigs[sample.contig], begin, length)), divergence));
    sample.reverse = random.happens(0.5);
    if (sample.reverse) sample.letters = reverse_complement(sample.letters);
    return sample;
}

std::string everything_of(const Index& index, const FeatureAlignments& result) {
    std::string text = places_of(index, result) + " rl " + std::to_string(result.repeat_length);
    for (const Alignment& a : result.alignments)
        text += "; " + to_string(a.cigar) + " " + std::to_string(a.score) + " " + std::to_string(a.placement_score) + " " +
                std::to_string(a.best_segment_score) + " q" + std::to_string(a.mapq) + " t" + std::to_string(a.ties) + " s" +
                std::to_string(a.chain_score) + " " + std::to_string(a.second_chain_score) + " m" + std::to_string(a.minimizers);
    return text;
}

}   // namespace

TEST_CASE("features of a random genome come back to where they are from", "[parallel]") {
    struct Row {
        Preset preset;
        std::int64_t shortest, longest;
        double divergence;
        int least;   // of 40 features that must come back
    };
    const Row row = GENERATE(values<Row>({{Preset::feature, 100, 3'000, 0.00, 40},
                                          {Preset::feature, 150, 3'000, 0.02, 40},
                                          {Preset::feature, 200, 3'000, 0.10, 39},
                                          {Preset::assembly, 1'500, 4'000, 0.03, 40},
                                          {Preset::hifi, 1'000, 4'000, 0.01, 40},
                                          {Preset::ont, 600, 4'000, 0.10, 40},
                                          {Preset::short_query, 24, 100, 0.01, 38}}));
    RandomPairs random(static_cast<std::uint32_t>(row.longest) + static_cast<std::uint32_t>(row.preset));
    const std::vector<std::string> contigs = random_genome(random, false);
    EngineRunner runner(contigs, options_of(row.preset));
    CAPTURE(static_cast<int>(row.preset), row.divergence);
    int back = 0, exact = 0;
    for (int i = 0; i < 40; ++i) {
        const Sample sample = random_sample(random, contigs, row.shortest, row.longest, row.divergence);
        const FeatureAlignments result = runner.align(sample.letters);
        if (!result.aligned()) continue;
        const Alignment& primary = result.alignments.front();
        if (primary.contig != ContigId{sample.contig} || (primary.strand == Strand::reverse) != sample.reverse) continue;
        back += 10 * overlap(primary.reference, sample.source) > 9 * sample.source.length();
        exact += std::abs(primary.reference.begin - sample.source.begin) <= 5 &&
                 std::abs(primary.reference.end - sample.source.end) <= 5;
    }
    CHECK(back >= row.least);
    if (row.preset == Preset::feature) CHECK(exact >= row.least - 3);
}

TEST_CASE("the answer does not depend on the features before, beside or after", "[parallel]") {
    RandomPairs random(2);
    const std::vector<std::string> contigs = random_genome(random, true);
    const Index index = test::small_index(contigs);
    const Engine engine(index, options_of(Preset::feature));
    std::vector<Feature> features;
    for (int i = 0; i < 40; ++i) {
        Feature feature;
        feature.sequence =
            i % 10 == 7 ? std::string(i % 20 == 7 ? 0 : 120, 'N') : random_sample(random, contigs, 40, 2'500, 0.05).letters;
        features.push_back(feature);
    }
    std::vector<FeatureAlignments> together(features.size()), backward(features.size());
    together[3].alignments.resize(7);   // what stood in a result before must go
    together[3].message = "old";
    Engine::Scratch scratch, other;
    engine.align(features, together, scratch);
    CHECK(together[3].message.empty());
    for (std::size_t i = features.size(); i-- > 0;) engine.align(std::span(&features[i], 1), std::span(&backward[i], 1), other);
    for (std::size_t i = 0; i < features.size(); ++i) {
        INFO(features[i].sequence);
        CHECK(everything_of(index, together[i]) == everything_of(index, backward[i]));
    }
}

TEST_CASE("the reverse complement of a feature gets the mirrored alignment", "[parallel]") {
    RandomPairs random(3);
    const std::vector<std::string> contigs = random_genome(random, false);
    EngineRunner runner(contigs);
    for (int i = 0; i < 60; ++i) {
        const Sample sample = random_sample(random, contigs, 60, 2'000, 0.06);
        const std::int64_t length = std::ssize(sample.letters);
        const FeatureAlignments there = runner.align(sample.letters), mirrored = runner.align(reverse_complement(sample.letters));
        INFO(sample.letters);
        REQUIRE(there.alignments.size() == mirrored.alignments.size());
        for (std::size_t k = 0; k < there.alignments.size(); ++k) {
            const Alignment &a = there.alignments[k], &b = mirrored.alignments[k];
            CHECK(b.strand == opposite(a.strand));
            CHECK(b.contig == a.contig);
            CHECK(b.reference == a.reference);
            CHECK(b.query == QueryInterval{length - a.query.end, length - a.query.begin});
            CHECK(to_string(b.cigar) == to_string(a.cigar));
            CHECK(b.score == a.score);
        }
    }
}

TEST_CASE("features of copies and of random pieces keep every promise of an answer", "[parallel]") {
    RandomPairs random(4);
    const std::vector<std::string> contigs = random_genome(random, true);
    for (const PresetRow& row : presets()) {
        INFO(row.name);
        EngineOptions options = row.options;
        options.select.max_secondary = 20;
        options.select.secondary_ratio = 0.3;
        EngineRunner runner(contigs, options);
        for (int i = 0; i < 25; ++i) {
            std::string letters;
            for (std::int64_t pieces = random.between(1, 4); pieces > 0; --pieces)
                letters += random.happens(0.2) ? test::random_letters(random, random.between(1, 300))
                                               : random_sample(random, contigs, 20, 1'500, 0.08).letters;
            if (random.happens(0.3)) test::strew_ambiguous(random, 3, 10, letters);
            runner.align(letters);
        }
    }
}
