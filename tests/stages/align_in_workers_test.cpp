// Workers that crash, are killed, lie and hang: what becomes of their features.
#include "weft/stages/align_in_workers.hpp"

#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "support/prepared_chunk.hpp"
#include "weft/executor/child_process.hpp"
#include "weft/executor/retry.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using namespace weft::test;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;

namespace {

/// WEFT_FAULT for the workers of a scope; this process has looked at it long ago.
class Fault {
public:
    explicit Fault(const std::string& fault) { ::setenv("WEFT_FAULT", fault.c_str(), 1); }
    ~Fault() { ::unsetenv("WEFT_FAULT"); }
};

/// A chunk given to workers, and what they said and did.
struct InWorkers {
    PreparedChunk chunk;
    DeathToll lost;
    std::string program = std::getenv("WEFT");
    CancellationSource cancel{};
    std::vector<std::string> log{};
    std::uint64_t done = 0;
    std::uint64_t aligned_by_workers = 0;

    explicit InWorkers(std::size_t features) : chunk(features), lost(features) {}

    /// A program that is called as weft would be, with the real one as $WEFT.
    void script(const std::string& text) {
        program = chunk.folder.file("program", "#!/bin/sh\n" + text + "\n");
        std::filesystem::permissions(program, std::filesystem::perms{0755});
    }

    std::string archive() {
        align_in_workers(chunk.job, {.program = program,
                                     .folder = chunk.folder / "a worker",
                                     .cancel = cancel.token(),
                                     .lost = lost,
                                     .log = [&](const std::string& text) { log.push_back(text); },
                                     .ended = [&](const RunReport& report) { for (const std::uint64_t count : report.features_by_class) aligned_by_workers += count; },
                                     .told = [&](std::uint64_t told) {
                                         CHECK(told > done);
                                         done = told;
                                     }});
        return content_of(chunk.job.archive);
    }
};

bool nobody_is_left() { return ::waitpid(-1, nullptr, WNOHANG) == -1 && errno == ECHILD; }

}  // namespace

TEST_CASE("poison_test: when nothing dies one worker gives the bytes of a thread", "[stages]") {
    InWorkers workers(250);
    CHECK(workers.archive() == workers.chunk.in_thread());
    CHECK(workers.log.empty());
    CHECK(workers.done == 250);
    CHECK(workers.aligned_by_workers == 250);
    CHECK(nobody_is_left());
}

TEST_CASE("poison_test: a feature at which workers crash costs itself and no other", "[stages]") {
    struct Row {
        const char* fault;
        std::size_t features;
        std::vector<std::size_t> lost;
    };
    for (const Row& row : {Row{"align@gene137", 250, {137}}, Row{"align@gene0", 250, {0}}, Row{"align@gene249", 250, {249}}, Row{"align@gene0", 1, {0}},
                           Row{"align@gene12*", 200, {12, 120, 121, 122, 123, 124, 125, 126, 127, 128, 129}}}) {
        INFO(row.fault << " among " << row.features);
        InWorkers workers(row.features);
        const Fault fault(row.fault);
        CHECK(workers.archive() == PreparedChunk::with_failures(workers.chunk.in_thread(), row.lost, "the aligner was killed by signal 11 (SIGSEGV) at this feature"));
        CHECK(workers.done == row.features);
        CHECK(workers.aligned_by_workers == row.features - row.lost.size());
        CHECK(workers.log.size() <= row.lost.size() * 10);   // log2 of the features + 2
        CHECK_THAT(workers.log.back(), Contains("while aligning feature 'gene"));
        CHECK(nobody_is_left());
    }
}

TEST_CASE("poison_test: where workers die at too many features the stage fails by the signal", "[stages]") {
    InWorkers workers(250);
    const Fault fault("align@gene*");
    try {
        workers.archive();
        FAIL("nothing was right, and nobody said so");
    } catch (const ProcessKilled& killed) {
        CHECK_THAT(killed.what(), Contains("workers died at 13 of 250 features, 12 are accepted; the last was killed by signal 11 (SIGSEGV)"));
        CHECK(killed.signal() == SIGSEGV);
        CHECK(failure_of(std::current_exception()) == Failure::signal);
    }
    CHECK_FALSE(std::filesystem::exists(workers.chunk.job.archive));
}

