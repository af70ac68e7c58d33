#include "failure_list.hpp"

#include <filesystem>
#include <fstream>
#include <system_error>

#include <fmt/format.h>

#include "weft/bytes/output_file.hpp"

namespace weft {
namespace {

constexpr const char* head = "feature\trank\treason";

}  // namespace

std::string usual_failure_list(const std::string& output) { return is_stream_target(output) ? "" : output + ".failures.tsv"; }

void write_failure_list(const std::string& path, std::span<const FailedFeature> failures) {
    OutputFile list{path};
    list.write(fmt::format("{}\n", head));
    for (const FailedFeature& failure : failures) list.write(fmt::format("{}\t{}\t{}\n", failure.name, failure.number, failure.message));
    list.commit();
}

void remove_failure_list(const std::string& path) {
    std::error_code ignored;   // there is none, or it may not be removed
    if (!std::filesystem::is_regular_file(path, ignored)) return;
    std::string first;
    std::getline(std::ifstream{path}, first);
    if (first == head) std::filesystem::remove(path, ignored);
}

}  // namespace weft
