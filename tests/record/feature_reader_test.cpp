#include "weft/record/feature_reader.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "support/compressed.hpp"
#include "support/read_features.hpp"
#include "support/temporary_folder.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using weft::test::features_of;
using weft::test::TemporaryFolder;
using Catch::Matchers::Contains;

namespace {

std::string sam_with_group(const std::string& line, const std::string& name) {
    return "@HD\tVN:1.6\n" + line + name + "\t4\t*\t0\t0\t*\t*\t0\t0\tAC\tII\n";
}

}  // namespace

TEST_CASE("several files of different formats are one stream of features", "[record]") {
    const TemporaryFolder folder;
    const std::string fasta = folder.file("1", ">a\nAC\n>b\nGT");
    const std::string fastq = folder.file("2.txt", test::gzip("@c\nAC\n+\nII\n"));
    const std::string sam = folder.file("3.fa", sam_with_group("", "d"));
    const std::string no_reads = folder.file("4", "@HD\tVN:1.6\n@CO\tno reads\n");
    CHECK(features_of({fasta, fastq, sam, no_reads, fasta}) ==
          std::vector<std::string>{"a||AC|", "b||GT|", "c||AC|II", "d||AC|II", "a||AC|", "b||GT|"});
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

    const test::FilledPipe pipe(folder / "pipe", ">c\nAC\n");
    FeatureReader endless({first, folder / "pipe"});
    CHECK(endless.bytes_total() == 0);
    while (endless.read(feature)) {}
    CHECK(endless.bytes_done() > 0);
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

TEST_CASE("read groups of all inputs are known before the first read, and none is lost on a pipe", "[record]") {
    const TemporaryFolder folder;
    const std::string one = "@RG\tID:one\tSM:x\n";
    const std::string two = "@RG\tID:two\tSM:y\n";
    const std::vector<std::string> lines = {"@RG\tID:one\tSM:x", "@RG\tID:two\tSM:y"};
    const std::string first = folder.file("1", sam_with_group(one, "a"));
    const std::string both = folder.file("2", sam_with_group(one + two, "b"));
    const std::string fasta = folder.file("3", ">c\nAC\n");
    const test::FilledPipe pipe(folder / "pipe", sam_with_group(two, "d"));

    FeatureReader reader({first, folder / "pipe", both, fasta});
    CHECK(reader.collect_read_groups() == lines);
    CHECK(reader.collect_read_groups() == lines);
    std::string names;
    for (Feature feature; reader.read(feature);) names += feature.name;
    CHECK(names == "adbc");
    CHECK(reader.collect_read_groups() == lines);
}

TEST_CASE("two read groups of one name are not mixed", "[record]") {
    const TemporaryFolder folder;
    const std::string first = folder.file("1", sam_with_group("@RG\tID:one\tSM:x\n", "a"));
    const std::string second = folder.file("2", sam_with_group("@RG\tID:one\tSM:y\n", "b"));
    FeatureReader reader({first, second});
    CHECK_THROWS_WITH(reader.collect_read_groups(), Contains(second + ": read group 'one' is another one than in " + first));
}
