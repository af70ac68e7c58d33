#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "support/compressed.hpp"
#include "support/read_features.hpp"
#include "support/temporary_folder.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using namespace std::string_literals;
using weft::test::features_of;
using weft::test::TemporaryFolder;
using Catch::Matchers::Contains;

namespace {

struct Format {
    const char* what;
    std::string text;
    std::vector<std::string> features;
};

const std::vector<Format> formats = {
    {"FASTA", ">a\nA\n", {"a||A|"}},
    {"FASTQ", "@a\nA\n+\nI\n", {"a||A|I"}},
    {"FASTQ whose name is a SAM header's", "@HD\nA\n+\nI\n", {"HD||A|I"}},
    {"SAM", "@HD\tVN:1.6\na\t4\t*\t0\t0\t*\t*\t0\t0\tA\tI\n", {"a||A|I"}},
    {"SAM without a header", "a\t4\t*\t0\t0\t*\t*\t0\t0\tACGT\tIIII\n", {"a||ACGT|IIII"}},
    {"SAM without records", "@CO\tnothing\n", {}},
};

struct Refused {
    std::string bytes;
    const char* message;   // behind the file's name
};

const std::vector<Refused> others = {
    {"", ": is empty"},
    {"\n\n \n", ": is empty"},
    {"ACGT\n", ":1: expected a header that begins with '>' (FASTA) or '@' (FASTQ, SAM), found 'A'"},
    {"\n\n;old\n>a\nA\n", ":3: expected a header that begins with '>' (FASTA) or '@' (FASTQ, SAM), found ';'"},
    {"PK\x03\x04rest", ": looks like a zip archive; decompress it first"},
    {"BZh91AY&SY", ": looks like bzip2; decompress it first"},
    {"\xfd" "7zXZ\0\0\4"s, ": looks like xz; decompress it first"},
    {"\x28\xb5\x2f\xfd\x04\x58", ": looks like Zstandard; decompress it first"},
    {"\xef\xbb\xbf>a\nA\n", ": looks like text behind a byte-order mark"},
    {"##fileformat=VCFv4.2\n", ": looks like VCF"},
    {"##gff-version 3\n", ": looks like GFF"},
    {"<!DOCTYPE html>", ": looks like a web page"},
    {"\x7f" "ELF\x02\x01\x01\0\0"s, ": is not FASTA, FASTQ, SAM, BAM or CRAM: it begins with the bytes 7f 45 4c 46 02 01 01 00"},
};

}  // namespace

TEST_CASE("a format is told by content, whatever the name and the compression", "[record]") {
    const TemporaryFolder folder;
    for (const Format& format : formats) {
        INFO(format.what);
        for (const char* name : {"x", "x.fa", "x.fastq", "x.bam", "x.cram", "x.sam.gz"}) {
            CHECK(features_of({folder.file(name, format.text)}) == format.features);
            CHECK(features_of({folder.file(name, test::gzip(format.text))}) == format.features);
            CHECK(features_of({folder.file(name, test::bgzf(format.text))}) == format.features);
        }
        const test::FilledPipe pipe(folder / (format.what + " pipe"s), format.text);
        CHECK(features_of({folder / (format.what + " pipe"s)}) == format.features);
    }
}

TEST_CASE("content that holds no features is refused, by name where it is known", "[record]") {
    const TemporaryFolder folder;
    for (const Refused& other : others) {
        INFO(other.bytes);
        for (const std::string& path : {folder.file("x.fa", other.bytes), folder.file("x.bam", test::gzip(other.bytes))}) {
            CHECK_THROWS_AS(features_of({path}), FormatError);
            CHECK_THROWS_WITH(features_of({path}), Contains(path + other.message));
        }
    }
}
