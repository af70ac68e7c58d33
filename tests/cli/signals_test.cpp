// Ctrl-C and SIGTERM end a run quickly, with the exit code of the signal and without half files.
#include <sys/stat.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>

#include <catch2/catch.hpp>

#include "support/run_program.hpp"
#include "support/small_genome.hpp"
#include "support/temporary_folder.hpp"

using namespace weft::test;

namespace {

/// Waits for a condition; the limit is far beyond what any machine needs and only keeps a failing test from hanging.
template <class Condition>
bool eventually(Condition condition) {
    for (const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds{60}; std::chrono::steady_clock::now() < limit;) {
        if (condition()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds{5});
    }
    return condition();
}

bool has_temporary(const TemporaryFolder& folder) {
    for (const auto& entry : std::filesystem::directory_iterator{folder.path()})
        if (entry.path().extension() == ".part") return true;
    return false;
}

}  // namespace

TEST_CASE("a signal ends a run that waits for its input, and removes what it had begun", "[cli]") {
    struct Row {
        int signal;
        int exit_code;
    };
    const auto row = GENERATE(values<Row>({{SIGINT, 130}, {SIGTERM, 143}}));
    CAPTURE(row.signal);
    const TemporaryFolder folder;
    folder.file("g.fa", SmallGenome{1}.fasta());
    Invocation invocation = weft_in(folder.path(), {"align", "g.fa", "-", "-o", "out.sam"});
    invocation.keep_input_open = true;
    RunningProgram program{invocation};
    REQUIRE(eventually([&] { return program.messages().find("in memory") != std::string::npos; }));
    program.send(row.signal);
    REQUIRE(eventually([&] { return program.ended(); }));
    CHECK(program.wait().exit_code == row.exit_code);
    CHECK(folder.entries() == 1);
}

TEST_CASE("a run that is stuck in its input is ended by force, and removes its own temporary files only", "[cli]") {
    const TemporaryFolder folder;
    const SmallGenome data{400};
    folder.file("g.fa", data.fasta());
    REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
    // The process number stays the same through exec.
    const std::string command = "touch out.sam.$$-3.part out.sam.$$1.part out.sam.1$$.part out.sam.$$.part.kept; "
                                "exec \"$WEFT\" align g.fa pipe -o out.sam";
    RunningProgram program{{.words = {"bash", "-c", command}, .folder = folder.path()}};
    std::ofstream pipe{folder / "pipe"};   // waits for the reader, and stays open
    for (int i = 0; i < 8; ++i) pipe << data.features_fasta() << std::flush;   // more than is read ahead
    REQUIRE(eventually([&] { return folder.entries() == 7; }));   // the output is begun
    program.send(SIGINT);
    REQUIRE(eventually([&] { return program.ended(); }));
    CHECK(program.wait().exit_code == 130);
    CHECK(folder.entries() == 5);
}

TEST_CASE("a signal ends a run in the middle of its work, and the old output stays", "[cli]") {
    const TemporaryFolder folder;
    const SmallGenome data{400};
    folder.file("g.fa", data.fasta());
    const std::string features = data.features_fasta();
    std::vector<std::string> arguments{"align", "g.fa"};
    for (int i = 0; i < 200; ++i) {   // work for a long time
        folder.file("q" + std::to_string(i) + ".fa", features);
        arguments.push_back("q" + std::to_string(i) + ".fa");
    }
    folder.file("out.bam", "the old content");
    const std::size_t before = folder.entries();
    arguments.insert(arguments.end(), {"-o", "out.bam", "--sort"});
    RunningProgram program{weft_in(folder.path(), arguments)};
    REQUIRE(eventually([&] { return has_temporary(folder) || program.ended(); }));
    program.send(SIGINT);
    REQUIRE(eventually([&] { return program.ended(); }));
    CHECK(program.wait().exit_code == 130);
    CHECK(folder.entries() == before);
    CHECK(content_of(folder / "out.bam") == "the old content");
}
