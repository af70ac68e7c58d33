#include "weft/bytes/mapped_file.hpp"

#include <catch2/catch.hpp>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <utility>

#include "support/temporary_folder.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using weft::test::TemporaryFolder;
using Catch::Matchers::Contains;

namespace {

std::string text_of(const MappedFile& file) {
    return {reinterpret_cast<const char*>(file.bytes().data()), file.size()};
}

}  // namespace

TEST_CASE("every way to bring a file into memory gives its bytes", "[bytes]") {
    const TemporaryFolder folder;
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{4096}, std::size_t{100'001}, std::size_t{40'000'003}}) {
        std::string content(size, '\0');
        for (std::size_t i = 0; i < size; i += 97) content[i] = static_cast<char>(i / 97);
        const std::string path = folder.file("bytes", content);
        for (const auto access : {MappedFile::Access::lazy, MappedFile::Access::populate, MappedFile::Access::copy}) {
            for (const int threads : {1, 3}) {
                const MappedFile file = MappedFile::open(path, access, threads);
                CHECK(file.size() == size);
                CHECK(text_of(file) == content);
                for (const auto pattern : {MappedFile::Pattern::normal, MappedFile::Pattern::sequential,
                                           MappedFile::Pattern::random, MappedFile::Pattern::soon}) {
                    file.expect(pattern, file.bytes().subspan(size / 2));
                }
                CHECK(text_of(file) == content);
            }
        }
    }
}

TEST_CASE("a private copy does not see later changes of the file", "[bytes]") {
    const TemporaryFolder folder;
    const std::string path = folder.file("bytes", "before");
    const MappedFile copy = MappedFile::open(path, MappedFile::Access::copy);
    std::ofstream(path) << "after!";   // in place
    CHECK(text_of(copy) == "before");
}

TEST_CASE("a mapping moves, and an empty one has no bytes", "[bytes]") {
    const TemporaryFolder folder;
    MappedFile first = MappedFile::open(folder.file("bytes", "content"));
    MappedFile second(std::move(first));
    CHECK(text_of(second) == "content");
    CHECK(first.size() == 0);
    MappedFile third;
    CHECK(third.bytes().empty());
    third = std::move(second);
    CHECK(text_of(third) == "content");
}

TEST_CASE("what cannot be mapped is refused by name", "[bytes]") {
    const TemporaryFolder folder;
    CHECK_THROWS_WITH(MappedFile::open(folder / "missing"), Contains("missing: cannot open: No such file or directory"));
    CHECK_THROWS_WITH(MappedFile::open(folder.path().string()), Contains("cannot open: Is a directory"));
    CHECK_THROWS_WITH(MappedFile::open("/dev/null"), Contains("/dev/null: cannot map a pipe or device"));
    CHECK_THROWS_AS(MappedFile::open(folder / "missing"), SystemError);
}
