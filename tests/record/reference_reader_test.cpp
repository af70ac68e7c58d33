#include "weft/record/reference_reader.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "support/compressed.hpp"
#include "support/read_features.hpp"
#include "support/temporary_folder.hpp"
#include "weft/bytes/checksum.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using namespace std::string_literals;
using weft::test::TemporaryFolder;
using Catch::Matchers::Contains;

namespace {

struct Bad {
    std::string bytes;
    const char* message;   // behind the file's name
};

const std::vector<Bad> bad_references = {
    {"", ": is empty"},
    {" \n\n", ": is empty"},
    {"ACGT\n", ":1: expected a header that begins with '>', found 'A'"},
    {"\nACGT\n>a\nA\n", ":2: expected a header that begins with '>', found 'A'"},
    {">a\nACGT\n>b\nACGT\n>a\nA\n", ":5: contig 'a' appears a second time, first in line 1"},
    {">a x\nACGT\n>a y\nACGT\n", ":3: contig 'a' appears a second time, first in line 1"},
    {">a\nACGT\n>b\n>c\nA\n", ":3: contig 'b' has no bases"},
    {">a\n", ":1: contig 'a' has no bases"},
    {">a\nACGT\nAC-T\n", ":3: '-' stands for a gap"},
    {">a\nMKLV\n", ":2: 'L' is not a nucleotide letter"},
    {">\nACGT\n", ":1: the header has no name"},
    {"@a\nA\n+\nI\n", ": is FASTQ or SAM; give the reference as FASTA"},
    {"@HD\tVN:1.6\n", ": is FASTQ or SAM; give the reference as FASTA"},
    {"BAM\1\0\0\0\0"s, ": is a BAM file; give the reference as FASTA"},
    {"CRAM\3\0"s, ": is a CRAM file; give the reference as FASTA"},
    {"PK\3\4", ": looks like a zip archive"},
    {"##gff-version 3\n", ": looks like GFF"},
    {"\x01\x02\x03", ": is not FASTA: it begins with the bytes 01 02 03"},
};

}  // namespace

TEST_CASE("a reference is its contigs, and the length and checksum of its file", "[record]") {
    const TemporaryFolder folder;
    const std::string text = ">one some comment\r\nACGT\r\nacgtn\r\n\r\n>two\r\nRYSWKMBDHVNU";
    for (const std::string& bytes : {text, test::gzip(text), test::bgzf(text), test::gzip(text.substr(0, 30)) + test::gzip(text.substr(30))}) {
        const std::string path = folder.file("genome", bytes);
        const Reference reference = read_reference(path);
        REQUIRE(reference.contigs.size() == 2);
        CHECK(reference.contigs[0].name == "one");
        CHECK(reference.contigs[0].sequence == "ACGTacgtn");
        CHECK(reference.contigs[1].name == "two");
        CHECK(reference.contigs[1].sequence == "RYSWKMBDHVNU");
        const ReferenceSource again = identify_reference(path);
        for (const ReferenceSource& source : {reference.source, again}) {
            CHECK(source.path == path);
            CHECK(source.bytes == bytes.size());
            CHECK(source.checksum == checksum(bytes));
        }
    }
}

TEST_CASE("a long reference is identified by all of its bytes", "[record]") {
    const TemporaryFolder folder;
    std::string text = ">x\n";
    for (int line = 0; line < 60'000; ++line) text += std::string(60, "ACGT"[line % 7 % 4]) + "\n";
    const Reference reference = read_reference(folder.file("genome", text));
    CHECK(reference.source.bytes == text.size());
    CHECK(reference.source.checksum == checksum(text));
    CHECK(identify_reference(folder / "genome").checksum == checksum(text));
    CHECK(reference.contigs.at(0).sequence.size() == 3'600'000);
    text[2'000'000] = text[2'000'000] == 'A' ? 'C' : 'A';
    CHECK(identify_reference(folder.file("genome", text)).checksum != reference.source.checksum);
}

TEST_CASE("what is no FASTA is no reference", "[record]") {
    const TemporaryFolder folder;
    for (const Bad& bad : bad_references) {
        INFO(bad.bytes);
        for (const std::string& path : {folder.file("genome.fa", bad.bytes), folder.file("genome.fa.gz", test::gzip(bad.bytes))}) {
            CHECK_THROWS_AS(read_reference(path), FormatError);
            CHECK_THROWS_WITH(read_reference(path), Contains(path + bad.message));
        }
    }
    CHECK_THROWS_WITH(read_reference(folder / "missing"), Contains("missing: cannot open: No such file or directory"));
    CHECK_THROWS_WITH(identify_reference(folder.path().string()), Contains("Is a directory"));
    CHECK_THROWS_AS(read_reference(folder.file("cut.gz", test::gzip(">a\nACGT\n").substr(0, 30))), FormatError);
}

TEST_CASE("a reference may come through a pipe if it is not compressed", "[record]") {
    const TemporaryFolder folder;
    const std::string text = ">a\nACGT\n";
    const test::FilledPipe plain(folder / "plain", text);
    const Reference reference = read_reference(folder / "plain");
    CHECK(reference.contigs.at(0).sequence == "ACGT");
    CHECK(reference.source.bytes == text.size());
    CHECK(reference.source.checksum == checksum(text));
    const test::FilledPipe compressed(folder / "compressed", test::gzip(text));
    CHECK_THROWS_WITH(read_reference(folder / "compressed"), Contains("compressed data from a pipe; decompress them in the pipe (zcat)"));
}
