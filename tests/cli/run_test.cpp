// weft run and the commands around it, as a user types them: what they say, what they leave, and how they end.
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>

#include "support/run_program.hpp"
#include "support/small_genome.hpp"
#include "support/temporary_folder.hpp"

using namespace weft::test;
using Catch::Matchers::Contains;

namespace {

constexpr const char* pipeline = R"(weft: 1
name: small
vars: { features: features.fa }
stages:
  - { name: load, stage: load, inputs: { reference: genome.fa, features: "${features}" } }
  - { name: parse, stage: parse, needs: load, on_bad_record: skip }
  - { name: align, stage: align, needs: parse, publish: { bam: all.bam } }
  - { name: filter, stage: filter, needs: align, where: identity >= 0.9 }
  - { name: analyze, stage: analyze, needs: [align, filter] }
  - { name: visualize, stage: visualize, needs: analyze }
)";

struct Files {
    TemporaryFolder folder{};
    Files() {
        const SmallGenome genome;
        folder.file("genome.fa", genome.fasta());
        folder.file("features.fa", genome.features_fasta());
        folder.file("p.yaml", pipeline);
    }
    Outcome weft(std::vector<std::string> arguments) const { return run(weft_in(folder.path(), std::move(arguments))); }
    bool has(const std::string& name) const { return std::filesystem::exists(folder / name); }
};

}  // namespace

TEST_CASE("a pipeline runs, and the second time there is nothing to do", "[cli]") {
    const Files files;
    const Outcome plan = files.weft({"plan", "p.yaml"});
    CHECK(plan.exit_code == 0);
    CHECK_THAT(plan.output, Contains("6 of 6 stages would run"));
    CHECK_FALSE(files.has("work"));   // a plan leaves everything as it was

    const Outcome first = files.weft({"run", "p.yaml"});
    CHECK(first.exit_code == 0);
    CHECK_THAT(first.messages, Contains("small: done in ") && Contains("6 done; report: ") && Contains("results/report.html"));
    for (const char* name : {"report.html", "summary.json", "tables/features.tsv", "variants/variants.vcf.gz", "graph/stages.svg", "all.bam"})
        CHECK(files.has(std::string("results/") + name));
    CHECK_FALSE(files.has("results/failures.tsv"));

    const Outcome second = files.weft({"run", "p.yaml"});
    CHECK(second.exit_code == 0);
    CHECK_THAT(second.messages, Contains("nothing to do, all 6 stages are up to date"));
    CHECK_THAT(files.weft({"plan", "p.yaml"}).output, Contains("nothing to do: all 6 stages are up to date"));
    const Outcome explained = files.weft({"explain", "p.yaml", "filter", "--set", "filter.where=mapq > 3"});
    CHECK_THAT(explained.output, Contains(R"(because where was "identity >= 0.9", now it is "mapq > 3")"));
}

TEST_CASE("records that cannot be used are listed, and the run was done in part", "[cli]") {
    const Files files;
    std::ofstream(files.folder / "features.fa", std::ios::app) << ">poisoned\nACGT-ACGT\n";
    const Outcome outcome = files.weft({"run", "p.yaml", "-q"});
    CHECK(outcome.exit_code == 3);
    CHECK_THAT(outcome.messages, Contains("1 failure, listed in ") && Contains("results/failures.tsv"));
    const std::string list = content_of(files.folder / "results/failures.tsv");
    CHECK_THAT(list, Contains("parse\tpoisoned\t'-' stands for a gap, not for a base\t") && Contains("features.fa:"));
    CHECK_THAT(content_of(files.folder / "results/report.html"), Contains("poisoned"));
}

TEST_CASE("error_golden_test: a stage that fails is told with its place, and the page says so first", "[cli]") {
    const Files files;
    const Outcome outcome = files.weft({"run", "p.yaml", "-q", "--set", "vars.features=genome.gff", "--set", "parse.on_bad_record=fail"});
    CHECK(outcome.exit_code == 1);
    CHECK_THAT(outcome.messages, Contains("p.yaml:5: stage 'load' failed: ") && Contains("genome.gff") && Contains("its log: "));
    CHECK_THAT(content_of(files.folder / "results/report.html"), Contains("genome.gff"));
    CHECK_FALSE(files.has("results/all.bam"));
    // Mended, the run goes on.
    CHECK(files.weft({"run", "p.yaml", "-q"}).exit_code == 0);
    CHECK_FALSE(files.has("results/failures.tsv"));
}

