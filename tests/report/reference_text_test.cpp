#include "weft/report/reference_text.hpp"

#include <catch2/catch.hpp>

#include "support/evolution.hpp"
#include "support/temporary_folder.hpp"
#include "weft/index/index.hpp"
#include "weft/model/error.hpp"
#include "weft/record/reference_reader.hpp"

using namespace weft;
using namespace weft::test;

TEST_CASE("a FASTA and its index give the same letters", "[report]") {
    const TemporaryFolder folder;
    const std::string letters = genome({300})[0].sequence + "NNNryk" + "acgt";
    const std::string fasta = folder.file("g.fa", ">c1\n" + letters + "\n>c2\nACGTACGTACGTACGTACGTACGT\n");
    Index::build(read_reference(fasta).contigs).save(folder / "g.weft");

    const ReferenceText text = ReferenceText::open(fasta);
    CHECK(text.is_fasta());
    REQUIRE(text.contigs().size() == 2);
    CHECK(text.contigs()[0].name == "c1");
    CHECK(text.contigs()[0].length == 310);
    CHECK(text.letters("c1", {298, 310}) == letters.substr(298));
    CHECK(text.length("c1") == 310);

    const ReferenceText index = ReferenceText::open(folder / "g.weft");
    CHECK_FALSE(index.is_fasta());
    CHECK(index.contigs()[1].length == 24);
    CHECK(index.letters("c1", {300, 310}) == "NNNRYKACGT");
    CHECK(index.letters("c2", {0, 24}) == text.letters("c2", {0, 24}));
}

TEST_CASE("places that the reference does not have are told", "[report]") {
    const TemporaryFolder folder;
    const std::string fasta = folder.file("g.fa", ">c1\nACGTACGT\n");
    const ReferenceText text = ReferenceText::open(fasta);
    CHECK_THROWS_MATCHES(text.letters("c9", {0, 4}), FormatError,
                         Catch::Message(fasta + ": has no contig 'c9'; give the reference that the alignments were made with"));
    CHECK_THROWS_AS(text.length("c9"), FormatError);
    CHECK_THROWS_MATCHES(
        text.letters("c1", {4, 9}), FormatError,
        Catch::Message(fasta +
                       ": contig 'c1' has 8 bases, an alignment lies at 5-9; give the reference that the alignments were made with"));
}
