#include "weft/record/fastq_reader.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "support/compressed.hpp"
#include "support/read_features.hpp"
#include "support/temporary_folder.hpp"
#include "weft/model/error.hpp"
#include "weft/record/feature_reader.hpp"

using namespace weft;
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
    {"two reads", "@a b\nACGT\n+\nIIII\n@c\nA\n+c\n!\n", {"a|b|ACGT|IIII", "c||A|!"}},
    {"Windows line ends, no newline at the end", "@a\r\nAC\r\n+\r\nII\r\n@b\r\nA\r\n+\r\n~", {"a||AC|II", "b||A|~"}},
    {"marks as qualities", "@a\nAC\n+\n@@\n@b\nAC\n+\n++\n@c\nA\n+\n>\n", {"a||AC|@@", "b||AC|++", "c||A|>"}},
    {"wrapped", "@a\nACG\nTAC\n+\n@II\n+I@\n@b\nACG\nT\n+b\nIIII\n", {"a||ACGTAC|@II+I@", "b||ACGT|IIII"}},
    {"wrapped qualities, one of whose lines could be a header", "@a\nACGTACGT\n+\nIII\n@II\nII\n@b\nA\n+\nI\n", {"a||ACGTACGT|III@IIII", "b||A|I"}},
    {"wrapped qualities, the last line of which could be a header", "@a\nACGTAC\n+\nIII\n@II", {"a||ACGTAC|III@II"}},
    {"reads of 0 bases", "@a\n\n+\n\n@b\n+\n@c\nA\n+\nI\n\n", {"a|||", "b|||", "c||A|I"}},
    {"repeated headers", "@a b c\nA\n+a b c\nI\n@d e\nA\n+d\nI\n", {"a|b c|A|I", "d|e|A|I"}},
    {"blank lines between reads", "\n@a\nA\n+\nI\n\n\r\n@b\nC\n+\nI\n\n", {"a||A|I", "b||C|I"}},
    {"a name that is a mark", "@@\nA\n+@\nI\n", {"@||A|I"}},
};

struct Bad {
    std::string text;
    const char* message;   // behind the file's name
};

const std::vector<Bad> bad_texts = {
    {"@a\nACGT\n+\nIII\n", ":4: quality has 3 characters, sequence has 4"},
    {"@a\nACGT\n+\nIIIII\n", ":4: quality has 5 characters, sequence has 4"},
    {"@a\nACGT\n+\nIII\n@b\nACGT\n+\nIIII\n", ":4: quality has 3 characters, sequence has 4"},
    {"@a\nACGT\nACGT\n+\nIIII\nIII\n@b\nA\n+\nI\n", ":6: quality has 7 characters, sequence has 8"},
    {"@a\nACGTA\n+\nIII\n@b\nACGT\n+\nIIII\n", ":4: quality has 3 characters, sequence has 5"},
    {"@a\nACGTAC\n+\nIII\n@b\nA C\n", ":4: quality has 3 characters, sequence has 6"},
    {"@a\nACGTACGT\n+\nIII\n@b x\nA\n", ":4: quality has 3 characters, sequence has 8"},
    {"@a\nACGTACGT\n+\nIII\n@b", ":4: quality has 3 characters, sequence has 8"},
    {"@a\nACGT\n+\nII\n\nII\n", ":5: quality has 2 characters, sequence has 4"},
    {"@a\nACGT\n+\n\n@b\nA\n+\nI\n", ":4: quality has 0 characters, sequence has 4"},
    {"@a\n\n+\nII\n", ":4: expected a header that begins with '@', found 'I'"},
    {"@a\nA\n+\nI\nI\n", ":5: expected a header that begins with '@', found 'I'"},
    {"@a\nA\n+\nI\n>b\nA\n", ":5: expected a header that begins with '@', found '>'"},
    {"@a\nACGT\n+\nII I\n", ":4: character 0x20 is no quality"},
    {"@a\nACGT\n+\nII\x7fI\n", ":4: character 0x7f is no quality"},
    {"@a\nACGT\n+\nII\xc3I\n", ":4: character 0xc3 is no quality"},
    {"@a\nAC.T\n+\nIIII\n", ":2: '.' stands for a gap"},
    {"@a\nACGT\n@b\nACGT\n+\nIIII\n", ":3: expected the '+' line of 'a', found another header"},
    {"@a\nACGT\n+b\nIIII\n", ":3: the '+' line names 'b', the header 'a'"},
    {"@a", ":1: the file ends before the '+' line of 'a'"},
    {"@a\nACGT\n", ":2: the file ends before the '+' line of 'a'"},
    {"@a\nACGT\n+", ":3: the file ends before the quality line of 'a'"},
    {"@a\nACGT\n+\n", ":3: the file ends before the quality line of 'a'"},
    {"@a\nACGT\nA\n+\nIIII\n", ":5: quality has 4 characters, sequence has 5"},
    {"@\nA\n+\nI\n", ":1: the header has no name"},
    {"@a\nA\n+\nI\n@ b\nA\n+\nI\n", ":5: the header has white space before its name"},
};

}  // namespace

