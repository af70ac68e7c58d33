#include "weft/executor/child_process.hpp"

#include <signal.h>
#include <sys/wait.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>

#include "support/temporary_folder.hpp"
#include "weft/executor/retry.hpp"

using namespace weft;
using namespace weft::test;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;

namespace {

ChildProcess shell(const TemporaryFolder& folder, const std::string& command) {
    return {.arguments = {"sh", "-c", command}, .folder = folder.path().string(), .output = folder / "log"};
}

int run_shell(const TemporaryFolder& folder, const std::string& command) { return run_child(shell(folder, command), {}); }

template <class Condition>
bool soon(Condition condition) {
    for (int i = 0; i < 1'000; ++i) {
        if (condition()) return true;
        std::this_thread::sleep_for(10ms);
    }
    return false;
}

/// Whether a process is there and no zombie: what lost its parent may wait long for somebody to take its exit code.
bool runs(long process) {
    std::ifstream file("/proc/" + std::to_string(process) + "/stat");
    std::string text;
    if (!std::getline(file, text)) return false;
    const std::size_t state = text.rfind(')') + 2;
    return state < text.size() && text[state] != 'Z' && text[state] != 'X';
}

long number_in(const std::string& path) {
    std::ifstream file(path);
    long number = 0;
    file >> number;
    return number;
}

/// Runs a command that writes a process id to "pid" and does not end by itself, and cancels it then. Returns the time that took.
std::chrono::milliseconds cancelled_after(const TemporaryFolder& folder, const std::string& command, std::chrono::milliseconds grace) {
    CancellationSource source;
    const std::string pid = folder / "pid";
    std::chrono::steady_clock::time_point asked{};
    const std::jthread canceller([&] {
        soon([&] { return number_in(pid) > 0; });
        asked = std::chrono::steady_clock::now();
        source.request("enough");
    });
    ChildProcess child = shell(folder, command);
    child.grace = grace;
    CHECK_THROWS_AS(run_child(child, source.token()), Cancelled);
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - asked);
}

}  // namespace

TEST_CASE("a program's exit code is returned and its output is appended to a file", "[executor]") {
    const TemporaryFolder folder;
    folder.file("log", "before\n");
    for (const int code : {0, 1, 3, 126, 255}) CHECK(run_shell(folder, "exit " + std::to_string(code)) == code);
    CHECK(run_shell(folder, "echo out; echo err >&2; echo more") == 0);
    CHECK(content_of(folder / "log") == "before\nout\nerr\nmore\n");
}

TEST_CASE("a program runs in its folder, with an empty standard input and the variables that it is given", "[executor]") {
    const TemporaryFolder folder;
    std::filesystem::create_directory(folder / "inside");
    ::setenv("WEFT_TEST_OLD", "old", 1);
    ::setenv("WEFT_TEST_KEPT", "kept", 1);
    ChildProcess child = shell(folder, "pwd; wc -c; echo \"$WEFT_TEST_OLD|$WEFT_TEST_NEW|$WEFT_TEST_KEPT|$WEFT_TEST_OL\"; env | grep -c WEFT_TEST_OLD=");
    child.folder = folder / "inside";
    child.environment = {{"WEFT_TEST_OLD", "new = value"}, {"WEFT_TEST_NEW", "it's \"new\""}, {"WEFT_TEST_OL", ""}};
    CHECK(run_child(child, {}) == 0);
    CHECK(content_of(folder / "log") == std::filesystem::canonical(folder / "inside").string() + "\n0\nnew = value|it's \"new\"|kept|\n1\n");
    CHECK(std::string(std::getenv("WEFT_TEST_OLD")) == "old");
    ::unsetenv("WEFT_TEST_OLD");
    ::unsetenv("WEFT_TEST_KEPT");
}

TEST_CASE("arguments arrive as they are", "[executor]") {
    const TemporaryFolder folder;
    const ChildProcess child{.arguments = {"printf", "%s|", "two words", "$HOME", "a'b\"c", "", "*", "new\nline"}, .folder = folder.path().string(), .output = folder / "log"};
    CHECK(run_child(child, {}) == 0);
    CHECK(content_of(folder / "log") == "two words|$HOME|a'b\"c||*|new\nline|");
}

