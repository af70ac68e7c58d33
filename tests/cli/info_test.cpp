// weft info: what weft sees of the machine and of itself, as text and as JSON.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "support/run_program.hpp"
#include "support/temporary_folder.hpp"
#include "weft/bytes/this_machine.hpp"
#include "weft/kernel/target.hpp"

using namespace weft;
using namespace weft::test;
using Catch::Matchers::Contains;

namespace {

Outcome info(const std::vector<std::string>& words, std::map<std::string, std::string> environment = {}) {
    const TemporaryFolder folder;
    std::vector<std::string> arguments{"info"};
    arguments.insert(arguments.end(), words.begin(), words.end());
    Invocation invocation = weft_in(folder.path(), arguments);
    invocation.environment = std::move(environment);
    return run(invocation);
}

nlohmann::json json_of(std::map<std::string, std::string> environment = {}) {
    const Outcome outcome = info({"--json"}, std::move(environment));
    REQUIRE(outcome.exit_code == 0);
    CHECK(outcome.messages.empty());
    return nlohmann::json::parse(outcome.output);
}

nlohmann::json variable(const nlohmann::json& all, const std::string& name) {
    for (const nlohmann::json& row : all.at("environment"))
        if (row.at("name") == name) return row;
    return {};
}

}   // namespace

TEST_CASE("the text names version, target, threads, memory, libraries and features", "[cli]") {
    const Outcome outcome = info({});
    CHECK(outcome.exit_code == 0);
    CHECK(outcome.messages.empty());
    for (const char* word : {"weft ", "SIMD target", "threads ", "memory ", "temporary files", "htslib", "oneTBB", "yaml-cpp",
                             "libcurl", "lzma", "WEFT_THREADS"})
        CHECK_THAT(outcome.output, Contains(word));
}

TEST_CASE("the JSON is one object with what this process may use", "[cli]") {
    const nlohmann::json all = json_of({{"WEFT_TARGET", ""}});
    CHECK(all.at("weft_info") == 1);
    CHECK(all.at("threads").at("available") == available_threads());
    CHECK(all.at("threads").at("affinity") == machine_limits().affinity);
    CHECK(all.at("memory").at("available") == available_memory());
    CHECK(all.at("simd").at("in_use") == std::string(name_of(available_targets().back())));
    CHECK(all.at("simd").at("compiled").size() == compiled_targets().size());
    CHECK(all.at("libraries").contains("oneTBB"));
    CHECK(all.at("htslib").at("features").size() > 4);
}

TEST_CASE("threads follow the processors that the process is bound to", "[cli]") {
    const TemporaryFolder folder;
    Invocation bound = weft_in(folder.path(), {"info", "--json"});
    bound.words.insert(bound.words.begin(), {"taskset", "-c", "0"});
    const nlohmann::json all = nlohmann::json::parse(run(bound).output);
    CHECK(all.at("threads").at("available") == 1);
    CHECK(all.at("threads").at("affinity") == 1);
}

TEST_CASE("variables are told with their values, also those that nobody reads", "[cli]") {
    const nlohmann::json all = json_of({{"WEFT_TARGET", "scalar"}, {"WEFT_THRAEDS", "4"}, {"TMPDIR", "/"}});
    CHECK(all.at("simd").at("in_use") == "scalar");
    CHECK(variable(all, "WEFT_TARGET").at("value") == "scalar");
    CHECK(variable(all, "WEFT_TARGET").at("read") == true);
    CHECK_FALSE(variable(all, "WEFT_MEMORY").contains("value"));
    CHECK(variable(all, "WEFT_THRAEDS").at("read") == false);
    CHECK(all.at("temporary_folder").at("path") == "/");
    CHECK_THAT(info({}, {{"WEFT_THRAEDS", "4\n\x1b[31m"}}).output, Contains("no part of weft reads it") && !Contains("\x1b"));
}

TEST_CASE("a target that does not exist is refused with what there is", "[cli]") {
    const Outcome outcome = info({}, {{"WEFT_TARGET", "mmx"}});
    CHECK(outcome.exit_code == 2);
    CHECK_THAT(outcome.messages, Contains("'mmx' is not a target"));
}
