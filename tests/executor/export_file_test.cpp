#include "weft/executor/export_file.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "support/temporary_folder.hpp"
#include "weft/executor/fault.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using weft::test::content_of;
using weft::test::TemporaryFolder;
using Catch::Matchers::Contains;

TEST_CASE("a file is handed out as a link, and again at no cost", "[executor]") {
    const TemporaryFolder folder;
    const std::string source = folder.file("stored", "content");
    const std::string target = folder / "out/deep/genes.paf";
    CHECK(export_file(source, target) == ExportWay::link);
    CHECK(std::filesystem::equivalent(source, target));
    CHECK(export_file(source, target) == ExportWay::present);
    CHECK(std::filesystem::hard_link_count(source) == 2);   // no temporary name is left
}

TEST_CASE("an older file is replaced, and links to it are not followed", "[executor]") {
    const TemporaryFolder folder;
    const std::string source = folder.file("stored", "new");
    const std::string old = folder.file("old", "old");
    const std::string target = folder / "target";
    std::filesystem::create_hard_link(old, target);
    export_file(source, target);
    CHECK(content_of(target) == "new");
    std::filesystem::remove(target);
    std::filesystem::create_symlink("old", target);
    export_file(source, target);
    CHECK(content_of(target) == "new");
    CHECK(content_of(old) == "old");
    CHECK(folder.entries() == 3);
}

TEST_CASE("between two file systems a file is copied, and the copy may be changed", "[executor]") {
    const std::string other = "/dev/shm";
    const TemporaryFolder folder;
    struct stat here {}, there {};
    if (::stat(folder.path().c_str(), &here) != 0 || ::stat(other.c_str(), &there) != 0 || here.st_dev == there.st_dev) {
        WARN("skipped: no second file system");
        return;
    }
    std::string content(3'000'001, 'x');
    content[2'000'000] = '\0';
    const std::string source = folder.file("stored", content);
    std::filesystem::permissions(source, std::filesystem::perms{0444});
    const std::string target = other + "/weft-export-test." + std::to_string(::getpid());
    CHECK(export_file(source, target) == ExportWay::copy);
    CHECK(content_of(target) == content);
    CHECK((std::filesystem::status(target).permissions() & std::filesystem::perms::owner_write) != std::filesystem::perms::none);
    std::filesystem::remove(target);
}

TEST_CASE("what a killed export has left is gone after the next", "[executor]") {
    const TemporaryFolder folder;
    const std::string source = folder.file("stored", "content");
    for (int i = 0; i < 2; ++i) {
        folder.file("target.weft.part", "half");
        CHECK(export_file(source, folder / "target") == (i == 0 ? ExportWay::link : ExportWay::present));
        CHECK(folder.entries() == 2);
    }
}

TEST_CASE("an export that fails leaves the older file and nothing else", "[executor]") {
    const TemporaryFolder folder;
    const std::string source = folder.file("stored", "new");
    const std::string target = folder.file("target", "old");
    arm_fault("rename:1:throw");
    CHECK_THROWS_AS(export_file(source, target), SystemError);
    arm_fault("");
    CHECK(content_of(target) == "old");
    CHECK_THROWS_WITH(export_file(folder / "missing", target), Contains("missing: cannot open"));
    std::filesystem::create_directory(folder / "directory");
    CHECK_THROWS_WITH(export_file(source, folder / "directory"), Contains("directory: cannot write: Is a directory"));
    CHECK_THROWS_WITH(export_file(source, target + "/below"), Contains("target: cannot create"));
    CHECK(folder.entries() == 3);
}
