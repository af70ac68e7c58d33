#include "weft/executor/result_store.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <filesystem>
#include <functional>
#include <thread>

#include "support/temporary_folder.hpp"
#include "weft/executor/export_file.hpp"
#include "weft/executor/fault.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using weft::test::content_of;
using weft::test::TemporaryFolder;
using Catch::Matchers::Contains;

namespace {

namespace fs = std::filesystem;

ContentKey key_of(const std::string& name) { return ContentKey(KeyFields{.stage = name, .stage_version = "1"}); }

JournalEntry entry_of(const std::string& name) { return {.key = key_of(name), .task = name, .milliseconds = 7, .host = "here"}; }

void write(const std::string& path, const std::string& content) { std::ofstream(path, std::ios::binary) << content; }

std::string publish(ResultStore& store, const std::string& name, const std::string& content) {
    ResultDraft draft = store.begin(key_of(name));
    write(draft / "out.txt", content);
    return store.publish(std::move(draft), entry_of(name));
}

// Everything in the store that is not a published result.
std::vector<std::string> unpublished(const TemporaryFolder& folder) {
    std::vector<std::string> names;
    for (const auto& shard : fs::directory_iterator(folder / "store")) {
        for (const auto& item : fs::directory_iterator(shard.path())) {
            if (!Digest::from_hex(item.path().filename().string())) names.push_back(item.path().filename().string());
        }
    }
    return names;
}

}  // namespace

TEST_CASE("a result is found once it is published, and not before", "[executor]") {
    const TemporaryFolder folder;
    ResultStore store(folder.path().string());
    const Digest key = key_of("align").digest();
    ResultDraft draft = store.begin(key_of("align"));
    CHECK(fs::path(draft.folder()).filename().string().starts_with(key.hex() + ".part." + std::to_string(::getpid()) + "."));
    write(draft / "genes.paf", "a line\n");
    fs::create_directories(draft / "log/deep");
    write(draft / "log/deep/align.log", "");
    CHECK_FALSE(store.find(key));
    CHECK(store.keys().empty());

    const std::string result = store.publish(std::move(draft), entry_of("align"));
    CHECK(result == folder / ("store/" + key.hex().substr(0, 2) + "/" + key.hex()));
    CHECK(store.find(key) == result);
    CHECK(store.keys() == std::vector{key});
    CHECK(content_of(result + "/genes.paf") == "a line\n");
    CHECK(store.problems(key, CheckDepth::contents).empty());
    CHECK(unpublished(folder).empty());
    CHECK(ResultStore(folder.path().string()).find(key) == result);

    const Manifest manifest = read_manifest(result);
    CHECK(manifest.files == std::vector<StoredFile>{{"genes.paf", 7, digest_of("a line\n")}, {"log/deep/align.log", 0, digest_of("")}});
    REQUIRE(store.entries().size() == 1);
    CHECK(store.entries()[0].task == "align");
    CHECK(store.entries()[0].milliseconds == 7);
}

TEST_CASE("published files are read-only, so that what is handed out is not edited in place", "[executor]") {
    const TemporaryFolder folder;
    ResultStore store(folder.path().string());
    const std::string result = publish(store, "align", "content");
    REQUIRE(export_file(result + "/out.txt", folder / "out/genes.txt") == ExportWay::link);
    for (const std::string& path : {result + "/out.txt", result + "/manifest.json", folder / "out/genes.txt"}) {
        CHECK(fs::status(path).permissions() == fs::perms{0444});
    }
}

TEST_CASE("a look at a result gives its files, or what is wrong with them", "[executor]") {
    const TemporaryFolder folder;
    ResultStore store(folder.path().string());
    const Digest key = key_of("align").digest();
    std::vector<std::string> problems;
    CHECK_FALSE(store.look_at(key, problems));
    CHECK(problems.empty());
    const std::string place = publish(store, "align", "content");
    const std::optional<StoredResult> result = store.look_at(key, problems);
    REQUIRE(result);
    CHECK(result->key == key);
    CHECK(result->folder == place);
    CHECK(result->manifest.files == std::vector<StoredFile>{{"out.txt", 7, digest_of("content")}});

    fs::remove(place + "/out.txt");
    CHECK_FALSE(store.look_at(key, problems));
    CHECK(problems == std::vector<std::string>{"out.txt: is missing"});
    problems.clear();
    fs::permissions(place + "/manifest.json", fs::perms{0644});
    fs::resize_file(place + "/manifest.json", 20);
    CHECK_FALSE(store.look_at(key, problems));
    REQUIRE(problems.size() == 1);
    CHECK_THAT(problems[0], Contains("manifest.json: is damaged"));
}

