#include "weft/simulate/random_genome.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string_view>

#include "weft/bytes/checksum.hpp"

using namespace weft;

namespace {

RandomGenomeOptions genome_of(std::int64_t length, int contigs) {
    RandomGenomeOptions options;
    options.length = length;
    options.contigs = contigs;
    return options;
}

std::int64_t count_of(const std::vector<ReferenceContig>& genome, std::string_view letters) {
    std::int64_t count = 0;
    for (const ReferenceContig& contig : genome)
        count += std::count_if(contig.sequence.begin(), contig.sequence.end(),
                               [&](char letter) { return letters.find(letter) != std::string_view::npos; });
    return count;
}

}  // namespace

TEST_CASE("a random genome has the length, contigs and letters asked for", "[simulate]") {
    RandomGenomeOptions options = genome_of(400'000, 4);
    options.gc = 0.38;
    const std::vector<ReferenceContig> genome = make_random_genome(options, 1);
    REQUIRE(genome.size() == 4);
    std::int64_t total = 0;
    for (const ReferenceContig& contig : genome) total += std::ssize(contig.sequence);
    CHECK(total == 400'000);
    CHECK(genome[0].name == "chr1");
    CHECK(genome[0].sequence.size() * 10 > genome[2].sequence.size() * 19);
    CHECK(genome[3].sequence.size() == 8'000);   // the scaffold
    CHECK(static_cast<double>(count_of(genome, "GC")) / static_cast<double>(count_of(genome, "ACGT")) == Approx(0.38).epsilon(0.02));
    const double lower_case = static_cast<double>(count_of(genome, "acgt")) / 400'000;
    CHECK(lower_case > 0.10);
    CHECK(lower_case < 0.20);
    CHECK(count_of(genome, "N") > 400);
    CHECK(count_of(genome, "N") < 4'000);
    CHECK(count_of(genome, "RYKMSWBDHV") > 4);
    CHECK(count_of(genome, "RYKMSWBDHV") < 40);
}

TEST_CASE("shares of nothing give plain sequence", "[simulate]") {
    RandomGenomeOptions options = genome_of(20'000, 1);
    options.repeat_share = options.tandem_share = options.duplicate_share = options.gap_share = options.odd_letter_rate = 0;
    CHECK(count_of(make_random_genome(options, 1), "ACGT") == 20'000);
}

TEST_CASE("a random genome is the same on every platform", "[simulate]") {
    // A change of these numbers changes every simulated set: published seeds then mean other genomes.
    const std::vector<ReferenceContig> genome = make_random_genome(genome_of(50'000, 3), 7);
    std::string all;
    for (const ReferenceContig& contig : genome) all += contig.name + "\n" + contig.sequence + "\n";
    CHECK(checksum(all) == 8430512418482835360u);
    CHECK(make_random_genome(genome_of(50'000, 3), 8)[0].sequence != genome[0].sequence);
}

TEST_CASE("impossible genomes are refused with a reason", "[simulate]") {
    CHECK(genome_of(400'000, 4).problems().empty());
    CHECK(genome_of(100, 1).problems().size() == 1);
    CHECK(genome_of(10'000, 0).problems().size() == 1);
    RandomGenomeOptions options = genome_of(10'000, 1);
    options.gc = 1.5;
    CHECK(options.problems().size() == 1);
}
