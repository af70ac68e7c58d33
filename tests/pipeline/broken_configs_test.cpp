// Every file in broken/ with what weft says about it: broken/NAME.yaml and, word for word, broken/NAME.txt.
// To accept new words, run with WEFT_ACCEPT=1 and look at the difference.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <vector>

#include "support/example_stage_kinds.hpp"
#include "support/temporary_folder.hpp"
#include "weft/pipeline/read_pipeline.hpp"

using namespace weft;

namespace {

std::vector<std::filesystem::path> broken_files() {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(WEFT_SOURCE_DIR "/tests/pipeline/broken"))
        if (entry.path().extension() == ".yaml") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

std::string complaint_about(const std::filesystem::path& file) {
    try {
        read_pipeline_text(test::content_of(file), file.filename(), test::example_schema());
    } catch (const ConfigError& error) {
        return std::string(error.what()) + "\n";
    }
    return "nothing is wrong\n";
}

}  // namespace

TEST_CASE("every broken pipeline gets its messages, with line and column", "[pipeline]") {
    const std::vector<std::filesystem::path> files = broken_files();
    CHECK(files.size() >= 40);
    for (const std::filesystem::path& file : files) {
        INFO(file.filename());
        const std::filesystem::path expected = std::filesystem::path(file).replace_extension(".txt");
        const std::string complaint = complaint_about(file);
        if (std::getenv("WEFT_ACCEPT")) std::ofstream(expected, std::ios::binary) << complaint;
        CHECK(complaint == test::content_of(expected));
        CHECK(complaint.find("nothing was started") != std::string::npos);
    }
}
