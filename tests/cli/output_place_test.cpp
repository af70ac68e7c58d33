// Outputs that cannot be written, disks that are full, pipes that close: a clear line or silence, and nothing half-written.
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include <catch2/catch.hpp>

#include "support/run_program.hpp"
#include "support/small_genome.hpp"
#include "support/temporary_folder.hpp"

using namespace weft::test;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

struct Files {
    TemporaryFolder folder{};
    SmallGenome data{60};

    Files() {
        folder.file("g.fa", data.fasta());
        folder.file("q.fa", data.features_fasta());
    }
};

}  // namespace

TEST_CASE("an output that cannot be created is refused before the work", "[cli]") {
    const Files files;
    std::filesystem::create_directory(files.folder / "folder.sam");
    struct Row {
        std::string output;
        std::string expected;
    };
    const auto row = GENERATE(values<Row>({{"nowhere/out.sam", "nowhere/out.sam: cannot create"}, {"folder.sam", "folder.sam"}, {"g.fa/out.sam", "g.fa/out.sam"}}));
    CAPTURE(row.output);
    const Outcome outcome = run(weft_in(files.folder.path(), {"align", "g.fa", "q.fa", "-o", row.output}));
    CHECK(outcome.exit_code == 1);
    CHECK_THAT(outcome.messages, StartsWith("weft: " + row.expected));
    CHECK(std::count(outcome.messages.begin(), outcome.messages.end(), '\n') == 1);
    CHECK(files.folder.entries() == 3);
}

TEST_CASE("the list of failures takes no other file's place", "[cli]") {
    const Files files;
    std::filesystem::create_symlink("out.sam", files.folder / "link");
    std::filesystem::create_directory_symlink(".", files.folder / "here");
    struct Row {
        std::vector<std::string> arguments;
        std::string expected;
    };
    const std::vector<Row> rows{
        {{"-o", "out.sam", "--failures", "out.sam"}, "--failures: out.sam is already where out.sam goes"},
        {{"-o", "out.sam", "--failures", "./out.sam"}, "is already where out.sam goes"},
        {{"-o", "out.sam", "--failures", "here/out.sam"}, "is already where out.sam goes"},
        {{"-o", "out.sam", "--failures", "link"}, "is already where out.sam goes"},
        {{"-o", "link", "--format", "sam", "--failures", "out.sam"}, "is already where link goes"},
        {{"-o", "out.bam", "--sort", "--failures", "out.bam.bai"}, "is already where out.bam.bai goes"},
        {{"-o", "out.bam", "--failures", "out.bam.csi"}, "is already where out.bam.csi goes"},
        {{"-o", "-", "--failures", "-"}, "standard output is already where the output goes"},
        {{"--failures", "/dev/stdout"}, "is already where the output goes"},
        {{"-o", "out.sam", "--failures", "q.fa"}, "q.fa: the output is also an input"},
        {{"-o", "q.sam", "--failures", "here/g.fa"}, "g.fa: the output is also an input"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.arguments);
        std::vector<std::string> arguments{"align", "g.fa", "q.fa"};
        arguments.insert(arguments.end(), row.arguments.begin(), row.arguments.end());
        const Outcome outcome = run(weft_in(files.folder.path(), arguments));
        CHECK(outcome.exit_code == 2);
        CHECK(outcome.output.empty());
        CHECK_THAT(outcome.messages, Contains(row.expected));
        CHECK(files.folder.entries() == 4);
    }
    CHECK(content_of(files.folder / "q.fa") == files.data.features_fasta());
}

