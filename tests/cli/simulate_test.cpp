// weft simulate as a user runs it: a set in a folder, a summary, and nothing left behind by a run that fails.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

#include "support/run_program.hpp"
#include "support/temporary_folder.hpp"

using namespace weft::test;
using Catch::Matchers::Contains;

namespace {

Outcome simulate(const TemporaryFolder& folder, std::vector<std::string> more) {
    more.insert(more.begin(), "simulate");
    return run(weft_in(folder.path(), more));
}

}  // namespace

TEST_CASE("a random genome gives a whole set, told in a summary", "[cli]") {
    const TemporaryFolder folder;
    const Outcome outcome = simulate(folder, {"--random", "50k,0.4,3", "--window", "100,1k", "--windows-each", "20,5", "--absent", "3", "--reads", "4",
                                              "--read-kind", "short", "--seed", "5", "-o", "deep/set"});
    CHECK(outcome.exit_code == 0);
    CHECK(outcome.output.empty());
    CHECK_THAT(outcome.messages, Contains("source") && Contains("50,000") && Contains("tandem duplications") && Contains("substitutions") &&
                                     Contains("28  sequences") && Contains("deep/set/truth.tsv"));
    for (const char* name : {"source.fa", "target.fa", "blocks.tsv", "features.fa", "truth.tsv", "reads.fq", "reads.truth.tsv"}) {
        INFO(name);
        CHECK(!content_of(folder / (std::string("deep/set/") + name)).empty());
    }
    CHECK(std::distance(std::filesystem::directory_iterator(folder / "deep/set"), {}) == 7);
}

TEST_CASE("the source that a set came from gives the same set again", "[cli]") {
    const TemporaryFolder folder;
    const std::vector<std::string> options{"-q", "--window", "200", "--windows-each", "20", "--divergence", "0.05"};
    const auto with = [&](std::vector<std::string> more) {
        more.insert(more.end(), options.begin(), options.end());
        return more;
    };
    CHECK(simulate(folder, with({"--random", "40k", "-o", "a"})).messages.empty());
    CHECK(simulate(folder, with({"--genome", "a/source.fa", "-o", "b"})).exit_code == 0);
    CHECK(simulate(folder, with({"--genome", "a/source.fa", "-o", "c", "--seed", "2"})).exit_code == 0);
    for (const char* name : {"target.fa", "blocks.tsv", "features.fa", "truth.tsv"}) {
        CHECK(content_of(folder / (std::string("a/") + name)) == content_of(folder / (std::string("b/") + name)));
        CHECK(content_of(folder / (std::string("a/") + name)) != content_of(folder / (std::string("c/") + name)));
    }
    CHECK_FALSE(std::filesystem::exists(folder / "b/source.fa"));
}

TEST_CASE("features of simulate are found by align, at the places that the truth names", "[cli]") {
    const TemporaryFolder folder;
    REQUIRE(simulate(folder, {"-q", "--random", "80k", "--events", "4", "--window", "300,2k", "--windows-each", "30", "-o", "set"}).exit_code == 0);
    REQUIRE(run(weft_in(folder.path(), {"align", "-q", "set/target.fa", "set/features.fa", "-o", "out.sam"})).exit_code == 0);
    const Outcome outcome = run(weft_in(folder.path(), {"compare", "out.sam", "--truth", "set/truth.tsv", "--tsv"}));
    const auto figure = [&](const std::string& item) {
        const std::size_t at = outcome.output.find("accuracy\t" + item + "\t");
        REQUIRE(at != std::string::npos);
        return std::stoi(outcome.output.substr(at + item.size() + 10));
    };
    CHECK(figure("present") > 40);
    CHECK(figure("right_place") >= figure("present") - 2);
}

