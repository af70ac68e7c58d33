#include "weft/record/feature_reader.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "support/compressed.hpp"
#include "support/temporary_folder.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using namespace std::string_literals;
using weft::test::TemporaryFolder;
using Catch::Matchers::Contains;

namespace {

/// "name|comment|sequence|qualities" of every feature of a file.
std::vector<std::string> features_of(const std::vector<std::string>& paths) {
    FeatureReader reader(paths);
    std::vector<std::string> all;
    Feature feature;
    feature.name = feature.comment = feature.sequence = feature.qualities = feature.tags = "left over";
    while (reader.read(feature)) {
        CHECK(feature.number == all.size());
        CHECK(feature.tags.empty());
        all.push_back(feature.name + "|" + feature.comment + "|" + feature.sequence + "|" + feature.qualities);
    }
    CHECK_FALSE(reader.read(feature));   // the end stays the end
    return all;
}

struct GoodText {
    const char* what;
    std::string text;
    std::vector<std::string> features;
};

const std::vector<GoodText> good_texts = {
    {"one line", ">a\nACGT\n", {"a||ACGT|"}},
    {"no newline at the end", ">a\nACGT", {"a||ACGT|"}},
    {"several lines, case kept", ">a b c\nACGT\nacgt\n>d\nNNRY\n", {"a|b c|ACGTacgt|", "d||NNRY|"}},
    {"Windows line ends", ">a b\r\nAC\r\nGT\r\n\r\n>c\r\nA", {"a|b|ACGT|", "c||A|"}},
    {"every IUPAC letter and U", ">a\nACGTURYKMSWBDHVN\nacgturykmswbdhvn\n", {"a||ACGTURYKMSWBDHVNacgturykmswbdhvn|"}},
    {"blank lines anywhere", "\n \n>a\n\nAC\n\t\nGT\n\n\n>b\n\nT\n\n", {"a||ACGT|", "b||T|"}},
    {"features of 0 bases", ">a\n>b\n\n>c\nA\n>d", {"a|||", "b|||", "c||A|", "d|||"}},
    {"white space behind letters", ">a \t x y \nACGT  \nAC\t\n", {"a|x y |ACGTAC|"}},
    {"tab before the comment", ">a\tb\tc\nA\n", {"a|b\tc|A|"}},
    {"odd names", ">gi|12|x;y=z,(1)\"'@>#\\\xc3\xa9\nA\n>>\nC\n", {"gi|12|x;y=z,(1)\"'@>#\\\xc3\xa9||A|", ">||C|"}},
    {"FASTQ", "@a b\nACGT\n+\nIIII\n@c\nA\n+c\n!\n", {"a|b|ACGT|IIII", "c||A|!"}},
    {"FASTQ with Windows line ends, no newline at the end", "@a\r\nAC\r\n+\r\nII\r\n@b\r\nA\r\n+\r\n~", {"a||AC|II", "b||A|~"}},
    {"FASTQ with marks as qualities", "@a\nAC\n+\n@@\n@b\nAC\n+\n++\n@c\nA\n+\n>\n", {"a||AC|@@", "b||AC|++", "c||A|>"}},
    {"wrapped FASTQ", "@a\nACG\nTAC\n+\n@II\n+I@\n@b\nACG\nT\n+b\nIIII\n", {"a||ACGTAC|@II+I@", "b||ACGT|IIII"}},
    {"FASTQ of 0 bases", "@a\n\n+\n\n@b\n+\n@c\nA\n+\nI\n\n", {"a|||", "b|||", "c||A|I"}},
    {"FASTQ that repeats its header", "@a b c\nA\n+a b c\nI\n@d e\nA\n+d\nI\n", {"a|b c|A|I", "d|e|A|I"}},
    {"FASTQ with blank lines between records", "\n@a\nA\n+\nI\n\n\r\n@b\nC\n+\nI\n\n", {"a||A|I", "b||C|I"}},
};

struct BadText {
    std::string text;
    const char* message;   // behind the file's name
};

const std::vector<BadText> bad_texts = {
    {"", ": is empty"},
    {"\n\n \n", ": is empty"},
    {"ACGT\n", ":1: expected a header that begins with '>' (FASTA) or '@' (FASTQ, SAM), found 'A'"},
    {"\n\n;old\n>a\nA\n", ":3: expected a header that begins with '>' (FASTA) or '@' (FASTQ, SAM), found ';'"},
    {">\nA\n", ":1: the header has no name"},
    {">a\nA\n> b\nA\n", ":3: the header has white space before its name"},
    {">a\x01z\nA\n", ":1: character 0x01 inside a name"},
    {">a\nAC\nA-C\n", ":3: '-' stands for a gap"},
    {">a\nAC*\n", ":2: '*' is not a nucleotide letter"},
    {">a\n\n\nMKL\n", ":4: 'L' is not a nucleotide letter; weft aligns DNA and RNA, not proteins"},
    {">a\nAAX\n", ":2: 'X' is not a nucleotide letter; mask with N"},
    {">a\nAC GT\n", ":2: white space inside a sequence"},
    {">a\n ACGT\n", ":2: white space inside a sequence"},
    {">a\nAC1\n", ":2: '1' is not a nucleotide letter"},
    {">a\nAC\rGT\n", ":2: a carriage return inside a sequence"},
    {">a\nAC\x80\n", ":2: character 0x80 is not a nucleotide letter"},
    {">a\nAC\0\n"s, ":2: character 0x00 is not a nucleotide letter"},
    {">a\nA\n@b\nA\n", ":3: '@' is not a nucleotide letter"},
    {"@a\nACGT\n+\nIII\n", ":4: quality has 3 characters, sequence has 4"},
    {"@a\nACGT\n+\nIIIII\n", ":4: quality has 5 characters, sequence has 4"},
    {"@a\nACGT\n+\nIII\n@b\nACGT\n+\nIIII\n", ":4: quality has 3 characters, sequence has 4"},
    {"@a\nACGT\nACGT\n+\nIIII\nIII\n@b\nA\n+\nI\n", ":6: quality has 7 characters, sequence has 8"},
    {"@a\nACGT\n+\n\n@b\nA\n+\nI\n", ":4: quality has 0 characters, sequence has 4"},
    {"@a\n\n+\nII\n", ":4: expected a header that begins with '@', found 'I'"},
    {"@a\nA\n+\nI\nI\n", ":5: expected a header that begins with '@', found 'I'"},
    {"@a\nA\n+\nI\n>b\nA\n", ":5: expected a header that begins with '@', found '>'"},
    {"@a\nACGT\n+\nII I\n", ":4: character 0x20 is no quality"},
    {"@a\nACGT\n+\nII\x7fI\n", ":4: character 0x7f is no quality"},
    {"@a\nAC.T\n+\nIIII\n", ":2: '.' stands for a gap"},
    {"@a\nACGT\n@b\nACGT\n+\nIIII\n", ":3: expected the '+' line of 'a', found another header"},
    {"@a\nACGT\n+b\nIIII\n", ":3: the '+' line names 'b', the header 'a'"},
    {"@a", ":1: the file ends before the '+' line of 'a'"},
    {"@a\nACGT\n", ":2: the file ends before the '+' line of 'a'"},
    {"@a\nACGT\n+", ":3: the file ends before the quality line of 'a'"},
    {"@a\nACGT\n+\n", ":3: the file ends before the quality line of 'a'"},
    {"@a\nACGT\nA\n+\nIIII\n", ":5: the file ends before the last quality line of 'a'"},
    {"@\nA\n+\nI\n", ":1: the header has no name"},
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

TEST_CASE("FASTA and FASTQ are read whatever their layout, line ends and compression", "[record]") {
    const TemporaryFolder folder;
    for (const GoodText& good : good_texts) {
        INFO(good.what);
        CHECK(features_of({folder.file("plain", good.text)}) == good.features);
        CHECK(features_of({folder.file("gz", test::gzip(good.text))}) == good.features);
        CHECK(features_of({folder.file("bgz", test::bgzf(good.text))}) == good.features);
        // two members, cut anywhere
        for (std::size_t cut = 0; cut <= good.text.size(); ++cut) {
            const std::string members = test::gzip(good.text.substr(0, cut)) + test::gzip(good.text.substr(cut));
            CHECK(features_of({folder.file("members", members)}) == good.features);
            const std::string blocks = test::bgzf_block(good.text.substr(0, cut)) + test::bgzf(good.text.substr(cut));
            CHECK(features_of({folder.file("blocks", blocks)}) == good.features);
        }
    }
}

TEST_CASE("malformed text is refused with file and line", "[record]") {
    const TemporaryFolder folder;
    for (const BadText& bad : bad_texts) {
        INFO(bad.text);
        for (const std::string& path : {folder.file("reads", bad.text), folder.file("reads.gz", test::gzip(bad.text))}) {
            CHECK_THROWS_AS(features_of({path}), FormatError);
            CHECK_THROWS_WITH(features_of({path}), Contains(path + bad.message));
        }
    }
}

TEST_CASE("several files of different formats are one stream of features", "[record]") {
    const TemporaryFolder folder;
    const std::string fasta = folder.file("1", ">a\nAC\n>b\nGT");
    const std::string fastq = folder.file("2.txt", test::gzip("@c\nAC\n+\nII\n"));
    const std::string headers_only = folder.file("3.bam", "@HD\tVN:1.6\n@CO\tno reads\n");
    CHECK(features_of({fasta, fastq, headers_only, fasta}) == std::vector<std::string>{"a||AC|", "b||GT|", "c||AC|II", "a||AC|", "b||GT|"});
    CHECK(features_of({}).empty());
}

TEST_CASE("progress counts the bytes of the files", "[record]") {
    const TemporaryFolder folder;
    const std::string first = folder.file("1", ">a\nAC\n");
    const std::string second = folder.file("2", test::bgzf(">b\nAC\n"));
    FeatureReader reader({first, second});
    const std::uint64_t total = test::content_of(first).size() + test::content_of(second).size();
    CHECK(reader.bytes_total() == total);
    CHECK(reader.bytes_done() == 0);
    Feature feature;
    std::uint64_t done = 0;
    while (reader.read(feature)) {
        CHECK(reader.bytes_done() > done);
        done = reader.bytes_done();
    }
    CHECK(reader.bytes_done() == total);
}

TEST_CASE("inputs that cannot be read are refused before the first feature", "[record]") {
    const TemporaryFolder folder;
    const std::string good = folder.file("good", ">a\nA\n");
    CHECK_THROWS_WITH(FeatureReader({good, folder / "missing"}), Contains("missing: cannot open: No such file or directory"));
    CHECK_THROWS_WITH(FeatureReader({folder.path().string()}), Contains("cannot open: Is a directory"));
    CHECK_THROWS_AS(FeatureReader({"-", good, "-"}), UsageError);
    FeatureReader late({good, folder.file("bad", "no header")});
    CHECK_THROWS_WITH(late.collect_read_groups(), Contains("bad:1: expected a header"));
}

TEST_CASE("text cut off inside its compression is an error wherever it is cut", "[record]") {
    const TemporaryFolder folder;
    std::string text;
    for (int i = 0; i < 60; ++i) text += ">read" + std::to_string(i) + "\n" + std::string(static_cast<std::size_t>(i * 37 % 200), "ACGT"[i % 4]) + "\n";
    const std::string half = text.substr(0, text.size() / 2);
    struct Compressed {
        const char* what;
        std::string bytes;
        std::size_t whole_member = 0;   // cut here, a gzip file of two members is a gzip file of one
    };
    const std::vector<Compressed> all = {
        {"gzip", test::gzip(text)},
        {"gzip of two members", test::gzip(half) + test::gzip(text.substr(half.size())), test::gzip(half).size()},
        {"BGZF", test::bgzf(text)},
        {"BGZF of two blocks", test::bgzf_block(half) + test::bgzf(text.substr(half.size()))},
    };
    for (const Compressed& compressed : all) {
        for (std::size_t length = 1; length < compressed.bytes.size(); ++length) {
            if (length == compressed.whole_member) continue;
            INFO(compressed.what << " of " << compressed.bytes.size() << " bytes cut to " << length);
            CHECK_THROWS_AS(features_of({folder.file("cut", compressed.bytes.substr(0, length))}), FormatError);
        }
        const std::vector<std::string> whole = features_of({folder.file("whole", compressed.bytes)});
        std::size_t refused = 0;
        for (std::size_t flipped = compressed.bytes.size() - 40; flipped < compressed.bytes.size(); ++flipped) {
            std::string damaged = compressed.bytes;
            damaged[flipped] = static_cast<char>(damaged[flipped] ^ 0x10);
            INFO(compressed.what << " with byte " << flipped << " of " << damaged.size() << " flipped");
            try {   // a flipped bit that carries nothing (padding, a length beside a correct check sum) may pass
                const std::vector<std::string> features = features_of({folder.file("damaged", damaged)});
                CHECK(features == whole);
            } catch (const FormatError&) {
                ++refused;
            }
        }
        CHECK(refused >= 8);
    }
}