TEST_CASE("signals that this process blocks or ignores reach the program all the same", "[executor]") {
    const TemporaryFolder folder;
    sigset_t blocked, before;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTERM);
    ::pthread_sigmask(SIG_BLOCK, &blocked, &before);
    void (*const old)(int) = std::signal(SIGPIPE, SIG_IGN);
    CHECK_THROWS_AS(run_shell(folder, "kill -TERM $$; echo survived"), ProcessKilled);
    CHECK_THROWS_AS(run_shell(folder, "kill -PIPE $$; echo survived"), ProcessKilled);
    CHECK(content_of(folder / "log").empty());
    std::signal(SIGPIPE, old);
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

TEST_CASE("what cannot be started is told, and leaves no process", "[executor]") {
    const TemporaryFolder folder;
    CHECK_THROWS_WITH(run_child({.arguments = {"no-such-program"}, .folder = folder.path().string(), .output = folder / "log"}, {}),
                      Contains("no-such-program: cannot start: No such file or directory"));
    ChildProcess elsewhere = shell(folder, "true");
    elsewhere.folder = folder / "none";
    CHECK_THROWS_WITH(run_child(elsewhere, {}), Contains("sh: cannot start: No such file or directory"));
    CHECK_THROWS_WITH(run_child({.arguments = {folder.file("text", "no program")}, .folder = ".", .output = folder / "log"}, {}), Contains("Permission denied"));
    ChildProcess mute = shell(folder, "true");
    mute.output = folder / "none/log";
    CHECK_THROWS_AS(run_child(mute, {}), SystemError);
    CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);
    CHECK(errno == ECHILD);
}

TEST_CASE("a program that a signal ended is told with the signal and may be tried again", "[executor]") {
    const TemporaryFolder folder;
    struct Row {
        const char* command;
        const char* message;
        int signal;
    };
    for (const Row& row : {Row{"kill -KILL $$", "sh: was ended by signal 9 (Killed); out of memory?", SIGKILL}, Row{"kill -SEGV $$", "sh: was ended by signal 11 (Segmentation fault)", SIGSEGV},
                           Row{"kill -TERM $$", "sh: was ended by signal 15 (Terminated)", SIGTERM}}) {
        try {
            run_shell(folder, row.command);
            FAIL("a killed program is taken for a good one");
        } catch (const ProcessKilled& killed) {
            CHECK_THAT(killed.what(), Contains(row.message));
            CHECK(killed.signal() == row.signal);
            CHECK(failure_of(std::current_exception()) == Failure::signal);
        }
    }
}

TEST_CASE("a signal is told by number and name", "[executor]") {
    CHECK(signal_text(SIGSEGV) == "signal 11 (SIGSEGV)");
    CHECK(signal_text(SIGKILL) == "signal 9 (SIGKILL)");
    CHECK(signal_text(SIGRTMAX) == "signal " + std::to_string(SIGRTMAX));
}

TEST_CASE("an exit code that cannot be learned is not taken for a good one", "[executor]") {
    const TemporaryFolder folder;
    void (*const old)(int) = std::signal(SIGCHLD, SIG_IGN);
    CHECK_THROWS_WITH(run_shell(folder, "exit 3"), Contains("sh: cannot tell its exit code: No child processes"));
    std::signal(SIGCHLD, old);
}

TEST_CASE("orphan_test: cancellation ends a program and all that it has started", "[executor]") {
    const TemporaryFolder folder;
    SECTION("that heeds SIGTERM") {
        const auto took = cancelled_after(folder, "sleep 100 & echo $! > grand; sh -c 'sleep 100 & echo $! > pid; wait' & wait", 20s);
        CHECK(took < 10s);
        const long grandchild = number_in(folder / "grand"), great_grandchild = number_in(folder / "pid");
        CHECK(soon([&] { return !runs(grandchild) && !runs(great_grandchild); }));
    }
    SECTION("that does not heed SIGTERM") {
        const auto took = cancelled_after(folder, "trap '' TERM; (trap '' TERM; echo started; while :; do sleep 0.1; done) & echo $! > pid; while :; do sleep 0.1; done", 200ms);
        CHECK(took >= 200ms);
        CHECK(took < 10s);
        const long child = number_in(folder / "pid");
        CHECK(soon([&] { return !runs(child); }));
    }
    SECTION("that leaves somebody behind who does not heed SIGTERM") {
        cancelled_after(folder, "trap 'exit 0' TERM; (trap '' TERM; while :; do sleep 0.1; done) & echo $! > pid; while :; do sleep 0.1; done", 20s);
        const long left = number_in(folder / "pid");
        CHECK(soon([&] { return !runs(left); }));
    }
    CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);
    CHECK(errno == ECHILD);
}

