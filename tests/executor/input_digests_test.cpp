#include "weft/executor/input_digests.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <filesystem>
#include <thread>
#include <vector>

#include "support/temporary_folder.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using weft::test::content_of;
using weft::test::TemporaryFolder;
using Catch::Matchers::Contains;

namespace {

void set_time(const std::string& path, std::int64_t seconds, std::int64_t nanoseconds = 0) {
    const struct timespec times[2] = {{seconds, nanoseconds}, {seconds, nanoseconds}};
    REQUIRE(::utimensat(AT_FDCWD, path.c_str(), times, 0) == 0);
}

// A file that has not changed for long.
std::string old_file(const TemporaryFolder& folder, const std::string& name, const std::string& content) {
    const std::string path = folder.file(name, content);
    set_time(path, 1'600'000'000);
    return path;
}

}  // namespace

TEST_CASE("a file is read once and remembered by the next run", "[executor]") {
    const TemporaryFolder folder;
    const std::string genome = old_file(folder, "genome.fa", ">chr1\nACGT\n");
    const std::string empty = old_file(folder, "empty", "");
    for (int run = 0; run < 3; ++run) {
        InputDigests digests(folder / "digests");
        CHECK(digests.of(genome) == digest_of(">chr1\nACGT\n"));
        CHECK(digests.of(genome) == digest_of(">chr1\nACGT\n"));
        CHECK(digests.of(empty) == digest_of(""));
        CHECK(digests.files_read() == (run == 0 ? 2 : 0));
        digests.save();
    }
    InputDigests again(folder / "digests", InputDigests::Memory::rehash);
    CHECK(again.of(genome) == digest_of(">chr1\nACGT\n"));
    CHECK(again.files_read() == 1);
    CHECK(folder.entries() == 3);
}

TEST_CASE("a file with another inode, size or time is read again", "[executor]") {
    const TemporaryFolder folder;
    const std::string path = old_file(folder, "genes", "abc");
    InputDigests digests(folder / "digests");
    CHECK(digests.of(path) == digest_of("abc"));
    std::filesystem::copy_file(path, folder / "copy");
    set_time(folder / "copy", 1'600'000'000);
    std::filesystem::rename(folder / "copy", path);   // the same but for the inode
    CHECK(digests.of(path) == digest_of("abc"));
    CHECK(digests.files_read() == 2);
    std::ofstream(path) << "xyz";
    set_time(path, 1'600'000'000, 1);
    CHECK(digests.of(path) == digest_of("xyz"));
    std::ofstream(path) << "longer";
    set_time(path, 1'600'000'000, 1);
    CHECK(digests.of(path) == digest_of("longer"));
}

TEST_CASE("a file that changed just now is not remembered: it could change again within one tick of its clock", "[executor]") {
    const TemporaryFolder folder;
    const std::string path = folder.file("new", "one");
    struct stat status {};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    InputDigests first(folder / "digests");
    CHECK(first.of(path) == digest_of("one"));
    first.save();
    std::ofstream(path) << "two";
    set_time(path, status.st_mtim.tv_sec, status.st_mtim.tv_nsec);   // the same inode, size and time
    InputDigests second(folder / "digests");
    CHECK(second.of(path) == digest_of("two"));
}

TEST_CASE("a damaged memory is never believed, and is rebuilt", "[executor]") {
    const TemporaryFolder folder;
    const std::string path = old_file(folder, "genes", "abc");
    InputDigests first(folder / "digests");
    first.of(path);
    first.save();
    const std::string good = content_of(folder / "digests");
    std::vector<std::string> damaged{"", "garbage", "weft input digests 1\n", good + good, good.substr(1)};
    for (std::size_t size = 0; size < good.size(); size += 3) damaged.push_back(good.substr(0, size));
    for (std::size_t at = 0; at < good.size(); ++at) {
        damaged.push_back(good);
        damaged.back()[at] ^= 1;
    }
    for (const std::string& text : damaged) {
        folder.file("digests", text);
        InputDigests digests(folder / "digests");
        REQUIRE(digests.of(path) == digest_of("abc"));
        REQUIRE(digests.files_read() == 1);
    }
    InputDigests last(folder / "digests");
    last.of(path);
    last.save();
    CHECK(content_of(folder / "digests") == good);
}

TEST_CASE("threads that want one file read it once", "[executor]") {
    const TemporaryFolder folder;
    std::vector<std::string> paths;
    for (int i = 0; i < 4; ++i) paths.push_back(old_file(folder, std::to_string(i), std::string(3'000'000, static_cast<char>('a' + i))));
    InputDigests digests(folder / "digests");
    std::atomic<int> wrong = 0;
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 8; ++t) {
            threads.emplace_back([&, t] {
                for (int i = 0; i < 4; ++i) {
                    const int which = (i + t) % 4;
                    if (digests.of(paths[which]) != digest_of(std::string(3'000'000, static_cast<char>('a' + which)))) ++wrong;
                }
            });
        }
    }
    CHECK(wrong == 0);
    CHECK(digests.files_read() == 4);
}

TEST_CASE("inputs that have no digest are refused by name", "[executor]") {
    const TemporaryFolder folder;
    InputDigests digests(folder / "digests");
    CHECK_THROWS_WITH(digests.of(folder / "missing"), Contains("missing: cannot open: No such file"));
    REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
    for (const std::string& path : {folder / "pipe", folder.path().string()}) {
        CHECK_THROWS_WITH(digests.of(path), Contains("is not a regular file"));
    }
}