TEST_CASE("a list of failures is written where asked for, and none of an earlier run stays beside a new output", "[cli]") {
    const Files files;
    const std::string head = "feature\trank\treason\n";
    const auto align = [&](std::vector<std::string> more) {
        more.insert(more.begin(), {"align", "g.fa", "q.fa", "-q"});
        return run(weft_in(files.folder.path(), more)).exit_code;
    };
    CHECK(align({"-o", "out.sam", "--failures", "list"}) == 0);
    CHECK(content_of(files.folder / "list") == head);
    CHECK(align({"-o", "/dev/null", "--format", "sam", "--failures", "/dev/null"}) == 0);
    CHECK(files.folder.entries() == 4);

    files.folder.file("out.sam.failures.tsv", head + "gene1\t0\told\n");
    CHECK(align({"-o", "out.sam"}) == 0);
    CHECK_FALSE(std::filesystem::exists(files.folder / "out.sam.failures.tsv"));
    files.folder.file("out.sam.failures.tsv", "notes of mine\n");
    CHECK(align({"-o", "out.sam"}) == 0);
    CHECK(content_of(files.folder / "out.sam.failures.tsv") == "notes of mine\n");
    CHECK(align({"-o", "out.sam", "--failures", "./out.sam.failures.tsv"}) == 0);
    CHECK(content_of(files.folder / "out.sam.failures.tsv") == head);
    files.folder.file("out.sam.failures.tsv", files.data.features_fasta());
    CHECK(run(weft_in(files.folder.path(), {"align", "g.fa", "out.sam.failures.tsv", "-o", "out.sam"})).exit_code == 2);
}

TEST_CASE("an output in a folder without write permission is refused", "[cli]") {
    if (::geteuid() == 0) {
        WARN("not tested: root may write everywhere");
        return;
    }
    const Files files;
    std::filesystem::create_directory(files.folder / "locked");
    ::chmod((files.folder / "locked").c_str(), 0555);
    const Outcome outcome = run(weft_in(files.folder.path(), {"align", "g.fa", "q.fa", "-o", "locked/out.sam"}));
    CHECK(outcome.exit_code == 1);
    CHECK_THAT(outcome.messages, Contains("locked/out.sam: cannot create"));
}

TEST_CASE("a full disk is an error, and the old output stays as it was", "[cli]") {
    const Files files;
    const std::string output = GENERATE(as<std::string>{}, "out.sam", "out.bam", "out.cram", "out.paf", "sorted.bam");
    CAPTURE(output);
    files.folder.file(output, "the old content");
    std::vector<std::string> arguments{"align", "g.fa", "q.fa", "-q", "-c", "-o", output};
    if (output == "sorted.bam") arguments.push_back("--sort");
    Invocation invocation = weft_in(files.folder.path(), arguments);
    invocation.file_size_limit = 2'000;
    const Outcome outcome = run(invocation);
    CHECK(outcome.exit_code == 1);
    CHECK(outcome.signal == 0);
    CHECK_THAT(outcome.messages, StartsWith("weft: "));
    CHECK(std::count(outcome.messages.begin(), outcome.messages.end(), '\n') == 1);
    CHECK(content_of(files.folder / output) == "the old content");
    CHECK(files.folder.entries() == 3);
}

TEST_CASE("a full device as standard output is an error", "[cli]") {
    const Files files;
    const std::string format = GENERATE(as<std::string>{}, "sam", "bam", "cram", "paf");
    CAPTURE(format);
    Invocation invocation = weft_in(files.folder.path(), {"align", "g.fa", "q.fa", "-q", "--format", format});
    invocation.output_path = "/dev/full";
    const Outcome outcome = run(invocation);
    CHECK(outcome.exit_code == 1);
    CHECK_THAT(outcome.messages, StartsWith("weft: "));
    CHECK_THAT(outcome.messages, Contains("No space left"));

    Invocation help = weft_in(files.folder.path(), {"align", "--help"});
    help.output_path = "/dev/full";
    CHECK(run(help).exit_code == 1);
}

TEST_CASE("a reader that closes the pipe ends the run without a word", "[cli]") {
    const TemporaryFolder folder;
    const SmallGenome data{2'000};
    folder.file("g.fa", data.fasta());
    folder.file("q.fa", data.features_fasta());
    const std::string format = GENERATE(as<std::string>{}, "sam", "bam", "paf");
    const std::string command = "\"$WEFT\" align g.fa q.fa -q --format " + format + " | head -c 100 > head.out; echo ${PIPESTATUS[0]}";
    const Outcome outcome = run({.words = {"bash", "-c", command}, .folder = folder.path()});
    CHECK(outcome.messages.empty());
    CHECK(outcome.output == "141\n");
    CHECK(content_of(folder / "head.out").size() == 100);
}