TEST_CASE("a draft that is given up leaves nothing", "[executor]") {
    const TemporaryFolder folder;
    ResultStore store(folder.path().string());
    {
        ResultDraft draft = store.begin(key_of("align"));
        write(draft / "x", "x");
        const ResultDraft moved = std::move(draft);
        CHECK(unpublished(folder).size() == 1);
    }
    CHECK(unpublished(folder).empty());
}

TEST_CASE("a publication that fails leaves nothing, and can be tried again", "[executor]") {
    const TemporaryFolder folder;
    ResultStore store(folder.path().string());
    for (const char* fault : {"write:1:throw", "fsync:1:throw", "fsync:2:throw", "fsync:3:throw", "rename:1:throw"}) {
        ResultDraft draft = store.begin(key_of("align"));
        write(draft / "out.txt", "content");
        arm_fault(fault);
        CHECK_THROWS_AS(store.publish(std::move(draft), entry_of("align")), SystemError);
        arm_fault("");
        CHECK(store.keys().empty());
        CHECK(unpublished(folder).empty());
    }
    CHECK_NOTHROW(publish(store, "align", "content"));
}

TEST_CASE("a result that is there stays", "[executor]") {
    const TemporaryFolder folder;
    ResultStore store(folder.path().string());
    const std::string first = publish(store, "align", "first");
    CHECK(publish(store, "align", "second") == first);
    CHECK(content_of(first + "/out.txt") == "first");
    CHECK(unpublished(folder).empty());
    CHECK(fs::is_empty(folder / "quarantine"));
}

TEST_CASE("a folder that lost its manifest is no result and stands in nobody's way", "[executor]") {
    const TemporaryFolder folder;
    ResultStore store(folder.path().string());
    const std::string result = publish(store, "align", "first");
    fs::remove(result + "/manifest.json");
    CHECK_FALSE(store.find(key_of("align").digest()));
    CHECK(store.entries().empty());
    CHECK(publish(store, "align", "second") == result);
    CHECK(content_of(result + "/out.txt") == "second");
    CHECK(content_of(folder / ("quarantine/" + key_of("align").digest().hex() + "/out.txt")) == "first");
}

TEST_CASE("threads and processes that publish one key end with one whole result", "[executor]") {
    const TemporaryFolder folder;
    ResultStore store(folder.path().string());
    for (int round = 0; round < 5; ++round) {
        const std::string name = "round" + std::to_string(round);
        const std::string content(100'000, static_cast<char>('a' + round));
        std::vector<pid_t> children;
        for (int i = 0; i < 3; ++i) {
            children.push_back(::fork());
            if (children.back() == 0) {
                ResultStore other(folder.path().string());
                for (int turn = 0; turn < 3; ++turn) publish(other, name, content);
                ::_exit(0);
            }
        }
        std::atomic<int> failures = 0;
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < 3; ++i) {
                threads.emplace_back([&] {
                    if (content_of(publish(store, name, content) + "/out.txt") != content) ++failures;
                });
            }
        }
        CHECK(failures == 0);
        for (const pid_t child : children) {
            int status = -1;
            REQUIRE(::waitpid(child, &status, 0) == child);
            CHECK(status == 0);
        }
        CHECK(store.problems(key_of(name).digest(), CheckDepth::contents).empty());
    }
    CHECK(store.keys().size() == 5);
    CHECK(unpublished(folder).empty());
    CHECK(fs::is_empty(folder / "quarantine"));
}

TEST_CASE("what cannot be a result is refused", "[executor]") {
    struct Case {
        std::function<void(const ResultDraft&)> make;
        std::string message;
    };
    const std::vector<Case> cases{
        {[](const ResultDraft& draft) { fs::create_symlink("/etc/passwd", draft / "link"); }, "link: is a link or a device"},
        {[](const ResultDraft& draft) { write(draft / "manifest.json", ""); }, "manifest.json: has the name of the list"},
        {[](const ResultDraft& draft) { write(draft / "bad\xff", ""); }, "not text in UTF-8"},
    };
    const TemporaryFolder folder;
    ResultStore store(folder.path().string());
    for (const Case& refused : cases) {
        ResultDraft draft = store.begin(key_of("align"));
        refused.make(draft);
        CHECK_THROWS_WITH(store.publish(std::move(draft), entry_of("align")), Contains(refused.message));
        CHECK(unpublished(folder).empty());
    }
}

