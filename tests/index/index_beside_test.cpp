#include "weft/index/index_beside.hpp"

#include <catch2/catch.hpp>

#include "support/temporary_folder.hpp"
#include "weft/model/error.hpp"

using namespace weft;

namespace {

const std::vector<ReferenceContig> contigs{{"a", "ACGTTGCATGCATTTGACCAGTATTTGCA"}};

}  // namespace

TEST_CASE("an index lies beside its FASTA", "[index]") {
    CHECK(index_path_for("data/genome.fa.gz") == "data/genome.fa.gz.weft");
}

TEST_CASE("an index beside a FASTA is used only if it belongs to exactly that file", "[index]") {
    const test::TemporaryFolder folder;
    const ReferenceSource source{folder / "genome.fa", 100, 0xABCDEF};
    CHECK_FALSE(open_index_beside(source));

    Index::build(contigs, {}, source).save(index_path_for(source.path));
    const auto index = open_index_beside(source);
    REQUIRE(index);
    CHECK(belongs_to(*index, source));
    CHECK(belongs_to(*index, {"elsewhere/other_name.fa", 100, 0xABCDEF}));
    CHECK_FALSE(belongs_to(*index, {source.path, 101, 0xABCDEF}));
    CHECK_FALSE(belongs_to(*index, {source.path, 100, 0xABCDEE}));

    CHECK_THROWS_AS(open_index_beside({source.path, 101, 0xABCDEF}), FormatError);
    CHECK_THROWS_WITH(open_index_beside({source.path, 101, 1}), Catch::Contains("(100 bytes, XXH3 0000000000abcdef)") &&
                                                                    Catch::Contains("(101 bytes, XXH3 0000000000000001)") &&
                                                                    Catch::Contains("weft index " + source.path));
    folder.file("genome.fa.weft", "nonsense");
    CHECK_THROWS_AS(open_index_beside(source), FormatError);
}

TEST_CASE("an index is told by its first bytes or its name", "[index]") {
    const test::TemporaryFolder folder;
    const std::string saved = folder / "no_extension";
    Index::build(contigs).save(saved);
    CHECK(is_index_file(saved));
    CHECK(begins_like_index(saved));
    CHECK(is_index_file(folder / "missing.weft"));
    const std::string notes = folder.file("notes.weft", "no index at all");
    CHECK(is_index_file(notes));
    CHECK_FALSE(begins_like_index(notes));
    CHECK_FALSE(is_index_file(folder.file("genome.fa", ">a\nACGT\n")));
    CHECK_FALSE(is_index_file(folder.file("empty", "")));
    CHECK_FALSE(is_index_file("-"));
    CHECK_FALSE(is_index_file(folder.path().string()));
    CHECK_THROWS_AS(is_index_file(folder / "missing.fa"), SystemError);
}
