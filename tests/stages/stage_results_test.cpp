#include "weft/stages/stage_results.hpp"

#include <catch2/catch.hpp>
#include <thread>
#include <vector>

using namespace weft;

namespace {

Pipeline pipeline_of(const std::vector<std::string>& names) {
    Pipeline pipeline;
    for (const std::string& name : names) pipeline.stages.push_back({.name = name, .base = name, .kind = "run"});
    return pipeline;
}

}  // namespace

TEST_CASE("of a stage the newest result counts, and one that was given out stays as it was", "[stages]") {
    const Pipeline pipeline = pipeline_of({"a", "b"});
    StageResults results(pipeline);
    CHECK(results.find("a") == nullptr);
    results.add({.stage = "a", .folder = "first"});
    const StageResult* const before = results.find("a");
    results.add({.stage = "a", .folder = "second"});
    results.add({.stage = "b"});
    REQUIRE(before != nullptr);
    CHECK(before->folder == "first");
    CHECK(results.find("a")->folder == "second");
}

TEST_CASE("settings of a stage are found by its name", "[stages]") {
    const Pipeline pipeline = pipeline_of({"a", "b[1]"});
    const StageResults results(pipeline);
    CHECK(results.config_of("b[1]") == &pipeline.stages[1]);
    CHECK(results.config_of("b") == nullptr);
}

TEST_CASE("the last attempt of a stage is remembered", "[stages]") {
    const Pipeline pipeline = pipeline_of({"a"});
    StageResults results(pipeline);
    CHECK_FALSE(results.attempt_of("a"));
    results.attempt("a", {.key = ContentKey({.stage = "x"}), .task = "a", .attempt = 1});
    results.attempt("a", {.key = ContentKey({.stage = "x"}), .task = "a", .attempt = 2});
    REQUIRE(results.attempt_of("a"));
    CHECK(results.attempt_of("a")->attempt == 2);
}

TEST_CASE("results are found while others are added", "[stages]") {
    std::vector<std::string> names;
    for (int i = 0; i < 2'000; ++i) names.push_back("s" + std::to_string(i));
    const Pipeline pipeline = pipeline_of(names);
    StageResults results(pipeline);
    std::size_t wrong = 0;
    std::thread reader([&] {
        for (const std::string& name : names) {
            const StageResult* result = nullptr;
            while (result == nullptr) result = results.find(name);
            wrong += result->folder != "of " + name;
        }
    });
    for (const std::string& name : names) results.add({.stage = name, .folder = "of " + name});
    reader.join();
    CHECK(wrong == 0);
}