TEST_CASE("poison_test: a worker that was killed for no fault of its features costs nothing", "[stages]") {
    InWorkers workers(60);
    const std::string once = workers.chunk.folder / "killed";
    workers.script("test -e '" + once + "' || { : > '" + once + "'; kill -KILL $$; }\nexec \"$WEFT\" \"$@\"");
    CHECK(workers.archive() == workers.chunk.in_thread());
    CHECK(workers.log.size() == 1);
    CHECK_THAT(workers.log.front(), Contains("the aligner was killed by signal 9 (SIGKILL) within features 1 to 60"));
}

TEST_CASE("poison_test: workers that die wherever they are do not start without end", "[stages]") {
    InWorkers workers(64);
    workers.script("grep -q '\"features.count\": 1,' \"$2\" || kill -BUS $$\nexec \"$WEFT\" \"$@\"");   // only single features come through
    CHECK_THROWS_WITH(workers.archive(), Contains("workers died 17 times, and not at some features; the last one was killed by signal 7 (SIGBUS)"));
}

TEST_CASE("poison_test: a worker that fails with a word has not died", "[stages]") {
    struct Row {
        const char* script;
        const char* message;
        Failure failure;
    };
    for (const Row& row : {Row{"echo 'weft: features.fa: is damaged' >&2; exit 1", "features.fa: is damaged", Failure::error},
                           Row{"echo 'weft: worker: ORDER is required' >&2; exit 2", "worker: ORDER is required", Failure::error},
                           Row{"echo 'weft: the memory is not sufficient' >&2; exit 12", "the memory is not sufficient", Failure::memory},
                           Row{"echo 'weft: index: cannot read: Input/output error' >&2; exit 74", "index: cannot read: Input/output error", Failure::io}}) {
        InWorkers workers(20);
        workers.script(row.script);
        try {
            workers.archive();
            FAIL("a failure is taken for an answer");
        } catch (const std::exception& error) {
            CHECK_THAT(error.what(), Catch::Matchers::StartsWith(row.message));
            CHECK(failure_of(std::current_exception()) == row.failure);
        }
        CHECK(workers.log.empty());
        CHECK_FALSE(std::filesystem::exists(workers.chunk.job.archive));
    }
    InWorkers silent(20);
    silent.script("exit 0");   // says that it is done, and is not
    CHECK_THROWS_AS(silent.archive(), SystemError);
    silent.program = silent.chunk.folder / "none";
    CHECK_THROWS_WITH(silent.archive(), Contains("cannot start: No such file or directory"));
}

TEST_CASE("poison_test: the worker itself says by its exit code what failed", "[stages]") {
    InWorkers workers(20);
    SECTION("a file that is not there") {
        std::filesystem::remove(workers.chunk.job.index);
        CHECK_THROWS_AS(workers.archive(), SystemError);
    }
    SECTION("an index of another reference") {
        workers.chunk.job.reference.bytes += 1;
        CHECK_THROWS_WITH(workers.archive(), Contains("is the index of another reference"));
    }
    CHECK(workers.log.empty());
}

TEST_CASE("poison_test: an exit code that weft does not give is a death", "[stages]") {
    InWorkers workers(8);
    workers.script("number() { sed -n \"s/.*\\\"features.$1\\\": \\([0-9]*\\),/\\1/p\" \"$2\"; }\n"
                   "first=$(number skipped \"$2\"); count=$(number count \"$2\")\n"
                   "test $first -le 5 && test $((first + count)) -gt 5 && exit 139\nexec \"$WEFT\" \"$@\"");
    CHECK(workers.archive() == PreparedChunk::with_failures(workers.chunk.in_thread(), {5}, "the aligner ended with exit code 139 at this feature"));
    CHECK_THAT(workers.log.front(), Contains("the aligner ended with exit code 139 within features 1 to 8"));
    CHECK_THAT(workers.log.back(), Contains("the aligner ended with exit code 139 at feature 6"));
}

TEST_CASE("poison_test: cancellation ends workers at once", "[stages]") {
    InWorkers workers(20);
    const std::string pid = workers.chunk.folder / "pid";
    workers.script("sleep 100 & echo $! > '" + pid + "'\nwait");
    const std::jthread canceller([&] {
        for (int i = 0; i < 1'000 && !std::filesystem::exists(pid); ++i) std::this_thread::sleep_for(10ms);
        workers.cancel.request("enough");
    });
    const auto start = std::chrono::steady_clock::now();
    CHECK_THROWS_AS(workers.archive(), Cancelled);
    CHECK(std::chrono::steady_clock::now() - start < 60s);
    CHECK(nobody_is_left());
    CHECK_FALSE(std::filesystem::exists(workers.chunk.job.archive));
}
