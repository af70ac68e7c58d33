#include "weft/record/sam_reader.hpp"

#include <htslib/sam.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

#include "support/compressed.hpp"
#include "support/read_features.hpp"
#include "support/temporary_folder.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using weft::test::content_of;
using weft::test::features_of;
using weft::test::TemporaryFolder;
using Catch::Matchers::Contains;

namespace {

constexpr char header[] = "@HD\tVN:1.6\n@SQ\tSN:x\tLN:40\n@RG\tID:g\tSM:s\n";
constexpr char reference[] = ">x\nACGTACGTACGGTTTACGTACGTACGTACCCCGTACGTAC\n";

struct Record {
    const char* line;
    const char* feature;   // nullptr: passed over
};

const std::vector<Record> records = {
    {"fwd\t0\tx\t1\t60\t4M\t*\t0\t0\tACGT\tABCD", "fwd||ACGT|ABCD"},
    {"rev\t16\tx\t1\t60\t5M\t*\t0\t0\tACGTA\tABCDE", "rev||TACGT|EDCBA"},
    {"iupac\t4\t*\t0\t0\t*\t*\t0\t0\tACMGRSVTWYHKDBN\t!!!!!!!!!!!!!!~", "iupac||ACMGRSVTWYHKDBN|!!!!!!!!!!!!!!~"},
    {"turned\t20\t*\t0\t0\t*\t*\t0\t0\tACMGRSVTWYHKDBN\t*", "turned||NVHMDRWABSYCKGT|"},
    {"secondary\t256\tx\t1\t0\t4M\t*\t0\t0\tACGT\tABCD", nullptr},
    {"supplementary\t2064\tx\t1\t0\t4M\t*\t0\t0\tACGT\tABCD", nullptr},
    {"mate\t77\t*\t0\t0\t*\t*\t0\t0\tAC\tAB", "mate/1||AC|AB"},
    {"mate\t141\t*\t0\t0\t*\t*\t0\t0\tACG\tABC", "mate/2||ACG|ABC"},
    {"middle\t197\t*\t0\t0\t*\t*\t0\t0\tACG\tABC", "middle||ACG|ABC"},
    {"empty\t4\t*\t0\t0\t*\t*\t0\t0\t*\t*", "empty|||"},
    {"clipped\t16\tx\t3\t60\t2S3M\t*\t0\t0\tAAGTA\t*", "clipped||TACTT|"},
};

std::string sam_text() {
    std::string text = header;
    for (const Record& record : records) text += std::string(record.line) + "\n";
    return text;
}

std::vector<std::string> expected_features() {
    std::vector<std::string> features;
    for (const Record& record : records) {
        if (record.feature != nullptr) features.emplace_back(record.feature);
    }
    return features;
}

/// Writes a SAM text in another format, by HTSlib.
std::string converted(const TemporaryFolder& folder, const std::string& text, const std::string& name, const char* mode, const std::string& fasta = {}) {
    const std::string source = folder.file(name + ".source", text);
    HtsFile in(hts_open(source.c_str(), "r"));
    const std::string path = folder / name;
    HtsFile out(hts_open(path.c_str(), mode));
    const SamHeader head(sam_hdr_read(in.get()));
    int chosen = 0;
    if (out->format.format == cram) {
        chosen = fasta.empty() ? hts_set_opt(out.get(), CRAM_OPT_NO_REF, 1) : hts_set_opt(out.get(), CRAM_OPT_REFERENCE, fasta.c_str());
    }
    const BamRecord record(bam_init1());
    if (chosen < 0 || sam_hdr_write(out.get(), head.get()) != 0) throw std::runtime_error("cannot write " + path);
    while (sam_read1(in.get(), head.get(), record.get()) >= 0) {
        if (sam_write1(out.get(), head.get(), record.get()) < 0) throw std::runtime_error("cannot write " + path);
    }
    if (hts_close(out.release()) != 0) throw std::runtime_error("cannot close " + path);
    return path;
}

}  // namespace

