#include "weft/simulate/sequencer.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "support/evolution.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using namespace weft::test;

namespace {

ReadOptions reads_of(const std::string& kind, std::optional<std::int64_t> length, std::optional<double> error) {
    ReadOptions options;
    options.count = 200;
    options.kind = kind;
    options.length = length;
    options.error = error;
    return options;
}

}  // namespace

TEST_CASE("reads without errors are the genome's letters", "[simulate]") {
    const std::vector<ReferenceContig> source = genome({20'000, 5'000});
    for (const ReadKind& kind : read_kinds()) {
        const ReadOptions options = reads_of(std::string(kind.name), 400, 0.0);
        const Sequencer sequencer(source, options, 3);
        for (int i = 0; i < 50; ++i) {
            const std::optional<SimulatedRead> read = sequencer.read(i);
            REQUIRE(read);
            CHECK(read->feature.sequence == cut(read->site, source).sequence);
            CHECK(read->feature.qualities.size() == read->feature.sequence.size());
            CHECK(read->feature.name == std::string(kind.name) + "_" + std::to_string(i));
        }
    }
}

TEST_CASE("errors come at the rate and in the mixture of their kind", "[simulate]") {
    const std::vector<ReferenceContig> source = genome({100'000});
    for (const ReadKind& kind : read_kinds()) {
        const ReadOptions options = reads_of(std::string(kind.name), 1'000, 0.1);
        const Sequencer sequencer(source, options, 3);
        std::int64_t bases = 0, read_bases = 0, low_quality = 0;
        for (int i = 0; i < 200; ++i) {
            const SimulatedRead read = *sequencer.read(i);
            bases += read.site.interval.length();
            read_bases += read.feature.length();
            low_quality += std::count_if(read.feature.qualities.begin(), read.feature.qualities.end(), [](char q) { return q < '!' + 8; });
        }
        // Insertions less deletions show in the lengths, substitutions and insertions in the qualities.
        const double insertions = 0.1 * kind.insertion_share;
        const double deletions = 0.1 * (1 - kind.substitution_share - kind.insertion_share);
        INFO(kind.name);
        CHECK(static_cast<double>(read_bases) / static_cast<double>(bases) == Approx(1 + insertions - deletions).epsilon(0.004));
        CHECK(low_quality > bases / 30);
        CHECK(low_quality < bases / 4);
    }
}

TEST_CASE("lengths scatter as the kind says", "[simulate]") {
    const std::vector<ReferenceContig> source = genome({300'000});
    struct Row {
        const char* kind;
        double deviation;   // of the length, as a share of the mean
    };
    for (const Row& row : {Row{"short", 0.0}, Row{"hifi", 0.1}, Row{"ont", 0.707}}) {
        const ReadOptions options = reads_of(row.kind, 1'000, 0.0);
        const Sequencer sequencer(source, options, 3);
        double sum = 0, square = 0;
        for (int i = 0; i < 2'000; ++i) {
            const auto length = static_cast<double>(sequencer.read(i)->feature.length());
            sum += length;
            square += (length - 1'000) * (length - 1'000);
        }
        INFO(row.kind);
        CHECK(sum / 2'000 == Approx(1'000).epsilon(0.05));
        CHECK(std::sqrt(square / 2'000) / 1'000 == Approx(row.deviation).margin(0.05));
    }
}

TEST_CASE("short reads get worse towards their end", "[simulate]") {
    const std::vector<ReferenceContig> source = genome({50'000});
    const ReadOptions options = reads_of("short", 100, 0.05);
    const Sequencer sequencer(source, options, 3);
    std::int64_t first = 0, last = 0;
    for (int i = 0; i < 200; ++i) {
        const SimulatedRead read = *sequencer.read(i);
        for (std::size_t at = 0; at < 20; ++at) {
            first += read.feature.qualities[at];
            last += read.feature.qualities[read.feature.qualities.size() - 20 + at];
        }
    }
    CHECK(first > last + 200 * 20);   // more than one point per base
}

TEST_CASE("a genome of N or of contigs that are too short gives no reads", "[simulate]") {
    const ReadOptions options = reads_of("short", 150, 0.0);
    const std::vector<ReferenceContig> unknown{{"n", std::string(10'000, 'N')}};
    CHECK_FALSE(Sequencer(unknown, options, 1).read(0));
    const std::vector<ReferenceContig> tiny{{"t", std::string(100, 'A')}};
    CHECK_FALSE(Sequencer(tiny, options, 1).read(0));
    CHECK_FALSE(Sequencer({}, options, 1).read(0));
    CHECK_THROWS_AS(Sequencer(tiny, reads_of("sanger", 150, 0.0), 1), UsageError);
    CHECK(reads_of("sanger", 5, 0.9).problems().size() == 3);
}