TEST_CASE("wrong options of simulate are refused before any work, with exit code 2", "[cli]") {
    const TemporaryFolder folder;
    folder.file("g.fa", ">c1\nACGTACGTACGT\n");
    struct Row {
        std::vector<std::string> arguments;
        std::string expected;
    };
    const Row rows[] = {
        {{"-o", "set"}, "give a genome: --genome FASTA or --random LENGTH,GC,CONTIGS"},
        {{"--genome", "g.fa", "--random", "1M", "-o", "set"}, "--genome and --random exclude each other"},
        {{"--genome", "g.fa"}, "--output is required"},
        {{"--random", "big", "-o", "set"}, "'big' is not a size"},
        {{"--random", "1M,2", "-o", "set"}, "--random GC"},
        {{"--random", "1M,0.4,2,7", "-o", "set"}, "more than three parts"},
        {{"--random", "1M,", "-o", "set"}, "has an empty part"},
        {{"--random", "1M,0.4,0", "-o", "set"}, "0 contigs"},
        {{"--random", "500", "-o", "set"}, "at least 2,000 per contig"},
        {{"--random", "1M", "--divergence", "0.9", "-o", "set"}, "--divergence: 0.9 is too large"},
        {{"--random", "1M", "--divergence", "-1", "-o", "set"}, "--divergence: -1 is too small"},
        {{"--random", "1M", "--event-sizes", "100", "-o", "set"}, "give SHORTEST,LONGEST"},
        {{"--random", "1M", "--event-sizes", "100,50", "-o", "set"}, "--event-sizes is 100,50"},
        {{"--random", "1M", "--window", "5", "-o", "set"}, "give sizes of 20"},
        {{"--random", "1M", "--window", "100,200,300", "--windows-each", "1,2", "-o", "set"}, "one number, or one per size"},
        {{"--random", "1M", "--reads", "5", "--read-kind", "sanger", "-o", "set"}, "--read-kind is 'sanger'; give ont, hifi or short"},
        {{"--random", "1M", "--seed", "x", "-o", "set"}, "'x' is not a whole number"},
        {{"--random", "1M", "--mutations", "3", "-o", "set"}, "unknown option --mutations"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.arguments);
        const Outcome outcome = simulate(folder, row.arguments);
        CHECK(outcome.exit_code == 2);
        CHECK(outcome.output.empty());
        CHECK_THAT(outcome.messages, Contains(row.expected));
        CHECK_FALSE(std::filesystem::exists(folder / "set"));
    }
}

TEST_CASE("a set does not replace what it is made from", "[cli]") {
    const TemporaryFolder folder;
    std::filesystem::create_directory(folder / "set");
    const std::string genome = folder.file("set/target.fa", ">c1\n" + std::string(5'000, 'A') + "\n");
    const std::string annotation = folder.file("set/truth.tsv", "c1\tx\tgene\t1\t500\t.\t+\t.\tID=a\n");
    folder.file("other.fa", content_of(genome));
    std::filesystem::create_symlink("set/target.fa", folder / "link.fa");
    for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
             {"--genome", "set/target.fa", "-o", "set"},
             {"--genome", "link.fa", "-o", "./set"},
             {"--genome", "other.fa", "--annotation", "set/truth.tsv", "-o", "set"}}) {
        CAPTURE(arguments);
        const Outcome outcome = simulate(folder, arguments);
        CHECK(outcome.exit_code == 2);
        CHECK_THAT(outcome.messages, Contains("the output is also an input"));
        CHECK(content_of(genome) == content_of(folder / "other.fa"));
        CHECK(content_of(annotation).starts_with("c1\tx\tgene"));
    }
    CHECK(simulate(folder, {"-q", "--genome", "other.fa", "-o", "set"}).exit_code == 0);
}

TEST_CASE("broken input and output of simulate are told, with exit code 1", "[cli]") {
    const TemporaryFolder folder;
    folder.file("g.fa", ">c1\nACGTACGTACGTACGTACGTACGTACGTACGTACGTACGTACGTACGTACGTACGTACGT\n");
    folder.file("empty.fa", "");
    folder.file("gtf.gff", "c1\tx\tgene\t1\t50\t.\t+\t.\tgene_id \"a\";\n");
    folder.file("other.gff", "c7\tx\tgene\t1\t50\t.\t+\t.\tID=a\n");
    folder.file("file", "x");
    struct Row {
        std::vector<std::string> arguments;
        std::string expected;
    };
    const Row rows[] = {
        {{"--genome", "none.fa", "-o", "set"}, "none.fa: cannot open"},
        {{"--genome", "empty.fa", "-o", "set"}, "empty.fa"},
        {{"--genome", "g.fa", "--annotation", "none.gff", "-o", "set"}, "none.gff: cannot open"},
        {{"--genome", "g.fa", "--annotation", "gtf.gff", "-o", "set"}, "gtf.gff:1: attribute 'gene_id \"a\"' is not of the form name=value"},
        {{"--genome", "g.fa", "--annotation", "other.gff", "-o", "set"}, "other.gff:1: sequence 'c7' is not in g.fa"},
        {{"--genome", "g.fa", "-o", "file"}, "file: cannot create"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.arguments);
        const Outcome outcome = simulate(folder, row.arguments);
        CHECK(outcome.exit_code == 1);
        CHECK_THAT(outcome.messages, Contains(row.expected));
        CHECK((!std::filesystem::exists(folder / "set") || std::filesystem::is_empty(folder / "set")));
    }
}