TEST_CASE("SAM, BAM and CRAM give their reads as they were before they were aligned", "[record]") {
    const TemporaryFolder folder;
    const std::vector<std::string> expected = expected_features();
    CHECK(features_of({folder.file("sam", sam_text())}) == expected);
    CHECK(features_of({folder.file("gz", test::gzip(sam_text()))}) == expected);
    CHECK(features_of({folder.file("bgz", test::bgzf(sam_text()))}) == expected);
    CHECK(features_of({converted(folder, sam_text(), "bam", "wb")}) == expected);
    CHECK(features_of({converted(folder, sam_text(), "ubam", "wb0")}) == expected);
    CHECK(features_of({converted(folder, sam_text(), "cram", "wc")}) == expected);
    const test::FilledPipe pipe(folder / "pipe", content_of(folder / "bam"));
    CHECK(features_of({folder / "pipe"}) == expected);
    const test::FilledPipe cram(folder / "cram_pipe", content_of(folder / "cram"));
    CHECK(features_of({folder / "cram_pipe"}) == expected);
}

TEST_CASE("tags of the read are kept unless they are not wanted, tags per base in the direction of the read", "[record]") {
    const TemporaryFolder folder;
    const std::string path = folder.file("sam", std::string(header) + "a\t16\tx\t1\t60\t3M\t*\t0\t0\tACG\tABC\tNM:i:0\tRG:Z:g\tOQ:Z:ABC\n"
                                                                      "b\t0\tx\t1\t60\t3M\t*\t0\t0\tACG\tABC\tOQ:Z:ABC\n");
    Feature feature;
    for (const InputOptions& options : {InputOptions{}, InputOptions{.keep_tags = true}}) {
        FeatureReader reader({path}, options);
        REQUIRE(reader.read(feature));
        CHECK(feature.tags == std::string("RGZg\0OQZCBA\0", 12));
        REQUIRE(reader.read(feature));
        CHECK(feature.tags == std::string("OQZABC\0", 7));
    }
    FeatureReader without({path}, {.keep_tags = false});
    while (without.read(feature)) CHECK(feature.tags.empty());
}

TEST_CASE("qualities that no letter stands for are brought down to the highest one", "[record]") {
    const TemporaryFolder folder;
    const std::string path = folder / "bam";
    const SamHeader head(sam_hdr_init());
    HtsFile out(hts_open(path.c_str(), "wb"));
    REQUIRE(sam_hdr_write(out.get(), head.get()) == 0);
    const BamRecord record(bam_init1());
    const char qualities[] = {0, 93, 94, char(254)};
    REQUIRE(bam_set1(record.get(), 1, "a", BAM_FUNMAP, -1, -1, 0, 0, nullptr, -1, -1, 0, 4, "ACGT", qualities, 0) >= 0);
    REQUIRE(sam_write1(out.get(), head.get(), record.get()) >= 0);
    REQUIRE(hts_close(out.release()) == 0);
    CHECK(features_of({path}) == std::vector<std::string>{"a||ACGT|!~~~"});
}

TEST_CASE("a BAM file cut off anywhere is an error, read from a file or a pipe", "[record]") {
    const TemporaryFolder folder;
    const std::string bytes = content_of(converted(folder, sam_text(), "bam", "wb"));
    for (std::size_t length = 1; length < bytes.size(); ++length) {
        INFO(bytes.size() << " bytes cut to " << length);
        CHECK_THROWS_AS(features_of({folder.file("cut", bytes.substr(0, length))}), FormatError);
    }
    CHECK_THROWS_WITH(features_of({folder / "cut"}), Contains("cut: is truncated: its end marker is missing"));
    const test::FilledPipe pipe(folder / "pipe", bytes.substr(0, bytes.size() - test::bgzf("").size()));
    CHECK_THROWS_WITH(features_of({folder / "pipe"}), Contains("pipe: is truncated: its end marker is missing"));
}

