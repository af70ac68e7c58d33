// Test files of other projects: every malformed FASTQ is refused with file and line, every other one is read, and nothing in
// the collections does worse than an Error. Skipped with a message where the collections are not at hand.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <regex>
#include <string>
#include <vector>

#include "support/read_features.hpp"
#include "support/temporary_folder.hpp"
#include "weft/model/error.hpp"
#include "weft/record/reference_reader.hpp"

using namespace weft;
using weft::test::features_of;
using weft::test::TemporaryFolder;

namespace {

std::filesystem::path data_folder() {
    const char* const chosen = std::getenv("WEFT_DATA");
    return chosen != nullptr ? std::filesystem::path(chosen) : std::filesystem::path(WEFT_SOURCE_DIR) / "../shared/data";
}

/// Regular files of a collection, unpacked into `folder`; none when it is not at hand.
std::vector<std::filesystem::path> unpacked(const TemporaryFolder& folder, const std::string& collection) {
    const std::filesystem::path archive = data_folder() / collection;
    if (!std::filesystem::exists(archive)) {
        WARN("skipped: no " << archive.string());
        return {};
    }
    const std::string command = "tar -xzf '" + archive.string() + "' -C '" + folder.path().string() + "'";
    REQUIRE(std::system(command.c_str()) == 0);
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path())) {
        if (entry.is_regular_file()) files.push_back(entry.path());
    }
    return files;
}

/// What an Error says; empty when there is none. Anything else that is thrown goes through.
std::string failure_of(const std::string& path) {
    try {
        features_of({path});
        return {};
    } catch (const Error& error) {
        return error.what();
    }
}

std::string failure_of_reference(const std::string& path) {
    try {
        if (read_reference(path).contigs.empty()) throw std::logic_error("a reference without contigs");
        return {};
    } catch (const Error& error) {
        return error.what();
    }
}

}  // namespace

TEST_CASE("Biopython's FASTQ files: the broken ones are refused with file and line, the others read", "[record][data]") {
    const TemporaryFolder folder;
    std::size_t broken = 0;
    for (const std::filesystem::path& file : unpacked(folder, "edge_biopython/biopython_fasta_fastq_sam_gff.tar.gz")) {
        if (file.parent_path().filename() != "Quality" || file.string().find(".fastq") == std::string::npos) continue;
        const std::string failure = failure_of(file.string());
        INFO(file.filename().string() << ": " << failure);
        const bool should_fail = file.filename().string().starts_with("error_");
        broken += should_fail;
        CHECK(failure.empty() == !should_fail);
        if (should_fail) CHECK(std::regex_search(failure, std::regex("/error_\\w+\\.fastq:[0-9]+: ")));
    }
    if (std::filesystem::exists(data_folder())) CHECK(broken == 22);
}

TEST_CASE("no file of the edge collections does worse than an error", "[record][data]") {
    for (const char* collection : {"edge_biopython/biopython_fasta_fastq_sam_gff.tar.gz", "edge_htslib/htslib_test.tar.gz",
                                   "edge_genometools/genometools_testdata.tar.gz", "edge_gffutils/gffutils_testdata.tar.gz"}) {
        const TemporaryFolder folder;
        const std::vector<std::filesystem::path> files = unpacked(folder, collection);
        ::setenv("REF_PATH", folder.path().c_str(), 1);   // keeps HTSlib from asking a server for references of CRAM files
        std::size_t read = 0;
        for (const std::filesystem::path& file : files) {
            INFO(file.string());
            CHECK_NOTHROW(read += failure_of(file.string()).empty());
            CHECK_NOTHROW(failure_of_reference(file.string()));
        }
        ::unsetenv("REF_PATH");
        if (!files.empty()) CHECK(read >= files.size() / 50);
    }
}
