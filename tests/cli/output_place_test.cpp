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
