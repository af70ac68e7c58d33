#include "weft/record/content_format.hpp"

#include <catch2/catch.hpp>

#include "support/compressed.hpp"
#include "support/example_alignments.hpp"
#include "support/small_reference.hpp"
#include "support/temporary_folder.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using namespace weft::test;

namespace {

struct Row {
    std::string text;
    const char* format;
};

const std::string paf = "q\t9\t0\t9\t+\tc\t50\t5\t14\t8\t9\t60";

const std::vector<Row> texts{
    {">a\nACGT\n", "fasta"},
    {"\n  \t\n>a\nACGT\n", "fasta"},
    {"# by hand\r\n>a\r\nACGT\r\n", "fasta"},
    {">", "fasta"},
    {"@r1\nACGT\n+\nIIII\n", "fastq"},
    {"##gff-version 3\n", "gff3"},
    {"##gff-version 3\n#comment\nc\t.\tgene\t1\t9\t.\t+\t.\tID=a\n", "gff3"},
    {"c\t.\tgene\t1\t9\t.\t+\t.\tID=a\n", "gff3"},
    {"#!genome-build x\nc\t.\tgene\t1\t9\t.\t+\t.\t.\r\n", "gff3"},
    {"c\t.\tgene\t1\t9\t.\t+\t.\tgene_id \"g\"; transcript_id \"t\";\n", "gtf"},
    {"chr1\t0\t100\n", "bed"},
    {"chr1\t0\t100\tname\t0\t+\t0\t100\t0,0,0\t1\t100\t0\n", "bed"},
    {"##fileformat=VCFv4.2\n#CHROM\tPOS\n", "vcf"},
    {paf + "\n", "paf"},
    {paf + "\ttp:A:P\tcg:Z:9M\n", "paf"},
    {"q\t9\t0\t9\t*\tc\t50\t5\t14\t8\t9\t60\n", "bed"},   // a strand that PAF does not have
    {"q\t9\t0\t9\t+\tc\tx\t5\t14\t8\t9\t60\n", "bed"},
    {"c\t.\tgene\tone\t9\t.\t+\t.\tID=a\n", "text"},
    {"c\t.\tgene\t1\t9\t.\t+\t.\n", "text"},
    {"chr1\t-5\t100\n", "text"},
    {"name,place\na,b\n", "text"},
    {"word", "text"},
    {"", "text"},
    {"\n\n# only comments\n", "text"},
    {std::string("\x01\x02\x00", 3), "unknown"},
    {std::string(">a\nAC\0GT\n", 9), "unknown"},
};

}  // namespace

TEST_CASE("the format of a text is told by its first record", "[record]") {
    for (const Row& row : texts) {
        INFO(row.text);
        CHECK(text_format(row.text) == row.format);
    }
}

TEST_CASE("a file tells its format, compressed or not", "[record]") {
    const TemporaryFolder folder;
    for (const Row& row : texts) {
        INFO(row.text);
        CHECK(content_format(folder.file("x", row.text)) == row.format);
        CHECK(content_format(folder.file("x", gzip(row.text))) == row.format);
        CHECK(content_format(folder.file("x", bgzf(row.text))) == row.format);
    }
}

TEST_CASE("what stands in front of the first record may be long, and records too", "[record]") {
    const TemporaryFolder folder;
    std::string comments;
    while (comments.size() < 60'000) comments += "#a comment that says nothing\n";
    CHECK(content_format(folder.file("x", comments + "chr1\t0\t100\n")) == "bed");
    CHECK(content_format(folder.file("x", ">" + std::string(200'000, 'a') + "\nACGT\n")) == "fasta");
    CHECK(content_format(folder.file("x", paf + "\tcs:Z:" + std::string(200'000, 'a') + "\n")) == "paf");
}

TEST_CASE("alignments and indices are told by their first bytes", "[record]") {
    const TemporaryFolder folder;
    const ExampleReference reference = random_reference(1, 2, 3'000);
    const ExampleRun run = random_run(reference, 2, 5);
    for (const char* name : {"x.sam", "x.bam", "x.cram"}) {
        write_run(folder / name, {.format = *format_of_path(name)}, reference, run);
        CHECK(content_format(folder / name) == "sam");
    }
    write_run(folder / "x.paf", {.format = OutputFormat::paf}, reference, run);
    CHECK(content_format(folder / "x.paf") == "paf");
    CHECK(content_format(folder.file("x", gzip(content_of(folder / "x.sam")))) == "sam");
    small_index({"ACGTACGTACGTACGTACGTAAAACCCCGGGGTTTTACGATCGATCGACTACGATCAGCATCGACTAGC"}).save(folder / "x.weft");
    CHECK(content_format(folder / "x.weft") == "weft");
}

TEST_CASE("files that cannot be read are told", "[record]") {
    const TemporaryFolder folder;
    CHECK_THROWS_AS(content_format(folder / "none"), SystemError);
    CHECK_THROWS_AS(content_format(folder.path().string()), SystemError);
    const std::string whole = gzip(std::string(30'000, 'a') + "\nACGT\n");
    CHECK_THROWS_AS(content_format(folder.file("x", whole.substr(0, whole.size() / 2))), FormatError);
}