TEST_CASE("FASTQ is read whatever its layout, line ends and compression", "[record]") {
    const TemporaryFolder folder;
    for (const Good& good : good_texts) {
        INFO(good.what);
        CHECK(features_of({folder.file("plain", good.text)}) == good.features);
        CHECK(features_of({folder.file("gz", test::gzip(good.text))}) == good.features);
        CHECK(features_of({folder.file("bgz", test::bgzf(good.text))}) == good.features);
    }
}

TEST_CASE("malformed FASTQ is refused with file and line", "[record]") {
    const TemporaryFolder folder;
    for (const Bad& bad : bad_texts) {
        INFO(bad.text);
        for (const std::string& path : {folder.file("reads", bad.text), folder.file("reads.gz", test::gzip(bad.text))}) {
            CHECK_THROWS_AS(features_of({path}), FormatError);
            CHECK_THROWS_WITH(features_of({path}), Contains(path + bad.message));
        }
    }
}

TEST_CASE("a FASTQ cut off anywhere gives whole reads or an error, never part of one", "[record]") {
    const TemporaryFolder folder;
    const std::string text = "@a x\nACGT\n+\nIIII\n@b\nAC\nGT\n+b\nII\nII\n@c\nT\n+\nI\n";
    const std::vector<std::string> whole = features_of({folder.file("whole", text)});
    for (std::size_t length = 1; length < text.size(); ++length) {
        INFO(text.substr(0, length));
        try {
            const std::vector<std::string> found = features_of({folder.file("cut", text.substr(0, length))});
            CHECK(found == std::vector<std::string>(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(found.size())));
        } catch (const FormatError& error) {
            CHECK_THAT(error.what(), Contains("cut:"));
        }
    }
}

TEST_CASE("behind a bad record the next one is found, whatever the bad one has swallowed", "[fastq]") {
    struct Row {
        const char* bad;
        const char* what;
    };
    for (const Row& row : {Row{"@bad\nACGT\n+\nII\n", "qualities are missing"}, Row{"@bad\nACGT\n+\nIIIIII\n", "too many qualities"},
                           Row{"@bad\nAC!T\n+\nIIII\n", "no letter"}, Row{"@bad\nACGT\n", "no '+' line"}, Row{"@\nACGT\n+\n@@@@\n", "no name"},
                           Row{"@bad\nACGT\n+other\nIIII\n", "another name"}, Row{"@bad\nACGT\n+\n@@\n", "qualities that look like headers"}}) {
        INFO(row.what);
        const test::TemporaryFolder folder;
        const std::string path = folder.file("x.fq", std::string("@a\nAAAA\n+\nIIII\n") + row.bad + "@b\nCCCC\n+\n@III\n@c\nGG\n+\nII\n");
        FeatureReader reader{{path}};
        Feature feature;
        REQUIRE(reader.read(feature));
        CHECK_THROWS_AS(reader.read(feature), FormatError);
        REQUIRE(reader.skip_record());
        std::string names;
        while (reader.read(feature)) names += feature.name + feature.sequence;
        CHECK(names == "bCCCCcGG");
    }
}

TEST_CASE("bad records in a row are told one by one", "[fastq]") {
    const test::TemporaryFolder folder;
    const std::string path = folder.file("x.fq", "@a\nACGT\n+\nIII\n@b\nAC-T\n+\n@III\n@c\nACXT\n+\n@@@@\n@d\nAC\nGT\n+\n@@\n@@\n@e\nA*\n+\nII\n@f\nGG\n+\nII\n");
    FeatureReader reader{{path}};
    Feature feature;
    std::string names;
    for (;;) try {
            if (!reader.read(feature)) break;
            names += feature.name;
        } catch (const FormatError&) {
            names += "!" + feature.name;
            REQUIRE(reader.skip_record());
        }
    CHECK(names == "!a!b!cd!ef");
}
