#include "weft/executor/journal.hpp"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <thread>

#include "support/temporary_folder.hpp"
#include "weft/executor/fault.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using weft::test::content_of;
using weft::test::TemporaryFolder;

namespace {

JournalEntry entry_of(const std::string& task, std::int64_t milliseconds, JournalStatus status = JournalStatus::done) {
    return {.key = ContentKey(KeyFields{.stage = task, .stage_version = "1"}),
            .task = task,
            .inputs = {"genome.fa"},
            .milliseconds = milliseconds,
            .host = "here",
            .status = status};
}

}  // namespace

TEST_CASE("the last entry of each task is read, and how long it took when it went well", "[executor]") {
    const TemporaryFolder folder;
    const ResultStore store(folder.path().string());
    const std::string path = folder / "journal.jsonl";
    CHECK(read_journal(path).entries == 0);
    {
        Journal journal(path, store);
        journal.append(entry_of("align", 100));
        journal.append(entry_of("lift", 7, JournalStatus::failed));
        journal.append(entry_of("align", 200));
    }
    {
        Journal journal(path, store);
        journal.append(entry_of("align", 3, JournalStatus::failed));
        journal.commit();
    }
    const JournalContent content = read_journal(path);
    CHECK(content.entries == 4);
    CHECK(content.damaged_lines.empty());
    REQUIRE(content.tasks.size() == 2);
    CHECK(content.tasks.at("align").last.milliseconds == 3);
    CHECK(content.tasks.at("align").last.status == JournalStatus::failed);
    CHECK(content.tasks.at("align").last.inputs == std::vector<std::string>{"genome.fa"});
    CHECK(content.tasks.at("align").milliseconds == 200);
    CHECK_FALSE(content.tasks.at("lift").milliseconds);
}

TEST_CASE("a torn last line is ignored, wherever it was cut, and cut off by the next run", "[executor]") {
    const TemporaryFolder folder;
    const ResultStore store(folder.path().string());
    const std::string path = folder / "journal.jsonl";
    const std::string first = to_json(entry_of("first", 1)) + '\n';
    const std::string torn = to_json(entry_of("torn", 2));
    std::vector<std::string> tails{std::string(200'000, 'x'), std::string(70'000, '\0')};   // longer than what is read at once
    for (std::size_t size = 0; size <= torn.size(); ++size) tails.push_back(torn.substr(0, size));
    for (const std::string& tail : tails) {
        folder.file("journal.jsonl", first + tail);
        JournalContent content = read_journal(path);
        REQUIRE(content.entries == 1);
        REQUIRE(content.damaged_lines.empty());
        Journal(path, store).append(entry_of("next", 3));
        content = read_journal(path);
        REQUIRE(content.entries == 2);
        REQUIRE(content.damaged_lines.empty());
        REQUIRE(content.tasks.contains("next"));
    }
    folder.file("journal.jsonl", torn);
    Journal(path, store);
    CHECK(content_of(path).empty());
}

TEST_CASE("damaged lines in the middle are passed over and named", "[executor]") {
    const TemporaryFolder folder;
    const std::string a = to_json(entry_of("a", 1)), b = to_json(entry_of("b", 2));
    std::string swapped = b;
    swapped.replace(swapped.find("\"stage\":\"b\""), 11, "\"stage\":\"x\"");
    folder.file("journal.jsonl", a + "\nnonsense\n\n" + swapped + "\n" + b + "\n" + std::string(10, '\0') + "\n");
    const JournalContent content = read_journal(folder / "journal.jsonl");
    CHECK(content.entries == 2);
    CHECK(content.damaged_lines == std::vector<std::uint64_t>{2, 3, 4, 6});
    CHECK(content.tasks.size() == 2);
}

