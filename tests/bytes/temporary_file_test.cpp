#include "weft/bytes/temporary_file.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "support/temporary_folder.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using weft::test::TemporaryFolder;

TEST_CASE("a temporary file lives as long as its owner, with or without a name", "[bytes]") {
    const TemporaryFolder folder;
    {
        TemporaryFile file(folder.path().string());
        const TemporaryFile companion(file, ".fai");
        CHECK(companion.path() == file.path() + ".fai");
        CHECK(folder.entries() == 2);
        file.forget_name();
        CHECK(folder.entries() == 1);
        file.set_size(100);
        file.write_at(10, std::string_view("hello"));
        std::string back(7, '?');
        file.read_at(9, back);
        CHECK(back == std::string("\0hello\0", 7));
        CHECK_THROWS_AS(file.read_at(99, back), SystemError);   // past the end
    }
    CHECK(folder.entries() == 0);
}

TEST_CASE("a directory that cannot be written is named, with the way out", "[bytes]") {
    const TemporaryFolder folder;
    CHECK_THROWS_WITH(TemporaryFile(folder / "missing"), Catch::Contains("missing") && Catch::Contains("TMPDIR"));
}

TEST_CASE("scratch space is beside the output unless TMPDIR says otherwise", "[bytes]") {
    const char* before = std::getenv("TMPDIR");
    const std::string kept = before == nullptr ? "" : before;
    ::unsetenv("TMPDIR");
    CHECK(scratch_directory("a/b/out.bam") == "a/b");
    CHECK(scratch_directory("out.bam") == ".");
    for (const char* stream : {"", "-", "/dev/stdout", "/dev/fd/5", "/proc/self/fd/5"})
        CHECK(scratch_directory(stream) == std::filesystem::temp_directory_path().string());
    ::setenv("TMPDIR", "elsewhere", 1);
    CHECK(scratch_directory("a/b/out.bam") == "elsewhere");
    if (before == nullptr)
        ::unsetenv("TMPDIR");
    else
        ::setenv("TMPDIR", kept.c_str(), 1);
}
