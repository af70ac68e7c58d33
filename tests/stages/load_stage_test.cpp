// The stage `load`: what it checks, what it keeps, and what others find.
#include <fcntl.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <optional>

#include "support/compressed.hpp"
#include "support/one_answer.hpp"
#include "support/small_pipeline.hpp"
#include "weft/bytes/sha256.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using namespace weft::test;
using Catch::Matchers::Contains;

namespace {

std::string load_with(const std::string& settings) { return "  - { name: load, stage: load, " + settings + " }\n"; }

std::string reason_of(const SmallPipeline& small) {
    const PipelineReport report = small.run();
    return ends_of(report) == "load:done" || ends_of(report) == "load:reused" ? "" : outcome_of(report, "load").reason;
}

/// Standard input from a file, as long as it lives.
class StandardInput {
public:
    explicit StandardInput(const std::string& path) : before_(::dup(STDIN_FILENO)) {
        const int file = ::open(path.c_str(), O_RDONLY);
        ::dup2(file, STDIN_FILENO);
        ::close(file);
    }
    ~StandardInput() {
        ::dup2(before_, STDIN_FILENO);
        ::close(before_);
    }
    StandardInput(const StandardInput&) = delete;
    StandardInput& operator=(const StandardInput&) = delete;

private:
    int before_;
};

}  // namespace

TEST_CASE("inputs are listed with their formats and sizes, and stay where they are", "[stages]") {
    const SmallPipeline small(load_with("inputs: { reference: genome.fa, packed: features.fa.gz, table: t.tsv }, publish: { inputs: inputs.json, packed: copy.gz }"));
    small.write("features.fa.gz", gzip(">a\nACGT\n"));
    small.write("t.tsv", "chr1\t1\t5\n");
    CHECK(small.run().exit_code == 0);
    const std::string packed_size = std::to_string(std::filesystem::file_size(small.folder / "features.fa.gz"));
    CHECK(content_of(small.out("inputs.json")) ==
          "[\n {\n  \"name\": \"reference\",\n  \"format\": \"fasta\",\n  \"bytes\": " + std::to_string(small.genome.fasta().size()) +
              "\n },\n {\n  \"name\": \"packed\",\n  \"format\": \"fasta\",\n  \"bytes\": " + packed_size +
              "\n },\n {\n  \"name\": \"table\",\n  \"format\": \"bed\",\n  \"bytes\": 9\n }\n]\n");
    CHECK(content_of(small.out("copy.gz")) == content_of(small.folder / "features.fa.gz"));
    CHECK_THAT(small.log("load"), Contains("table: ") && Contains("t.tsv, 9 bytes, bed"));
}

TEST_CASE("an input that is missing, of another format or of another content is refused", "[stages]") {
    const std::string sum = "0000000000000000000000000000000000000000000000000000000000000000";
    CHECK_THAT(reason_of(SmallPipeline(load_with("inputs: { a: none.fa }"))), Contains("none.fa: cannot open: No such file or directory"));
    CHECK_THAT(reason_of(SmallPipeline(load_with("inputs: { a: genome.fa }, format: { a: gff3 }"))), Contains("genome.fa: is fasta, the pipeline expects gff3"));
    const SmallPipeline other(load_with("inputs: { a: genome.fa }, sha256: { a: " + sum + " }"));
    CHECK_THAT(reason_of(other), Contains("genome.fa: has the SHA-256 " + sha256_of_file(other.folder / "genome.fa") + ", the pipeline expects " + sum));
    SmallPipeline right(load_with("inputs: { a: genome.fa }"));
    right.change(load_with("inputs: { a: genome.fa }, format: { a: fasta }, sha256: { a: " + sha256_of_file(right.folder / "genome.fa") + " }"));
    CHECK(reason_of(right).empty());
    right.change(load_with("inputs: { a: genome.fa }, format: { b: fasta }"));
    CHECK_THROWS_WITH(right.run(), Contains("stage 'load': there is no input 'b'; name one of `inputs`"));
}

TEST_CASE("an input that changed is checked again", "[stages]") {
    SmallPipeline small(load_with("inputs: { a: genome.fa }"));
    small.change(load_with("inputs: { a: genome.fa }, format: { a: fasta }, sha256: { a: " + sha256_of_file(small.folder / "genome.fa") + " }"));
    CHECK(ends_of(small.run()) == "load:done");
    CHECK(ends_of(small.run()) == "load:reused");
    small.write("genome.fa", small.genome.fasta() + ">chr3\nACGT\n");
    CHECK_THAT(reason_of(small), Contains("genome.fa: has the SHA-256"));
    small.write("genome.fa", "##gff-version 3\n");
    CHECK_THAT(reason_of(small), Contains("the pipeline expects"));
    small.write("genome.fa", small.genome.fasta());
    CHECK(ends_of(small.run()) == "load:reused");
}

TEST_CASE("standard input is kept, and read again by every run", "[stages]") {
    const SmallPipeline small(load_with("inputs: { features: \"-\" }, publish: { features: kept.fa }") + SmallPipeline::parse);
    for (const char* content : {">a\nACGT\n", ">b\nTTTT\n"}) {
        const StandardInput input(small.write("in", content));
        const PipelineReport report = small.run();
        CHECK(ends_of(report) == "load:done parse:done");
        CHECK(content_of(small.out("kept.fa")) == content);
    }
    const StandardInput input(small.folder / "in");
    CHECK(ends_of(small.run()) == "load:done parse:reused");   // the same content once more
}

TEST_CASE("a file of a URL is fetched once and kept", "[stages]") {
    std::optional<OneAnswer> server(response("200 OK", ">a\nACGT\n", 8));
    const SmallPipeline small(load_with("inputs: { features: \"" + server->url() + "?token=1\" }, publish: { features: kept.fa }"));
    const PipelineReport first = small.run();
    if (first.exit_code != 0 && outcome_of(first, "load").reason.find("Protocol not supported") != std::string::npos) {
        WARN("skipped: HTSlib was built without HTTP");
        return;
    }
    CHECK(ends_of(first) == "load:done");
    CHECK(content_of(small.out("kept.fa")) == ">a\nACGT\n");
    server.reset();
    CHECK(ends_of(small.run()) == "load:reused");
    const PipelineReport fresh = small.run({.fresh = true});
    CHECK(ends_of(fresh) == "load:failed");
    CHECK_THAT(outcome_of(fresh, "load").reason, Contains("cannot be opened") && Contains("check the address and the network"));
}
