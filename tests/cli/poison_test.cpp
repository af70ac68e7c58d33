// A feature at which the program crashes, as a user meets it: which one it was is told, and what it costs depends on the isolation.
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <random>

#include <catch2/catch.hpp>

#include "support/example_alignments.hpp"
#include "support/run_program.hpp"
#include "support/small_genome.hpp"
#include "support/temporary_folder.hpp"

using namespace weft::test;
using Catch::Matchers::Contains;

namespace {

constexpr const char* pipeline = R"(weft: 1
name: small
on_error: keep-going
stages:
  - { name: load, stage: load, inputs: { reference: genome.fa, features: features.fa } }
  - { name: parse, stage: parse, needs: load }
  - { name: align, stage: align, needs: parse, format: sam, publish: { sam: all.sam } }
)";

struct Files {
    TemporaryFolder folder{};

    explicit Files(const SmallGenome& genome, const std::string& features) {
        folder.file("genome.fa", genome.fasta());
        folder.file("features.fa", features);
        folder.file("p.yaml", pipeline);
    }
    explicit Files(const SmallGenome& genome) : Files(genome, genome.features_fasta()) {}

    Outcome weft(std::vector<std::string> arguments, const std::string& fault = "") const {
        Invocation invocation = weft_in(folder.path(), std::move(arguments));
        if (!fault.empty()) invocation.environment["WEFT_FAULT"] = fault;
        return run(invocation);
    }
    bool has(const std::string& name) const { return std::filesystem::exists(folder / name); }
};

/// Many short features: nearly all of the time goes into processes.
std::string short_features(const SmallGenome& genome, std::size_t count) {
    std::mt19937_64 random(11);
    std::string text;
    for (std::size_t i = 0; i < count; ++i)
        text += ">probe" + std::to_string(i) + "\n" + genome.contigs[i % 2].substr(random() % 39'000, 60) + "\n";
    return text;
}

/// Processes that run in a folder or below it.
std::size_t processes_in(const std::string& folder) {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
        std::error_code none;
        const std::string place = std::filesystem::read_symlink(entry.path() / "cwd", none).string();
        count += !none && place.starts_with(folder);
    }
    return count;
}

}  // namespace

TEST_CASE("poison_test: a crash ends the program by its signal, and the last line names the feature", "[cli]") {
    const Files files{SmallGenome(220)};
    for (const std::vector<std::string>& arguments : {std::vector<std::string>{"align", "genome.fa", "features.fa", "-o", "out.sam", "-q"},
                                                      {"align", "genome.fa", "features.fa", "-o", "out.sam", "-q", "-t", "1"},
                                                      {"run", "p.yaml", "-q"}}) {
        const Outcome outcome = files.weft(arguments, "align@gene177");
        CHECK(outcome.signal == SIGSEGV);
        CHECK(outcome.messages == "weft: signal 11 (SIGSEGV) while aligning feature 'gene177'; this is a fault of weft or of the machine\n");
        CHECK_FALSE(files.has("out.sam"));
        CHECK_FALSE(files.has("results/all.sam"));
    }
    // The next run goes on from there.
    CHECK(files.weft({"run", "p.yaml", "-q"}).exit_code == 0);
    CHECK(files.has("results/all.sam"));
}

