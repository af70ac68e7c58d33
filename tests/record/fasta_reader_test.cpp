#include "weft/record/fasta_reader.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "support/compressed.hpp"
#include "support/read_features.hpp"
#include "support/temporary_folder.hpp"
#include "weft/model/error.hpp"
#include "weft/record/feature_reader.hpp"

using namespace weft;
using namespace std::string_literals;
using weft::test::features_of;
using weft::test::TemporaryFolder;
using Catch::Matchers::Contains;

namespace {

struct Good {
    const char* what;
    std::string text;
    std::vector<std::string> features;
};

const std::vector<Good> good_texts = {
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
};

struct Bad {
    std::string text;
    const char* message;   // behind the file's name
};

const std::vector<Bad> bad_texts = {
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
    {"  >a\nA\n", ":1: expected a header that begins with '>', found character 0x20"},
};

}  // namespace

TEST_CASE("FASTA is read whatever its layout, line ends and compression", "[record]") {
    const TemporaryFolder folder;
    for (const Good& good : good_texts) {
        INFO(good.what);
        CHECK(features_of({folder.file("plain", good.text)}) == good.features);
        CHECK(features_of({folder.file("gz", test::gzip(good.text))}) == good.features);
        CHECK(features_of({folder.file("bgz", test::bgzf(good.text))}) == good.features);
        for (std::size_t cut = 0; cut <= good.text.size(); ++cut) {   // two members, cut anywhere
            const std::string members = test::gzip(good.text.substr(0, cut)) + test::gzip(good.text.substr(cut));
            CHECK(features_of({folder.file("members", members)}) == good.features);
        }
    }
}

TEST_CASE("lines longer than any buffer are joined", "[record]") {
    const TemporaryFolder folder;
    for (const std::size_t length : {(std::size_t{1} << 20) - 4, (std::size_t{1} << 20) - 3, (std::size_t{1} << 20) - 2, std::size_t{3'000'000}}) {
        std::string sequence(length, 'A');
        for (std::size_t i = 0; i < length; i += 7) sequence[i] = 'c';
        const std::vector<std::string> expected = {"a||" + sequence + "|", "b||TT|"};
        CHECK(features_of({folder.file("unix", ">a\n" + sequence + "\n>b\nTT\n")}) == expected);
        CHECK(features_of({folder.file("windows", ">a\r\n" + sequence + "\r\n>b\r\nTT\r\n")}) == expected);
        CHECK(features_of({folder.file("blanks", ">a\n" + sequence + "  \t\r\n>b\nTT")}) == expected);
    }
}

TEST_CASE("malformed FASTA is refused with file and line", "[record]") {
    const TemporaryFolder folder;
    for (const Bad& bad : bad_texts) {
        INFO(bad.text);
        for (const std::string& path : {folder.file("genes", bad.text), folder.file("genes.gz", test::gzip(bad.text))}) {
            CHECK_THROWS_AS(features_of({path}), FormatError);
            CHECK_THROWS_WITH(features_of({path}), Contains(path + bad.message));
        }
    }
}

TEST_CASE("a FASTA reader tells the line of the last header", "[record]") {
    const TemporaryFolder folder;
    FastaReader reader(LineReader(ByteReader(open_input(folder.file("genes", "\n>a\nA\nC\n\n>b\n>c\n")))));
    Feature feature;
    for (const std::uint64_t line : {2, 6, 7}) {
        REQUIRE(reader.read(feature));
        CHECK(reader.header_line() == line);
    }
    CHECK_FALSE(reader.read(feature));
}

TEST_CASE("behind a bad record of a FASTA the next one is found", "[fasta]") {
    const test::TemporaryFolder folder;
    const std::string path = folder.file("x.fa", ">a\nACGT\n>bad\nAC-T\nAAAA\n> \nACGT\n>b\nCC\n");
    FeatureReader reader{{path}};
    Feature feature;
    REQUIRE(reader.read(feature));
    for (int bad = 0; bad < 2; ++bad) {
        CHECK_THROWS_AS(reader.read(feature), FormatError);
        REQUIRE(reader.skip_record());
    }
    REQUIRE(reader.read(feature));
    CHECK(feature.name + feature.sequence == "bCC");
    CHECK_FALSE(reader.read(feature));
}