TEST_CASE("wrong files and options end with exit code 2 before anything starts", "[cli]") {
    const Files files;
    files.folder.file("bad.yaml", "weft: 1\nname: bad\nstages:\n  - { name: a, stage: laod, inputs: {} }\n  - { name: b, stage: filter, needs: c, where: identity >= 95 }\n");
    const Outcome bad = files.weft({"lint", "bad.yaml"});
    CHECK(bad.exit_code == 2);
    CHECK_THAT(bad.messages, Contains("bad.yaml:4:") && Contains("did you mean 'load'?") && Contains("[W110]") && Contains("[W131]") && Contains("nothing was started"));
    CHECK(files.weft({"run", "p.yaml", "--until", "filtre"}).exit_code == 2);
    CHECK_THAT(files.weft({"run", "p.yaml", "--until", "filtre"}).messages, Contains("did you mean filter?"));
    CHECK(files.weft({"run", "none.yaml"}).exit_code != 0);
    CHECK(files.weft({"run"}).exit_code == 2);
    const Outcome apart = files.weft({"run", "p.yaml", "--set", "filter.isolation=process"});
    CHECK(apart.exit_code == 2);
    CHECK_THAT(apart.messages, Contains("`isolation: process` is for stages of the kinds align and run, this one is of the kind filter"));
    CHECK_FALSE(files.has("work"));
}

TEST_CASE("precedence_test: values come from the file, the environment and the command line", "[cli]") {
    const Files files;
    CHECK(files.weft({"config", "p.yaml", "--print", "threads", "-t", "3"}).output == "3\n");
    CHECK(std::stoi(files.weft({"config", "--print", "threads"}).output) >= 1);
    CHECK_THAT(files.weft({"config", "p.yaml", "--set", "filter.where=mapq > 3"}).output, Contains("--set filter.where=mapq > 3"));
    CHECK_THAT(files.weft({"config", "--keys", "run"}).output, Contains("allow_empty"));
}

TEST_CASE("the last run is told as figures, advice, trace and page", "[cli]") {
    const Files files;
    REQUIRE(files.weft({"run", "p.yaml", "-q"}).exit_code == 0);
    CHECK_THAT(files.weft({"metrics", "p.yaml"}).output, Contains("visualize"));
    CHECK_THAT(files.weft({"metrics", "p.yaml", "--prometheus"}).output, Contains("# TYPE"));
    CHECK(files.weft({"doctor", "p.yaml"}).exit_code == 0);
    CHECK_THAT(files.weft({"trace", "p.yaml"}).output, Contains("\"traceEvents\""));
    std::filesystem::remove(files.folder / "results/report.html");
    CHECK(files.weft({"report", "p.yaml"}).exit_code == 0);
    CHECK(files.has("results/report.html"));
    CHECK(files.weft({"report", "results/all.bam", "-o", "own.html", "--tables", "own", "--reference", "genome.fa", "--variants", "own.vcf"}).exit_code == 0);
    for (const char* name : {"own.html", "own/classes.tsv", "own.vcf"}) CHECK(files.has(name));
    CHECK(files.weft({"report", "results/all.bam"}).exit_code == 2);
    const auto page_of = [&](std::vector<std::string> more) {
        more.insert(more.begin(), {"report", "results/all.bam", "-o"});
        return files.weft(more);
    };
    CHECK(page_of({"view.html", "--reference", "genome.fa", "--region", "chr1:1-5000", "--region", "chr2:1-9,000"}).exit_code == 0);
    CHECK_THAT(content_of(files.folder / "view.html"), Contains("igv-code") && Contains("chr1:1-5,000") && Contains("chr2:1-9,000"));
    CHECK_THAT(page_of({"none.html", "--region", "chr1:1-5000"}).messages, Contains("give the FASTA with --reference"));
    CHECK_THAT(page_of({"none.html", "--reference", "genome.fa", "--region", "chr7:1-5"}).messages, Contains("no contig 'chr7'"));
    CHECK_FALSE(files.has("none.html"));
    CHECK(files.weft({"clean", "p.yaml", "--all"}).exit_code == 0);
    CHECK_THAT(files.weft({"plan", "p.yaml"}).output, Contains("its result was removed"));
}

TEST_CASE("signal_test: the first signal drains, the second stops, and running again goes on", "[cli]") {
    const Files files;
    files.folder.file("slow.yaml", "weft: 1\nname: slow\nstages:\n  - { name: a, stage: run, command: \"sleep 1; echo a > ${output.x}\", outputs: { x: a.txt }, pure: true }\n"
                                   "  - { name: b, stage: run, needs: a, command: \"sleep 30; echo b > ${output.x}\", outputs: { x: b.txt }, pure: true }\n");
    const auto wait_for = [](const RunningProgram& program, const char* text) {
        for (int i = 0; i < 1'000 && program.messages().find(text) == std::string::npos; ++i) ::usleep(10'000);
    };
    {
        RunningProgram program(weft_in(files.folder.path(), {"run", "slow.yaml"}));
        wait_for(program, "a  started");
        program.send(SIGINT);
        const Outcome drained = program.wait();
        CHECK(drained.exit_code == 130);
        CHECK_THAT(drained.messages, Contains("no others are started") && Contains("1 done, 1 cancelled; run it again to go on"));
    }
    RunningProgram program(weft_in(files.folder.path(), {"run", "slow.yaml"}));
    wait_for(program, "b  started");
    program.send(SIGINT);
    wait_for(program, "no others are started");
    program.send(SIGINT);
    const Outcome stopped = program.wait();
    CHECK(stopped.exit_code == 130);
    CHECK_THAT(stopped.messages, Contains("a  reused"));
    CHECK_FALSE(files.has("results/b.txt"));
}
