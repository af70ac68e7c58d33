#include "weft/bytes/input_file.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <filesystem>

#include "support/read_features.hpp"
#include "support/temporary_folder.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using weft::test::TemporaryFolder;
using Catch::Matchers::Contains;

TEST_CASE("an input knows whether it is a file, and how long", "[bytes]") {
    const TemporaryFolder folder;
    const std::string path = folder.file("input", "content");
    CHECK(check_input(path) == 7);
    const InputFile file = open_input(path);
    CHECK(file.name == path);
    CHECK(file.regular);
    CHECK(file.size == 7);

    const test::FilledPipe pipe(folder / "pipe", "content of the pipe");
    CHECK(check_input(folder / "pipe") == 0);   // and leaves the pipe untouched
    const InputFile stream = open_input(folder / "pipe");
    CHECK_FALSE(stream.regular);
    CHECK(stream.size == 0);
    std::array<char, 64> bytes{};
    CHECK(hpeek(stream.stream.get(), bytes.data(), 7) == 7);
    CHECK(hread(stream.stream.get(), bytes.data(), bytes.size()) == 19);
    CHECK(std::string(bytes.data(), 19) == "content of the pipe");
}

TEST_CASE("standard input is read through a descriptor of our own", "[bytes]") {
    const TemporaryFolder folder;
    const std::string path = folder.file("input", "from standard input");
    const int standard_input = ::dup(STDIN_FILENO);
    REQUIRE(std::freopen(path.c_str(), "r", stdin) != nullptr);
    for (int repeat = 0; repeat < 2; ++repeat) {   // closing the input leaves standard input open
        ::lseek(STDIN_FILENO, 0, SEEK_SET);
        const InputFile file = open_input("-");
        CHECK(file.name == "standard input");
        CHECK(file.size == 19);
        std::array<char, 64> bytes{};
        CHECK(hread(file.stream.get(), bytes.data(), bytes.size()) == 19);
    }
    ::dup2(standard_input, STDIN_FILENO);
    ::close(standard_input);
}

TEST_CASE("what cannot be read is refused by name", "[bytes]") {
    const TemporaryFolder folder;
    std::filesystem::create_directory(folder / "directory");
    for (const auto& open : {+[](const std::string& path) { (void)check_input(path); }, +[](const std::string& path) { (void)open_input(path); }}) {
        CHECK_THROWS_WITH(open(folder / "missing"), Contains("missing: cannot open: No such file or directory"));
        CHECK_THROWS_WITH(open(folder / "directory"), Contains("directory: cannot open: Is a directory; give a file, not a directory"));
        CHECK_THROWS_AS(open(folder / "missing"), SystemError);
        if (::geteuid() != 0) {   // root may read everything
            std::filesystem::permissions(folder.file("secret", "x"), std::filesystem::perms::none);
            CHECK_THROWS_WITH(open(folder / "secret"), Contains("secret: cannot open: Permission denied"));
        }
    }
}