TEST_CASE("poison_test: a long name is cut", "[cli]") {
    const SmallGenome genome(1);
    const Files files{genome, ">a" + std::string(2'000, 'x') + "\n" + genome.contigs[0].substr(0, 300) + "\n"};
    const Outcome outcome = files.weft({"align", "genome.fa", "features.fa", "-o", "out.sam", "-q"}, "align@a*");
    CHECK(outcome.signal == SIGSEGV);
    CHECK_THAT(outcome.messages, Contains("feature 'axxx") && Contains("xxx...'; this is"));
    CHECK(outcome.messages.size() < 700);
}

TEST_CASE("poison_test: in processes one feature among 10,000 is lost, and the rest is what threads give", "[cli]") {
    const SmallGenome genome(1);
    const Files files{genome, short_features(genome, 10'000)};
    REQUIRE(files.weft({"run", "p.yaml", "-q"}).exit_code == 0);
    std::vector<std::string> expected = lines_of(files.folder / "results/all.sam");
    const Outcome outcome = files.weft({"run", "p.yaml", "-q", "--fresh", "--set", "align.isolation=process"}, "align@probe6789");
    CHECK(outcome.exit_code == 3);
    CHECK_THAT(outcome.messages, Contains("1 failure, listed in "));
    CHECK(content_of(files.folder / "results/failures.tsv") ==
          "stage\tfeature\treason\twhere\nalign\tprobe6789\tthe aligner was killed by signal 11 (SIGSEGV) at this feature\t\n");
    std::vector<std::string> lines = lines_of(files.folder / "results/all.sam");
    const auto is_poison = [](const std::string& line) { return line.starts_with("probe6789\t"); };
    CHECK(std::erase_if(lines, is_poison) == 1);   // it has its record, without a place
    std::erase_if(expected, is_poison);
    CHECK(lines == expected);
    CHECK_THAT(content_of(files.folder / "work/logs/align.log"), Contains("while aligning feature 'probe6789'"));
}

TEST_CASE("poison_test: nothing that dies, the same bytes", "[cli]") {
    const Files files{SmallGenome(300)};
    REQUIRE(files.weft({"run", "p.yaml", "-q"}).exit_code == 0);
    const std::string expected = content_of(files.folder / "results/all.sam");
    CHECK(files.weft({"run", "p.yaml", "-q", "--fresh", "--set", "align.isolation=process", "--set", "align.chunk=small"}).exit_code == 0);
    CHECK(content_of(files.folder / "results/all.sam") == expected);
}

TEST_CASE("poison_test: a run that is stopped leaves no process behind", "[cli]") {
    const SmallGenome genome(1);
    const Files files{genome, short_features(genome, 10'000)};
    const std::string folder = std::filesystem::canonical(files.folder.path()).string();
    Invocation invocation = weft_in(files.folder.path(), {"run", "p.yaml", "--set", "align.isolation=process"});
    invocation.environment["WEFT_FAULT"] = "align@probe*";   // busy for long: workers die and start
    RunningProgram program(invocation);
    for (int i = 0; i < 2'000 && processes_in(folder) < 2 && !program.ended(); ++i) ::usleep(2'000);
    CHECK(processes_in(folder) >= 2);
    program.send(SIGINT);
    for (int i = 0; i < 2'000 && program.messages().find("no others are started") == std::string::npos; ++i) ::usleep(5'000);
    program.send(SIGINT);
    CHECK(program.wait().exit_code == 130);
    CHECK(processes_in(folder) == 0);
    CHECK(std::filesystem::is_empty(files.folder / "work/scratch"));
}

TEST_CASE("poison_test: the worker is no command for people, but says what it is", "[cli]") {
    const Files files{SmallGenome(3)};
    CHECK_THAT(files.weft({"--help"}).output, !Contains("worker"));
    const Outcome help = files.weft({"worker", "--help"});
    CHECK(help.exit_code == 0);
    CHECK_THAT(help.output, Contains("for weft's own use") && Contains("ORDER") && Contains("12 out of memory"));
    CHECK(files.weft({"worker"}).exit_code == 2);
    const Outcome wrong = files.weft({"worker", "p.yaml"});
    CHECK(wrong.exit_code == 1);
    CHECK(wrong.messages == "weft: p.yaml: is no order for a worker\n");
    CHECK(files.weft({"worker", "none.json"}).exit_code == 74);
    Invocation piped = weft_in(files.folder.path(), {"worker", "-"});
    piped.input = "{}";
    CHECK_THAT(run(piped).messages, Contains("standard input: has no 'version'"));
}
