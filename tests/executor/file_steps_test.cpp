#include "weft/executor/file_steps.hpp"

#include <fcntl.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "support/temporary_folder.hpp"
#include "weft/executor/fault.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using weft::test::TemporaryFolder;
using Catch::Matchers::Contains;

TEST_CASE("a new file is written whole, read-only, and never over an old one", "[executor]") {
    const TemporaryFolder folder;
    for (const std::size_t size : {0, 1, 16'384, 100'000}) {
        const std::string path = folder / std::to_string(size);
        write_new_file(path, std::string(size, 'x'));
        CHECK(content_of_file(path) == std::string(size, 'x'));
        CHECK((std::filesystem::status(path).permissions() & std::filesystem::perms{0222}) == std::filesystem::perms::none);
    }
    CHECK_THROWS_WITH(write_new_file(folder / "1", "y"), Contains("1: cannot create: File exists"));
    CHECK(content_of_file(folder / "1") == "x");
    CHECK_THROWS_WITH(content_of_file(folder / "missing"), Contains("missing: cannot open: No such file"));
    CHECK(content_of_file_if_there(folder / "1") == "x");
    CHECK_FALSE(content_of_file_if_there(folder / "missing"));
    CHECK_THROWS_WITH(content_of_file_if_there(folder / "1/below"), Contains("cannot open: Not a directory"));
}

TEST_CASE("a rename takes a free name and leaves a taken one alone", "[executor]") {
    const TemporaryFolder folder;
    for (const char* name : {"a", "b"}) {
        make_folder(folder / name);
        write_new_file(folder / name + "/file", name);
    }
    CHECK_FALSE(rename_to_free_name(folder / "a", folder / "b"));
    CHECK(content_of_file(folder / "b/file") == "b");
    CHECK(rename_to_free_name(folder / "a", folder / "c"));
    CHECK(content_of_file(folder / "c/file") == "a");
    CHECK_THROWS_WITH(rename_to_free_name(folder / "a", folder / "d"), Contains("a: cannot rename to"));
}

TEST_CASE("folders are made and removed whether or not they are there", "[executor]") {
    const TemporaryFolder folder;
    make_folder(folder / "new");
    make_folder(folder / "new");
    write_new_file(folder / "new/file", "");
    CHECK_THROWS_WITH(make_folder(folder / "new/file"), Contains("cannot create: File exists"));
    CHECK_THROWS_WITH(make_folder(folder / "x/y"), Contains("cannot create: No such file or directory; create the directory first"));
    CHECK_NOTHROW(sync_file(folder / "new/file"));
    CHECK_NOTHROW(sync_folder(folder / "new"));
    write_new_file(folder / "new/another", "");
    CHECK(entries_of_folder(folder / "new") == std::vector{folder / "new/another", folder / "new/file"});
    CHECK_THROWS_WITH(entries_of_folder(folder / "missing"), Contains("missing: cannot read: No such file"));
    remove_tree(folder / "new");
    remove_tree(folder / "new");
    CHECK(folder.entries() == 0);
}

TEST_CASE("every step that changes the disk is a fault point", "[executor]") {
    const TemporaryFolder folder;
    make_folder(folder / "a");
    write_new_file(folder / "file", "");
    const auto throws_at = [](const char* fault, auto step) {
        arm_fault(fault);
        CHECK_THROWS_WITH(step(), Contains("stopped at the point"));
        arm_fault("");
    };
    throws_at("write:1:throw", [&] { write_new_file(folder / "x", ""); });
    throws_at("fsync:1:throw", [&] { write_new_file(folder / "y", ""); });
    throws_at("fsync:1:throw", [&] { sync_file(folder / "file"); });
    throws_at("fsync:1:throw", [&] { sync_folder(folder / "a"); });
    throws_at("rename:1:throw", [&] { (void)rename_to_free_name(folder / "a", folder / "b"); });
}
