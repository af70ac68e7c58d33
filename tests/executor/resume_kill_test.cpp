// Runs that are killed at any moment, and started again with no option and no manual step.
//
// A run is a child process that does what a pipeline does: lock, clear away leftovers, open the journal, and for each task
// that has no result begin, write, publish and note it. Children are killed by SIGKILL at random moments and by faults at each
// step; after each the parent looks at what is on the disk.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <thread>

#include "support/temporary_folder.hpp"
#include "weft/executor/export_file.hpp"
#include "weft/executor/fault.hpp"
#include "weft/executor/input_digests.hpp"
#include "weft/executor/journal.hpp"
#include "weft/executor/result_store.hpp"
#include "weft/executor/run_lock.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using weft::test::content_of;
using weft::test::TemporaryFolder;

namespace {

namespace fs = std::filesystem;

constexpr int tasks = 4;

ContentKey key_of(int task) {
    return ContentKey(KeyFields{.stage = "task", .stage_version = "1", .parameters = {{"number", std::int64_t{task}}}});
}

std::string content_of_task(int task) { return std::string(static_cast<std::size_t>(10'000 * task), static_cast<char>('a' + task)); }

void run(const std::string& work) {
    const RunLock lock(work);
    ResultStore store(work);
    store.remove_leftovers(OtherWriters::none);
    InputDigests digests(work + "/digests");
    Journal journal(work + "/journal.jsonl", store);
    for (int task = 0; task < tasks; ++task) {
        const ContentKey key = key_of(task);
        if (!store.find(key.digest())) {
            std::ofstream(work + "/executed", std::ios::app) << "x" << std::flush;
            ResultDraft draft = store.begin(key);
            for (const char* name : {"a", "b"}) write_new_file(draft / name, content_of_task(task));
            const JournalEntry entry{.key = key, .task = "task" + std::to_string(task), .milliseconds = task, .host = "here"};
            store.publish(std::move(draft), entry);
            journal.append(entry);
        }
        export_file(*store.find(key.digest()) + "/a", work + "/out/" + std::to_string(task));
        digests.of(work + "/out/" + std::to_string(task));
    }
    journal.commit();
    digests.save();
}

// The exit code of a run, or -1 when it was killed after `life`.
int exit_code_of_run(const std::string& work, const std::string& fault, std::chrono::microseconds life) {
    const pid_t child = ::fork();
    if (child == 0) {
        int code = 0;
        try {
            arm_fault(fault);
            run(work);
        } catch (const std::exception&) {
            code = 1;
        }
        ::_exit(code);
    }
    if (life.count() > 0) {
        std::this_thread::sleep_for(life);
        ::kill(child, SIGKILL);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// What must hold whenever no run is at work. Returns the number of results.
std::size_t check_work_folder(const std::string& work) {
    const ResultStore store(work);
    const std::vector<Digest> keys = store.keys();
    for (const Digest& key : keys) {
        REQUIRE(store.find(key));
        REQUIRE(store.problems(key, CheckDepth::contents).empty());
    }
    const JournalContent journal = read_journal(work + "/journal.jsonl");
    REQUIRE(journal.damaged_lines.empty());
    for (const auto& [task, history] : journal.tasks) REQUIRE(store.find(history.last.key.digest()));   // never ahead of the files
    for (int task = 0; task < tasks; ++task) {
        const std::string out = work + "/out/" + std::to_string(task);
        if (fs::exists(out)) REQUIRE(content_of(out) == content_of_task(task));
    }
    REQUIRE(fs::is_empty(work + "/quarantine"));
    return keys.size();
}

// After a run that came to its end: everything is there and nothing else.
void check_finished(const std::string& work, int kills) {
    REQUIRE(check_work_folder(work) == tasks);
    for (int task = 0; task < tasks; ++task) {
        const std::string folder = *ResultStore(work).find(key_of(task).digest());
        REQUIRE(content_of(folder + "/a") == content_of_task(task));
        REQUIRE(content_of(folder + "/b") == content_of_task(task));
        REQUIRE(std::distance(fs::directory_iterator(folder), fs::directory_iterator()) == 3);
    }
    for (const auto& item : fs::recursive_directory_iterator(work)) REQUIRE(item.path().string().find(".part") == std::string::npos);
    // One task at most was in flight at each kill.
    REQUIRE(fs::file_size(work + "/executed") <= static_cast<std::uintmax_t>(tasks + kills));
}

}  // namespace

TEST_CASE("chaos_test: runs killed at random moments leave whole results and go on by themselves", "[executor]") {
    std::mt19937 random(42);
    auto folder = std::make_unique<TemporaryFolder>();
    const auto start = std::chrono::steady_clock::now();
    REQUIRE(exit_code_of_run(folder->path().string(), "", {}) == 0);
    const auto whole_run = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start).count();
    const auto longest_life = static_cast<std::uint64_t>(std::clamp<std::int64_t>(whole_run, 1'000, 100'000));

    int kills = 0, all_kills = 0;
    folder = std::make_unique<TemporaryFolder>();
    while (all_kills < 100) {
        const std::string work = folder->path().string();
        const int code = exit_code_of_run(work, "", std::chrono::microseconds(1 + random() % longest_life));
        REQUIRE((code == 0 || code == -1));
        if (code == -1) ++kills, ++all_kills;
        if (!fs::exists(work + "/store") || !fs::exists(work + "/quarantine")) continue;   // killed before anything began
        check_work_folder(work);
        if (code == 0) {
            check_finished(work, kills);
            folder = std::make_unique<TemporaryFolder>();
            kills = 0;
        }
    }
    CHECK(exit_code_of_run(folder->path().string(), "", {}) == 0);
    check_finished(folder->path().string(), kills);
}

TEST_CASE("runs stopped at each step leave whole results and go on by themselves", "[executor]") {
    for (const std::string point : {"write", "fsync", "rename", "journal"}) {
        for (const std::string how : {"", ":throw"}) {
            const TemporaryFolder folder;
            const std::string work = folder.path().string();
            int stops = 0;
            // Each run gets one step further than the one before, until one gets through.
            for (int passage = 1;; ++passage) {
                INFO(point << ":" << passage << how);
                const int code = exit_code_of_run(work, point + ":" + std::to_string(passage) + how, {});
                if (code == 0) break;
                REQUIRE(code == (how.empty() ? fault_exit_code : 1));
                check_work_folder(work);
                REQUIRE(++stops < 100);
            }
            CHECK(stops > 0);
            check_finished(work, stops);
        }
    }
}
