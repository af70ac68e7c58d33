#include "weft/kernel/sketch.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <optional>
#include <random>
#include <set>

using namespace weft;

namespace {

std::vector<Code> random_codes(std::mt19937_64& random, std::size_t length, unsigned letters, double ambiguous) {
    std::vector<Code> codes(length);
    for (Code& code : codes) {
        code = static_cast<Code>(random() % letters);
        if (std::uniform_real_distribution{}(random) < ambiguous) code = ambiguous_code;
    }
    return codes;
}

/// The k-mer at `start`, straight from the definition.
std::optional<Minimizer> kmer_at(std::span<const Code> codes, std::size_t start, int k) {
    const auto kmer = codes.subspan(start, static_cast<std::size_t>(k));
    std::vector<Code> mirrored(kmer.size());
    reverse_complement(kmer, mirrored);
    std::uint64_t forward = 0;
    std::uint64_t backward = 0;
    for (std::size_t i = 0; i < kmer.size(); ++i) {
        if (kmer[i] > 3) return std::nullopt;
        forward = 4 * forward + kmer[i];
        backward = 4 * backward + mirrored[i];
    }
    if (forward == backward) return std::nullopt;
    return Minimizer{mix(std::min(forward, backward), 2 * k), static_cast<std::uint32_t>(start), backward < forward};
}

/// The sketch, straight from the definition: window by window.
std::vector<Minimizer> judge(std::span<const Code> codes, int k, int w) {
    std::map<std::uint32_t, Minimizer> kept;
    if (codes.size() < static_cast<std::size_t>(k)) return {};
    const std::size_t starts = codes.size() - static_cast<std::size_t>(k) + 1;
    const std::size_t window = std::min(starts, static_cast<std::size_t>(w));
    for (std::size_t begin = 0; begin + window <= starts; ++begin) {
        std::optional<Minimizer> best;
        for (std::size_t start = begin; start < begin + window; ++start) {
            const auto kmer = kmer_at(codes, start, k);
            if (kmer && (!best || kmer->hash <= best->hash)) best = kmer;
        }
        if (best) kept.emplace(best->position, *best);
    }
    std::vector<Minimizer> result;
    for (const auto& [position, minimizer] : kept) result.push_back(minimizer);
    return result;
}

}  // namespace

TEST_CASE("the mixing is invertible and stays within its bits", "[sketch]") {
    for (const int bits : {8, 10, 12, 18}) {
        std::set<std::uint64_t> seen;
        for (std::uint64_t key = 0; key < std::uint64_t{1} << bits; ++key) seen.insert(mix(key, bits));
        CHECK(seen.size() == std::size_t{1} << bits);
        CHECK(*seen.rbegin() == (std::uint64_t{1} << bits) - 1);
    }
    CHECK(mix(0, 56) == (std::uint64_t{1} << 56) - 1);   // poly-A is the last choice
}

TEST_CASE("keys of k-mers and of their reverse complements", "[sketch]") {
    CHECK(key_of(encode("ACGT")) == 0b00011011);
    CHECK(reverse_complement_key(key_of(encode("AACGC")), 5) == key_of(encode("GCGTT")));
}

TEST_CASE("the sketch equals its definition", "[sketch]") {
    std::mt19937_64 random(11);
    for (const int k : {4, 5, 11, 15, 16, 21, 28}) {
        for (const int w : {1, 2, 3, 5, 10, 19, 64, 255}) {
            for (const std::size_t length : {0u, 3u, 4u, 15u, 16u, 27u, 28u, 40u, 100u, 700u}) {
                // Four letters, two (palindromes, repeats: A and C never pair, A and T via letters 3) and one; with and without N.
                for (const unsigned letters : {1u, 2u, 4u}) {
                    const auto codes = random_codes(random, length, letters, random() % 3 == 0 ? 0.03 : 0.0);
                    std::vector<Minimizer> minimizers;
                    sketch(codes, k, w, minimizers);
                    INFO("k " << k << " w " << w << " length " << length << " letters " << letters);
                    REQUIRE(minimizers == judge(codes, k, w));
                }
            }
        }
    }
}

TEST_CASE("k-mers that are their own reverse complement take no part", "[sketch]") {
    std::vector<Minimizer> minimizers;
    sketch(encode("ATATATATATATATAT"), 4, 3, minimizers);
    CHECK(minimizers.empty());
    sketch(encode("NNNNNNNNNNNNNNNN"), 5, 3, minimizers);
    CHECK(minimizers.empty());
}

TEST_CASE("results are appended", "[sketch]") {
    std::vector<Minimizer> minimizers{{7, 7, true}};
    sketch(encode("ACGTTGCATTGCA"), 5, 4, minimizers);
    REQUIRE(minimizers.size() > 1);
    CHECK(minimizers.front() == Minimizer{7, 7, true});
}

TEST_CASE("the sketch of the reverse complement is the mirror image", "[sketch]") {
    std::mt19937_64 random(12);
    const int k = 15;
    const auto codes = random_codes(random, 5'000, 4, 0.002);
    std::vector<Code> mirrored(codes.size());
    reverse_complement(codes, mirrored);
    std::vector<Minimizer> forward;
    std::vector<Minimizer> backward;
    sketch(codes, k, 10, forward);
    sketch(mirrored, k, 10, backward);
    std::reverse(backward.begin(), backward.end());
    for (Minimizer& minimizer : backward) {
        minimizer.position = static_cast<std::uint32_t>(codes.size()) - minimizer.position - static_cast<std::uint32_t>(k);
        minimizer.reverse = !minimizer.reverse;
    }
    CHECK(forward == backward);
}

TEST_CASE("random sequence keeps about 2 of w + 1 k-mers", "[sketch]") {
    std::mt19937_64 random(13);
    const auto codes = random_codes(random, 200'000, 4, 0);
    std::vector<Minimizer> minimizers;
    sketch(codes, 15, 10, minimizers);
    const double density = static_cast<double>(minimizers.size()) / 200'000;
    CHECK(density == Approx(2.0 / 11).epsilon(0.02));
}

TEST_CASE("all_kmers gives every k-mer that exists", "[sketch]") {
    std::vector<Minimizer> minimizers;
    all_kmers(encode("ACGTACNGTTGA"), 5, minimizers);
    std::vector<std::uint32_t> positions;
    for (const Minimizer& minimizer : minimizers) positions.push_back(minimizer.position);
    CHECK(positions == std::vector<std::uint32_t>{0, 1, 7});
}