TEST_CASE("a CRAM file cut off anywhere is an error, read from a file or a pipe", "[record]") {
    const TemporaryFolder folder;
    const std::string bytes = content_of(converted(folder, sam_text(), "cram", "wc"));
    for (std::size_t length = 1; length < bytes.size(); ++length) {
        INFO(bytes.size() << " bytes cut to " << length);
        CHECK_THROWS_AS(features_of({folder.file("cut", bytes.substr(0, length))}), FormatError);
    }
    constexpr std::size_t end_container = 38;   // bytes of the end marker of CRAM 3
    const test::FilledPipe pipe(folder / "pipe", bytes.substr(0, bytes.size() - end_container));
    CHECK_THROWS_WITH(features_of({folder / "pipe"}), Contains("pipe: is truncated: its end marker is missing"));
}

TEST_CASE("bytes flipped in a BAM file are noticed", "[record]") {
    const TemporaryFolder folder;
    const std::string bytes = content_of(converted(folder, sam_text(), "bam", "wb"));
    const std::vector<std::string> expected = expected_features();
    std::size_t refused = 0;
    for (std::size_t flipped = 0; flipped < bytes.size(); ++flipped) {
        std::string damaged = bytes;
        damaged[flipped] = static_cast<char>(damaged[flipped] ^ 0x40);
        INFO("byte " << flipped << " of " << bytes.size());
        try {
            const std::vector<std::string> found = features_of({folder.file("damaged", damaged)});
            CHECK(found == expected);
        } catch (const Error&) {
            ++refused;
        }
    }
    CHECK(refused > bytes.size() * 9 / 10);
}

TEST_CASE("malformed records are refused with file and line or record", "[record]") {
    const TemporaryFolder folder;
    const std::string good = "ok\t0\tx\t1\t60\t4M\t*\t0\t0\tACGT\tABCD\n";
    for (const char* bad : {"a\t0\tx\t1\t60\t4M\t*\t0\t0\tACGT\n", "a\t0\tx\t1\t60\t4M\t*\t0\t0\tACGT\tABC\n", "a\t0\tx\t1\t60\t3M\t*\t0\t0\tACGT\tABCD\n",
                            "a\t-\tx\t1\t60\t4M\t*\t0\t0\tACGT\tABCD\n", "no record\n"}) {
        INFO(bad);
        const std::string path = folder.file("sam", header + good + bad + good);
        CHECK_THROWS_AS(features_of({path}), FormatError);
        CHECK_THROWS_WITH(features_of({path}), Contains(path + ":5: malformed SAM record"));
    }
    const std::string same = folder.file("same", header + good + "a\t0\tx\t1\t60\t4M\t*\t0\t0\tA=GT\tABCD\n");
    CHECK_THROWS_WITH(features_of({same}), Contains(same + ":5: the sequence of 'a' has '=' in place of bases"));
    const std::string same_bam = converted(folder, content_of(same), "same.bam", "wb");
    CHECK_THROWS_WITH(features_of({same_bam}), Contains(same_bam + ": record 2: the sequence of 'a' has '='"));
}

TEST_CASE("CRAM is decoded with the reference it was written with, and with no other", "[record]") {
    const TemporaryFolder folder;
    ::setenv("REF_PATH", folder.path().c_str(), 1);   // keeps HTSlib from asking a server for the reference
    const std::string fasta = folder.file("x.fa", reference);
    const std::string cram = converted(folder, std::string(header) + "fwd\t0\tx\t1\t60\t8M\t*\t0\t0\tACGTACGT\tABCDEFGH\n", "cram", "wc", fasta);
    const std::vector<std::string> expected = {"fwd||ACGTACGT|ABCDEFGH"};
    CHECK(features_of({cram}, {.keep_tags = true, .reference = fasta}) == expected);
    std::filesystem::rename(fasta, folder / "moved.fa");   // the header of the CRAM file names the old place
    CHECK(features_of({cram}, {.keep_tags = true, .reference = folder / "moved.fa"}) == expected);
    CHECK_THROWS_WITH(features_of({cram}), Contains("record 1: cannot be decoded"));
    const std::string other = folder.file("other.fa", ">x\nTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTT\n");
    CHECK_THROWS_WITH(features_of({cram}, {.keep_tags = true, .reference = other}), Contains("record 1: cannot be decoded"));
    CHECK_THROWS_WITH(features_of({cram}, {.keep_tags = true, .reference = folder / "missing.fa"}), Contains("missing.fa: cannot open"));
    ::unsetenv("REF_PATH");
}
