#include "weft/index/sketch_slice.hpp"

#include <catch2/catch.hpp>
#include <random>

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

std::vector<Minimizer> in_slices(std::span<const Code> contig, std::span<const std::size_t> cuts, int k, int w) {
    std::vector<Minimizer> result;
    std::vector<Minimizer> scratch;
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
        const Slice slice{cuts[i], cuts[i + 1]};
        const Slice bases = bases_to_sketch(slice, contig.size(), k, w);
        for (Minimizer minimizer : sketch_slice(contig.subspan(bases.begin, bases.end - bases.begin), slice, k, w, scratch)) {
            minimizer.position += static_cast<std::uint32_t>(slice.begin);
            result.push_back(minimizer);
        }
    }
    return result;
}

}  // namespace

TEST_CASE("slices together give the sketch of the contig, however it is cut", "[index]") {
    std::mt19937_64 random(21);
    for (const int k : {5, 15, 28}) {
        for (const int w : {1, 2, 10, 100}) {
            for (const std::size_t length : {1u, 10u, 30u, 150u, 1'000u}) {
                for (const unsigned letters : {1u, 2u, 4u}) {   // one letter: every k-mer is a tie
                    const auto contig = random_codes(random, length, letters, random() % 2 == 0 ? 0.02 : 0);
                    std::vector<Minimizer> whole;
                    sketch(contig, k, w, whole);
                    for (const std::size_t longest : {1u, 7u, 64u, 500u}) {
                        std::vector<std::size_t> cuts{0};
                        while (cuts.back() < length) cuts.push_back(std::min<std::size_t>(length, cuts.back() + 1 + random() % longest));
                        INFO("k " << k << " w " << w << " length " << length << " letters " << letters << " slices up to " << longest);
                        REQUIRE(in_slices(contig, cuts, k, w) == whole);
                    }
                }
            }
        }
    }
}

TEST_CASE("a stretch of N between slices hides no minimizer", "[index]") {
    std::mt19937_64 random(22);
    std::vector<Code> contig = random_codes(random, 300, 4, 0);
    std::fill(contig.begin() + 100, contig.begin() + 160, ambiguous_code);
    std::vector<Minimizer> whole;
    sketch(contig, 9, 5, whole);
    for (std::size_t cut = 1; cut < contig.size(); ++cut) {
        const std::vector<std::size_t> cuts{0, cut, contig.size()};
        REQUIRE(in_slices(contig, cuts, 9, 5) == whole);
    }
}
