// CRAM holds differences: as input of weft it needs the reference that it was written against, wherever that lies now.
#include <filesystem>

#include <catch2/catch.hpp>

#include "support/example_alignments.hpp"
#include "support/run_program.hpp"
#include "support/temporary_folder.hpp"

using namespace weft::test;
using Catch::Matchers::Contains;

TEST_CASE("queries in a CRAM file whose reference lies elsewhere are read with --query-reference", "[cli]") {
    if (!installed("samtools")) {
        WARN("samtools is not installed: skipped");
        return;
    }
    const TemporaryFolder folder;
    const std::filesystem::path source = std::filesystem::path(WEFT_SOURCE_DIR) / "test_data";
    std::filesystem::copy(source / "target.fa", folder / "target.fa");
    std::filesystem::copy(source / "target.fa", folder / "used.fa");
    std::filesystem::copy(source / "reads.fq", folder / "reads.fq");
    const auto weft = [&](std::vector<std::string> arguments) {
        Invocation invocation = weft_in(folder.path(), std::move(arguments));
        invocation.environment = {{"REF_PATH", folder.path().string()}, {"REF_CACHE", ""}};   // keeps HTSlib from asking a server
        return run(invocation);
    };
    REQUIRE(weft({"align", "target.fa", "reads.fq", "-x", "ont", "-q", "-o", "reads.bam"}).exit_code == 0);
    output_of("samtools view -C -T " + (folder / "used.fa") + " -o " + (folder / "reads.cram") + " " + (folder / "reads.bam") + " 2>&1");
    std::filesystem::rename(folder / "used.fa", folder / "moved.fa");   // the header of the CRAM file names the old place

    const Outcome without = weft({"align", "target.fa", "reads.cram", "-x", "ont", "-q", "-o", "out.sam"});
    CHECK(without.exit_code == 1);
    CHECK_THAT(without.messages, Contains("reads.cram: record 1: cannot be decoded") && Contains("--query-reference"));
    CHECK(weft({"align", "target.fa", "reads.cram", "--query-reference", "moved.fa", "-x", "ont", "-q", "-o", "out.sam"}).messages.empty());
    CHECK(records_of(folder / "out.sam") == records_of(folder / "reads.bam"));
    CHECK_THAT(weft({"align", "target.fa", "reads.cram", "--query-reference", "moved.fa", "-o", "moved.fa", "--format", "sam"}).messages,
               Contains("moved.fa: the output is also an input"));

    REQUIRE(weft({"align", "target.fa", "reads.fq", "-x", "ont", "-q", "-c", "-o", "reads.paf"}).exit_code == 0);
    CHECK(weft({"view", "reads.paf", "target.fa", "--query", "reads.cram"}).exit_code == 1);
    CHECK(weft({"view", "reads.paf", "target.fa", "--query", "reads.cram", "--query-reference", "moved.fa"}).output ==
          weft({"view", "reads.paf", "target.fa", "--query", "reads.fq"}).output);
}
