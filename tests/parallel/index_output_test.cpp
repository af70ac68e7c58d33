#include "weft/parallel/index_output.hpp"

#include <catch2/catch.hpp>

using namespace weft;

TEST_CASE("a writer sees the contigs and letters of an index", "[parallel]") {
    const std::string first(200, 'C');
    const std::string second = "ACGTNNRYacgtACGTTTGACCATGACCATTTACGGACGATTACA" + std::string(100, 'g');
    const Index index = Index::build({{"one", first}, {"two", second}}, {}, {.path = "genome.fa"});
    const OutputHeader header = header_of(index);
    REQUIRE(header.contigs.size() == 2);
    CHECK(header.contigs[1].name == "two");
    CHECK(header.contigs[1].length == static_cast<std::int64_t>(second.size()));
    CHECK(header.contigs[0].md5 == index.md5(ContigId{0}));
    CHECK_FALSE(header.program_version.empty());

    const ReferenceLetters letters = letters_of(index);
    std::string read(14, ' ');
    letters(ContigId{1}, {2, 16}, read);
    CHECK(read == "GTNNRYACGTACGT");
}
