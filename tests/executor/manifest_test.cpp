#include "weft/executor/manifest.hpp"

#include <catch2/catch.hpp>
#include <filesystem>

#include "support/temporary_folder.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using weft::test::TemporaryFolder;
using Catch::Matchers::Contains;

namespace {

Manifest example() {
    return {.entry = {.key = ContentKey(KeyFields{.stage = "align", .stage_version = "1"}), .task = "align"},
            .files = {{"genes.paf", 5, digest_of("12345")}, {"log/größe", 0, digest_of("")}}};
}

// A result as the example says.
void fill(const TemporaryFolder& folder) {
    std::filesystem::create_directories(folder / "log");
    folder.file("genes.paf", "12345");
    folder.file("log/größe", "");
    folder.file(manifest_name, to_json(example()));
}

}  // namespace

TEST_CASE("a manifest reads back", "[executor]") {
    const TemporaryFolder folder;
    fill(folder);
    const Manifest manifest = read_manifest(folder.path().string());
    CHECK(manifest.files == example().files);
    CHECK(manifest.entry.key == example().entry.key);
    CHECK(manifest.entry.task == "align");
    CHECK(problems_of_result(folder.path().string(), CheckDepth::contents).empty());
}

TEST_CASE("a manifest that was written otherwise reads the same, one that is not there is none", "[executor]") {
    const TemporaryFolder folder;
    CHECK_FALSE(find_manifest(folder.path().string()));
    fill(folder);
    const std::string written = to_json(example());
    for (const std::string& text : {written, " " + written, written + " "}) {
        folder.file(manifest_name, text);
        const std::optional<Manifest> manifest = find_manifest(folder.path().string());
        REQUIRE(manifest);
        CHECK(to_json(*manifest) == written);
    }
    folder.file(manifest_name, "{}");
    CHECK_THROWS_AS(find_manifest(folder.path().string()), FormatError);
}

TEST_CASE("files that were cut, changed, replaced or deleted are found", "[executor]") {
    using Problems = std::vector<std::string>;
    const TemporaryFolder folder;
    const std::string path = folder.path().string();
    fill(folder);
    folder.file("genes.paf", "123");
    CHECK(problems_of_result(path, CheckDepth::sizes) == Problems{"genes.paf: has 3 bytes, 5 were written"});
    folder.file("genes.paf", "12346");
    CHECK(problems_of_result(path, CheckDepth::sizes).empty());
    CHECK(problems_of_result(path, CheckDepth::contents) == Problems{"genes.paf: its content has changed since it was written"});
    std::filesystem::remove(folder / "genes.paf");
    std::filesystem::remove(folder / "log/größe");
    std::filesystem::create_directory(folder / "genes.paf");
    CHECK(problems_of_result(path, CheckDepth::sizes) == Problems{"genes.paf: is not a regular file any more", "log/größe: is missing"});
}

TEST_CASE("a manifest that is missing or damaged is a problem, not a crash", "[executor]") {
    const TemporaryFolder folder;
    const std::string path = folder.path().string();
    CHECK_THROWS_AS(read_manifest(path), SystemError);
    CHECK(problems_of_result(path, CheckDepth::sizes).size() == 1);
    const std::string good = to_json(example());
    for (std::size_t size = 0; size + 1 < good.size(); ++size) {
        folder.file(manifest_name, good.substr(0, size));
        REQUIRE_THROWS_WITH(read_manifest(path), Contains("manifest.json: is damaged"));
        REQUIRE(problems_of_result(path, CheckDepth::sizes).size() == 1);
    }
    for (const char* text : {"[]", R"({"weft_manifest":2})", R"({"weft_manifest":1,"task":{},"files":[]})"}) {
        folder.file(manifest_name, text);
        CHECK_THROWS_AS(read_manifest(path), FormatError);
    }
}
