#include "weft/record/small_bam.hpp"

#include <catch2/catch.hpp>

#include "support/example_alignments.hpp"
#include "support/temporary_folder.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using namespace weft::test;

namespace {

const ContigRecord contig{"chr_1", 1'000, ""};

std::vector<SmallBamRecord> example_records() {
    return {{.name = "plain", .position = 9, .mapq = 60, .cigar = cigar_of("4M1I3M"), .letters = "ACGTACGT", .edit_distance = 1},
            {.name = "part",
             .role = Role::supplementary,
             .strand = Strand::reverse,
             .position = 20,
             .mapq = 255,
             .cigar = cigar_of("7H2=1D2X3H"),
             .letters = "NACG"},
            {.name = "silent", .role = Role::secondary, .position = 999, .mapq = 0, .cigar = cigar_of("1M")}};
}

std::vector<std::string> read_back(const std::string& bytes, const TemporaryFolder& folder) {
    return records_of(folder.file("small.bam", bytes));
}

}   // namespace

TEST_CASE("records come back as they were given", "[record]") {
    const TemporaryFolder folder;
    CHECK(read_back(small_bam(contig, example_records()), folder) ==
          std::vector<std::string>{"plain\t0\tchr_1\t10\t60\t4M1I3M\t*\t0\t0\tACGTACGT\t*\tNM:i:1",
                                   "part\t2064\tchr_1\t21\t255\t7H2=1D2X3H\t*\t0\t0\tNACG\t*",
                                   "silent\t256\tchr_1\t1000\t0\t1M\t*\t0\t0\t*\t*"});
    CHECK(header_of(folder / "small.bam") == "@HD\tVN:1.6\tSO:coordinate\n@SQ\tSN:chr_1\tLN:1000\n");
}

TEST_CASE("a BAM is called sorted only when it is", "[record]") {
    const TemporaryFolder folder;
    std::vector<SmallBamRecord> records = example_records();
    std::swap(records.front(), records.back());
    CHECK(read_back(small_bam(contig, records), folder).size() == 3);
    CHECK_THAT(header_of(folder / "small.bam"), Catch::Contains("SO:unsorted"));
}

TEST_CASE("the same records give the same bytes, none too", "[record]") {
    const TemporaryFolder folder;
    CHECK(small_bam(contig, example_records()) == small_bam(contig, example_records()));
    CHECK(read_back(small_bam(contig, {}), folder).empty());
}

TEST_CASE("what BAM cannot hold is refused", "[record]") {
    const std::vector<SmallBamRecord> long_name{{.name = std::string(300, 'n'), .cigar = cigar_of("1M")}};
    CHECK_NOTHROW(small_bam(contig, long_name));   // which PAF allows: cut
    const std::vector<SmallBamRecord> few_letters{{.name = "n", .cigar = cigar_of("3M"), .letters = "AC"}};
    CHECK_THROWS_AS(small_bam(contig, few_letters), FormatError);
}
