#include "weft/parallel_aligner.hpp"

#include <random>

#include <catch2/catch.hpp>

#include "weft/model/error.hpp"
#include "weft/select/place_by_neighbours.hpp"

using namespace weft;

namespace {

std::string random_sequence(std::mt19937_64& random, std::size_t length) {
    std::string sequence(length, 'A');
    for (char& letter : sequence) letter = "ACGT"[random() % 4];
    return sequence;
}

/// A genome with a repeat, and features of all size classes cut from it with a few substitutions, some foreign, one empty.
struct Data {
    std::vector<ReferenceContig> contigs{};
    std::vector<Feature> features{};

    Data() {
        std::mt19937_64 random{11};
        const std::string repeat = random_sequence(random, 3'000);
        for (const char* name : {"one", "two"})
            contigs.push_back({name, random_sequence(random, 40'000) + repeat + random_sequence(random, 30'000)});
        for (std::size_t i = 0; i < 90; ++i) {
            const std::string& contig = contigs[i % 2].sequence;
            const std::size_t length = std::array<std::size_t, 4>{120, 800, 3'000, 12'000}[random() % 4];
            const std::size_t begin = random() % (contig.size() - length);
            Feature feature;
            feature.name = "feature" + std::to_string(i);
            feature.sequence = i % 29 == 5 ? random_sequence(random, length) : contig.substr(begin, length);
            if (i == 77) feature.sequence.clear();
            for (std::size_t at = random() % 100; at < feature.sequence.size(); at += 60 + random() % 100)
                feature.sequence[at] = complement_letter(feature.sequence[at]);
            if (i % 3 == 0) feature.sequence = reverse_complement(feature.sequence);
            features.push_back(std::move(feature));
        }
    }
};

/// Everything of a result that a record can show.
std::string text_of(const Feature& feature, const FeatureAlignments& result) {
    std::string text = feature.name + " " + std::to_string(feature.length()) + " " + reason(result.unaligned);
    for (const Alignment& a : result.alignments)
        text += " " + std::to_string(rank(a.contig)) + symbol(a.strand) + std::to_string(a.reference.begin) + "-" + std::to_string(a.reference.end) +
                " " + std::to_string(a.query.begin) + " " + to_string(a.cigar) + " " + std::to_string(a.score) + " " + std::to_string(a.mapq) +
                " " + std::to_string(static_cast<int>(a.role)) + " " + std::to_string(a.chain_score) + " " + std::to_string(a.second_chain_score);
    return text;
}

std::vector<std::string> answers(const ParallelAligner& aligner, std::span<const Feature> features, RunReport* report = nullptr) {
    std::vector<std::string> texts;
    const RunReport done = aligner.align_features(features, [&](const Feature& feature, const FeatureAlignments& result) { texts.push_back(text_of(feature, result)); });
    if (report != nullptr) *report = done;
    return texts;
}

}  // namespace

TEST_CASE("aligner_api_test: the answer depends on the features and their order alone, not on threads, batches or size classes", "[parallel]") {
    const Data data;
    const Index index = Index::build(data.contigs);
    std::vector<std::string> expected;
    const ParallelAligner single{index, {.threads = 1}};
    NeighbourPlacer neighbours{options_of(Preset::feature).select};
    for (const Feature& feature : data.features) {
        FeatureAlignments result = single.align(feature);
        neighbours.place(result);
        expected.push_back(text_of(feature, result));
    }

    const auto threads = GENERATE(1, 2, 7);
    const auto batch_bases = GENERATE(as<std::int64_t>{}, 1, 10'000, 100'000'000);
    const auto shared_query = GENERATE(as<std::int64_t>{}, 1, 10'000);
    CAPTURE(threads, batch_bases, shared_query);
    ParallelOptions options{.threads = threads, .shared_query = shared_query};
    for (SizeClassOptions& size_class : options.classes) size_class.batch_bases = batch_bases;
    options.classes[0].longest = batch_bases == 1 ? 5 : 1'000;
    RunReport report;
    CHECK(answers(ParallelAligner{index, options}, data.features, &report) == expected);
    CHECK(report.features == data.features.size());
    CHECK(report.aligned + report.unaligned_by_reason[1] + report.unaligned_by_reason[2] + report.unaligned_by_reason[3] + report.unaligned_by_reason[4] == report.features);
    CHECK(report.failed == 0);
    CHECK(report.aligned > 75);
    CHECK(report.unaligned_by_reason[static_cast<std::size_t>(Unaligned::empty_sequence)] == 1);
}

TEST_CASE("progress is counted and a set stop flag cancels", "[parallel]") {
    const Data data;
    const Index index = Index::build(data.contigs);
    const ParallelAligner aligner{index, {.threads = 2}};
    RunProgress progress;
    std::atomic<bool> stop{false};
    std::size_t next = 0;
    const FeatureSource source = [&](Feature& feature) {
        if (next == data.features.size()) return false;
        feature = data.features[next++];
        return true;
    };
    const AlignmentSink ignore = [](const Feature&, const FeatureAlignments&) {};
    const RunReport report = aligner.align_features(source, ignore, &progress, &stop);
    CHECK(progress.features_read == data.features.size());
    CHECK(progress.features_written == data.features.size());
    CHECK(progress.bases_written == report.bases);

    next = 0;
    stop = true;
    CHECK_THROWS_AS(aligner.align_features(source, ignore, &progress, &stop), Cancelled);
}

TEST_CASE("all problems of the options are told at once", "[parallel]") {
    const Index index = Index::build({{"one", std::string(500, 'A') + "CGT"}});
    ParallelOptions options{.threads = -1, .batches_per_thread = 0, .bases_in_flight = 0, .shared_query = 0};
    CHECK(options.problems().size() == 4);
    CHECK_THROWS_AS((ParallelAligner{index, options}), UsageError);
    CHECK((ParallelAligner{index, {.threads = 0}}).options().threads >= 1);
}
