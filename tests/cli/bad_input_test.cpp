// Broken input of every kind ends with one clear line, exit code 1 or 2, and no output file.
#include <sys/stat.h>

#include <algorithm>

#include <catch2/catch.hpp>

#include "support/compressed.hpp"
#include "support/run_program.hpp"
#include "support/small_genome.hpp"
#include "support/temporary_folder.hpp"

using namespace weft::test;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

std::string cut(const std::string& text, std::size_t from_end) { return text.substr(0, text.size() - from_end); }

/// Aligns and expects a failure that says `expected` and leaves nothing behind.
void expect_refusal(const TemporaryFolder& folder, const std::string& reference, const std::string& query, const std::string& expected) {
    for (const char* output : {"out.sam", "out.bam", "out.cram", "out.paf"}) {
        const std::size_t before = folder.entries();
        CAPTURE(reference, query, output, expected);
        const Outcome outcome = run(weft_in(folder.path(), {"align", reference, query, "-q", "-t", "2", "-o", output}));
        CHECK((outcome.exit_code == 1 || outcome.exit_code == 2));
        CHECK(outcome.signal == 0);
        CHECK_THAT(outcome.messages, StartsWith("weft: "));
        CHECK_THAT(outcome.messages, Contains(expected));
        CHECK(std::count(outcome.messages.begin(), outcome.messages.end(), '\n') == 1);
        CHECK(outcome.output.empty());
        CHECK(folder.entries() == before);
    }
}

}  // namespace

TEST_CASE("a broken query ends the run with file and line, and leaves no output", "[cli]") {
    const TemporaryFolder folder;
    const SmallGenome data{30};
    folder.file("g.fa", data.fasta());
    const std::string fasta = data.features_fasta();
    const std::string fastq = data.features_fastq();
    struct Row {
        std::string name;
        std::string content;
        std::string expected;
    };
    const auto row = GENERATE_REF(values<Row>({
        {"empty.fa", "", "empty.fa"},
        {"short.fq", "@a\nACGTACGT\n+\nIIIIIII\n", "short.fq:"},
        {"late.fq", fastq + "@last\nACGTACGT\n+\nIIIIIIIII\n", "late.fq:124"},
        {"cut.fq", cut(fastq, 40), "cut.fq"},
        {"nohead.fa", "ACGTACGTACGT\nACGT\n", "nohead.fa"},
        {"garbage.bin", std::string("\x01\x02\x00\xff\xfe garbage \x00\x03", 17), "garbage.bin"},
        {"cut.fa.gz", cut(gzip(fasta), 30), "cut.fa.gz"},
        {"cut.bgzf.fa.gz", cut(bgzf(fasta), 28), "cut.bgzf.fa.gz"},
        {"flipped.fa.gz", [&] { std::string bytes = gzip(fasta); bytes[bytes.size() / 2] ^= 0x40; return bytes; }(), "flipped.fa.gz"},
        {"letters.fa", ">a\nACGT!!ACGT\n", "letters.fa:2"},
    }));
    folder.file(row.name, row.content);
    expect_refusal(folder, "g.fa", row.name, row.expected);
}

TEST_CASE("a broken reference ends the run with its name, and leaves no output", "[cli]") {
    const TemporaryFolder folder;
    const SmallGenome data{30};
    folder.file("q.fa", data.features_fasta());
    const std::string fasta = data.fasta();
    struct Row {
        std::string name;
        std::string content;
        std::string expected;
    };
    const auto row = GENERATE_REF(values<Row>({
        {"empty.fa", "", "empty.fa"},
        {"twice.fa", ">chr1\nACGTACGTACGTACGTACGTACGTAA\n>chr2\nCCC\n>chr1 again\nGGGG\n", "chr1"},
        {"nohead.fa", "ACGTACGTACGT\nACGT\n", "nohead.fa"},
        {"fastq.fa", data.features_fastq(), "fastq.fa"},
        {"garbage.bin", std::string("\x01\x02\x00\xff\xfe garbage \x00\x03", 17), "garbage.bin"},
        {"cut.fa.gz", cut(gzip(fasta.substr(0, 60'000)), 30), "cut.fa.gz"},
        {"letters.fa", ">a\nACGT!!ACGT\n", "letters.fa:2"},
    }));
    folder.file(row.name, row.content);
    expect_refusal(folder, row.name, "q.fa", row.expected);
}

TEST_CASE("a BAM that was cut off is refused", "[cli]") {
    const TemporaryFolder folder;
    const SmallGenome data{30};
    folder.file("g.fa", data.fasta());
    folder.file("q.fa", data.features_fasta());
    REQUIRE(run(weft_in(folder.path(), {"align", "g.fa", "q.fa", "-q", "-o", "all.bam"})).exit_code == 0);
    const std::string bam = content_of(folder / "all.bam");
    const auto missing = GENERATE(as<std::size_t>{}, 1, 28, 1'000);
    folder.file("cut.bam", cut(bam, missing));
    expect_refusal(folder, "g.fa", "cut.bam", "cut.bam");
}

TEST_CASE("files that are missing, folders or not readable are refused", "[cli]") {
    const TemporaryFolder folder;
    const SmallGenome data{5};
    folder.file("g.fa", data.fasta());
    folder.file("q.fa", data.features_fasta());
    std::filesystem::create_directory(folder / "folder");
    expect_refusal(folder, "g.fa", "missing.fa", "missing.fa");
    expect_refusal(folder, "missing.fa", "q.fa", "missing.fa");
    expect_refusal(folder, "g.fa", "folder", "folder");
    expect_refusal(folder, "folder", "q.fa", "folder");
    expect_refusal(folder, "g.fa", "", "");
}

TEST_CASE("a damaged or foreign index is refused, alone or beside its FASTA", "[cli]") {
    const TemporaryFolder folder;
    const SmallGenome data{10};
    folder.file("g.fa", data.fasta());
    folder.file("q.fa", data.features_fasta());
    REQUIRE(run(weft_in(folder.path(), {"index", "g.fa", "-q", "-o", "good.weft"})).exit_code == 0);
    const std::string index = content_of(folder / "good.weft");
    struct Row {
        std::string content;
        std::string expected;
    };
    std::vector<Row> rows{{"", "bad"}, {index + "x", "bad"}};
    for (const std::size_t length : {std::size_t{1}, std::size_t{8}, std::size_t{40}, std::size_t{4'096}, index.size() / 2, index.size() - 1})
        rows.push_back({index.substr(0, length), "bad"});
    for (const std::size_t at : {std::size_t{2}, std::size_t{9}, std::size_t{20}, std::size_t{60}, std::size_t{130}}) {
        std::string flipped = index;
        flipped[at] = static_cast<char>(flipped[at] ^ 0x21);
        rows.push_back({flipped, "bad"});
    }
    for (const Row& row : rows) {
        folder.file("bad.weft", row.content);
        expect_refusal(folder, "bad.weft", "q.fa", row.expected);
    }
    // Beside its FASTA a bad index is an error too, and so is that of another FASTA.
    folder.file("bad.fa", data.fasta());
    folder.file("bad.fa.weft", index.substr(0, index.size() - 100));
    expect_refusal(folder, "bad.fa", "q.fa", "bad.fa.weft");
    folder.file("other.fa", SmallGenome{1, 30'000, 99}.fasta());
    folder.file("other.fa.weft", index);
    expect_refusal(folder, "other.fa", "q.fa", "other.fa.weft: index was built from another file");
}