TEST_CASE("failed outputs and damaged results move to the quarantine with their log", "[executor]") {
    const TemporaryFolder folder;
    ResultStore store(folder.path().string());
    const Digest key = key_of("align").digest();
    const std::string place = folder / ("quarantine/" + key.hex());
    ResultDraft draft = store.begin(key_of("align"));
    write(draft / "half", "half");
    CHECK(store.quarantine(std::move(draft), "killed by signal 9\n") == place);
    CHECK(content_of(place + "/half") == "half");
    CHECK(content_of(place + ".log") == "killed by signal 9\n");

    const std::string result = publish(store, "align", "content");
    fs::remove(result + "/out.txt");
    const std::vector<std::string> problems = store.problems(key, CheckDepth::sizes);
    REQUIRE(problems == std::vector<std::string>{"out.txt: is missing"});
    CHECK(store.quarantine(key, problems[0]) == place + ".2");
    CHECK(content_of(place + ".2.log") == problems[0]);
    CHECK_FALSE(store.find(key));
    CHECK(store.quarantine(key, "again").empty());
    CHECK_NOTHROW(publish(store, "align", "content"));
}

TEST_CASE("leftovers are removed, but not those of the living while there may be others", "[executor]") {
    const TemporaryFolder folder;
    ResultStore store(folder.path().string());
    publish(store, "done", "content");
    const pid_t child = ::fork();
    if (child == 0) {
        const ResultDraft draft = ResultStore(folder.path().string()).begin(key_of("killed"));
        write(draft / "x", "x");
        ::_exit(0);
    }
    REQUIRE(::waitpid(child, nullptr, 0) == child);
    const ResultDraft ours = store.begin(key_of("running"));
    const std::string shard = fs::path(ours.folder()).parent_path().string();
    const std::string elsewhere = shard + "/" + key_of("running").digest().hex() + ".part.1.0@another-machine";
    fs::create_directory(elsewhere);
    CHECK(unpublished(folder).size() == 3);
    CHECK(store.remove_leftovers(OtherWriters::possible) == 1);
    CHECK(fs::exists(ours.folder()));
    CHECK(fs::exists(elsewhere));
    folder.file("journal.jsonl.4711.part", "half");
    CHECK(store.remove_leftovers(OtherWriters::none) == 3);
    CHECK_FALSE(fs::exists(folder / "journal.jsonl.4711.part"));
    CHECK(unpublished(folder).empty());
    CHECK(store.keys().size() == 1);
}

TEST_CASE("a draft finds a name even where a process of the same number died", "[executor]") {
    const TemporaryFolder folder;
    ResultStore first(folder.path().string());
    ResultStore second(folder.path().string());
    const ResultDraft a = first.begin(key_of("align"));
    const ResultDraft b = second.begin(key_of("align"));
    CHECK(a.folder() != b.folder());
}

TEST_CASE("cleaning keeps what it is told to keep", "[executor]") {
    const TemporaryFolder folder;
    ResultStore store(folder.path().string());
    for (const char* name : {"a", "b", "c"}) publish(store, name, name);
    store.quarantine(key_of("c").digest(), "log");
    fs::create_directory(folder / ("store/" + key_of("a").digest().hex().substr(0, 2) + "/" + key_of("a").digest().hex() + ".part.1.0@x"));
    const CleanCounts counts = store.clean({key_of("a").digest()});
    CHECK(counts.results == 1);
    CHECK(counts.leftovers == 1);
    CHECK(counts.quarantined == 1);
    CHECK(store.keys() == std::vector{key_of("a").digest()});
    CHECK(store.problems(key_of("a").digest(), CheckDepth::contents).empty());
    CHECK(store.clean().results == 1);
    CHECK(store.keys().empty());
    CHECK(unpublished(folder).empty());
    CHECK(fs::is_empty(folder / "quarantine"));
}

TEST_CASE("a store needs its work folder", "[executor]") {
    const TemporaryFolder folder;
    CHECK_THROWS_WITH(ResultStore(folder / "missing"), Contains("missing/store: cannot create"));
}
