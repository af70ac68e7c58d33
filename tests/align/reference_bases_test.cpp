// Single bases against the letters that the index was built from.
#include "weft/align/reference_bases.hpp"

#include <catch2/catch.hpp>

#include "support/small_reference.hpp"

using namespace weft;
using weft::test::RandomPairs;

TEST_CASE("single bases are those of the reference, in any order of asking", "[align]") {
    RandomPairs random(1);
    std::vector<std::string> contigs;
    for (const std::int64_t length : {200, 31, 32, 33, 1}) {
        contigs.push_back(test::random_letters(random, length));
        if (length > 1) test::strew_ambiguous(random, length / 10, 9, contigs.back());
    }
    contigs[1].front() = contigs[1].back() = 'N';   // at borders, too
    const Index index = test::small_index(contigs, 9, 1);
    const IndexView& view = index.view();
    ReferenceBases bases(view);
    const auto check = [&](std::size_t contig, std::int64_t position) {
        const Code expected = code_of_letter[static_cast<unsigned char>(contigs[contig][static_cast<std::size_t>(position)])];
        INFO("contig " << contig << " position " << position);
        REQUIRE(bases.at(view.contig_begin[contig] + static_cast<std::uint64_t>(position)) == expected);
    };
    for (std::size_t contig = 0; contig < contigs.size(); ++contig) {
        for (std::int64_t i = 0; i < std::ssize(contigs[contig]); ++i) check(contig, i);
        for (std::int64_t i = std::ssize(contigs[contig]); i-- > 0;) check(contig, i);
    }
    for (int round = 0; round < 2'000; ++round) {
        const auto contig = static_cast<std::size_t>(random.between(0, std::ssize(contigs) - 1));
        check(contig, random.between(0, std::ssize(contigs[contig]) - 1));
    }
}