TEST_CASE("orphan_test: nothing that a program has left in the background outlives it", "[executor]") {
    const TemporaryFolder folder;
    CHECK(run_shell(folder, "sleep 100 & echo $! > pid; exit 3") == 3);
    const long left = number_in(folder / "pid");
    REQUIRE(left > 0);
    CHECK(soon([&] { return !runs(left); }));
    CHECK_THROWS_AS(run_shell(folder, "sleep 100 & echo $! > pid; kill -SEGV $$"), ProcessKilled);
    const long other = number_in(folder / "pid");
    CHECK(soon([&] { return !runs(other); }));
}

TEST_CASE("what is cancelled before it begins is not started", "[executor]") {
    const TemporaryFolder folder;
    CancellationSource source;
    source.request();
    CHECK_THROWS_AS(run_child(shell(folder, "echo > started"), source.token()), Cancelled);
    CHECK(folder.entries() == 0);
}

TEST_CASE("many programs run at once without harm to each other", "[executor]") {
    const TemporaryFolder folder;
    std::vector<std::jthread> threads;
    std::atomic<int> right{0};
    for (int thread = 0; thread < 4; ++thread)
        threads.emplace_back([&, thread] {
            for (int i = 0; i < 20; ++i) {
                ChildProcess child = shell(folder, "exit " + std::to_string(thread * 20 + i));
                child.output = folder / std::to_string(thread);
                right += run_child(child, {}) == thread * 20 + i;
            }
        });
    threads.clear();
    CHECK(right == 80);
}

TEST_CASE("the last lines of a file are told, whatever its size", "[executor]") {
    const TemporaryFolder folder;
    using Lines = std::vector<std::string>;
    CHECK(tail_of(folder / "none", 3).empty());
    CHECK(tail_of(folder.file("x", ""), 3).empty());
    CHECK(tail_of(folder.file("x", "a\nb\n"), 3) == Lines{"a", "b"});
    CHECK(tail_of(folder.file("x", "a\n\nb\nc"), 3) == Lines{"", "b", "c"});
    CHECK(tail_of(folder.file("x", "a\nb\n"), 0).empty());
    std::string text;
    for (int i = 0; i < 10'000; ++i) text += "line " + std::to_string(i) + "\n";
    CHECK(tail_of(folder.file("x", text), 2) == Lines{"line 9998", "line 9999"});
    const Lines most = tail_of(folder.file("x", text), 10'000);
    CHECK(most.size() > 1'000);
    CHECK(most.front().starts_with("line "));   // whole
    CHECK(tail_of(folder.file("x", "a\n" + std::string(50'000, 'b')), 3) == Lines{std::string(16'384, 'b')});   // one line alone is longer than what is looked at
}

TEST_CASE("a shell reads a quoted word back as it was", "[executor]") {
    const TemporaryFolder folder;
    std::mt19937 random(5);
    std::vector<std::string> words{"plain", "a/b-c.d:e=f,g+h@i%j_k", "", " ", "two words", "it's", "'", "''", "\"", "$HOME", "`id`", "$(id)", "a\\b", "\\", "a\nb", "*", "~",
                                   "!", "#", ";", "&", "|", "<x>", "{a,b}", "[a]", "\t", "-n", "\xc3\xa9", "\xff\x01"};
    for (int i = 0; i < 200; ++i) {
        std::string word;
        for (std::uint32_t left = random() % 8; left > 0; --left) word += static_cast<char>(1 + random() % 255);
        words.push_back(word);
    }
    std::string command = "printf '%s\\0'", expected;
    for (const std::string& word : words) {
        command += " " + shell_quoted(word);
        expected += word + '\0';
    }
    for (const char* interpreter : {"sh", "bash"}) {
        std::filesystem::remove(folder / "log");
        ChildProcess child = shell(folder, command);
        child.arguments.front() = interpreter;
        CHECK(run_child(child, {}) == 0);
        CHECK(content_of(folder / "log") == expected);
    }
    CHECK(shell_quoted("plain/word.fa") == "plain/word.fa");
    CHECK(shell_quoted("it's") == "'it'\\''s'");
    CHECK(shell_quoted("") == "''");
}