TEST_CASE("a lost journal is made again from the store", "[executor]") {
    const TemporaryFolder folder;
    ResultStore store(folder.path().string());
    const std::string path = folder / "journal.jsonl";
    {
        Journal journal(path, store);
        for (const char* task : {"align", "lift"}) {
            store.publish(store.begin(entry_of(task, 5).key), entry_of(task, 5));
            journal.append(entry_of(task, 5));
        }
    }
    const JournalContent before = read_journal(path);
    std::filesystem::remove(path);
    Journal again(path, store);
    const JournalContent after = read_journal(path);
    CHECK(after.entries == 2);
    REQUIRE(after.tasks.size() == before.tasks.size());
    for (const auto& [task, history] : before.tasks) CHECK(to_json(after.tasks.at(task).last) == to_json(history.last));
}

TEST_CASE("threads write whole lines", "[executor]") {
    const TemporaryFolder folder;
    const ResultStore store(folder.path().string());
    const std::string path = folder / "journal.jsonl";
    {
        Journal journal(path, store);
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&, t] {
                for (int i = 0; i < 50; ++i) journal.append(entry_of("task" + std::to_string(t), i));
            });
        }
    }
    const JournalContent content = read_journal(path);
    CHECK(content.entries == 200);
    CHECK(content.damaged_lines.empty());
    for (int t = 0; t < 4; ++t) CHECK(content.tasks.at("task" + std::to_string(t)).milliseconds == 49);
}

TEST_CASE("the disk is waited for at most every 50 ms, and at the end", "[executor]") {
    const TemporaryFolder folder;
    const ResultStore store(folder.path().string());
    Journal journal(folder / "journal.jsonl", store);
    journal.append(entry_of("first", 1));   // after a pause: waits
    arm_fault("fsync:1:throw");
    const auto start = std::chrono::steady_clock::now();
    bool waited = false;
    try {
        for (int i = 0; i < 5; ++i) journal.append(entry_of("soon", i));
    } catch (const SystemError&) {
        waited = true;
    }
    const bool slow = std::chrono::steady_clock::now() - start > std::chrono::milliseconds(40);   // a machine too busy to tell
    CHECK((slow || !waited));
    if (!waited) CHECK_THROWS_AS(journal.commit(), SystemError);
    arm_fault("");
}

TEST_CASE("a line that was cut by a full disk costs itself and not the next", "[executor]") {
    const TemporaryFolder folder;
    const ResultStore store(folder.path().string());
    const std::string path = folder / "journal.jsonl";
    const pid_t child = ::fork();   // limits of file sizes cannot be raised again by everybody
    if (child == 0) {
        ::signal(SIGXFSZ, SIG_IGN);
        Journal journal(path, store);
        journal.append(entry_of("before", 1));
        struct rlimit limit {};
        ::getrlimit(RLIMIT_FSIZE, &limit);
        const struct rlimit tight {std::filesystem::file_size(path) + 100, limit.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &tight);
        bool refused = false;
        try {
            journal.append(entry_of("cut", 2));
        } catch (const SystemError&) {
            refused = true;
        }
        ::setrlimit(RLIMIT_FSIZE, &limit);
        journal.append(entry_of("after", 3));
        ::_exit(refused ? 0 : 1);
    }
    int status = -1;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
    const JournalContent content = read_journal(path);
    CHECK(content.entries == 2);
    CHECK(content.damaged_lines == std::vector<std::uint64_t>{2});
    CHECK(content.tasks.contains("after"));
}

TEST_CASE("a journal that cannot be written is an error that names it", "[executor]") {
    const TemporaryFolder folder;
    const ResultStore store(folder.path().string());
    CHECK_THROWS_AS(Journal(folder / "missing/journal.jsonl", store), SystemError);
    Journal journal(folder / "journal.jsonl", store);
    arm_fault("journal:1:throw");
    CHECK_THROWS_AS(journal.append(entry_of("align", 1)), SystemError);
    arm_fault("");
    CHECK(content_of(folder / "journal.jsonl").empty());
}
