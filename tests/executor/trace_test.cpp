#include "weft/executor/trace.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "support/run_logs.hpp"

using namespace weft;
using namespace weft::test;
using nlohmann::json;

namespace {

RunLog busy_run() {
    std::mt19937 random(3);
    RunLog log({{.name = "load", .kind = "load"}, {.name = "align \"<fast>\"", .kind = "align", .needs = {"load"}}});
    log.task("load", 0, 4).started("align \"<fast>\"", 5, 4).log("load", 3, "line\nbreak");
    for (int i = 0; i < 300; ++i) {
        const double begin = 10 + static_cast<double>(random() % 100), length = static_cast<double>(random() % 20);
        log.task("align \"<fast>\"/" + std::to_string(i), begin, begin + length, 5);
    }
    log.started("align \"<fast>\"/flaky", 20).retrying("align \"<fast>\"/flaky", 25, "disk").started("align \"<fast>\"/flaky", 30, 20, 2);
    log.ended("align \"<fast>\"/flaky", 35).ended("align \"<fast>\"", 150).sample(50, 180, 1 << 20).sample(100, 20, 1 << 21);
    return log.end("done", 0, 151);
}

}  // namespace

TEST_CASE("trace_schema_test: a trace keeps to the Trace Event Format", "[executor]") {
    const std::string text = trace_json(busy_run().run);
    const json trace = json::parse(text);
    REQUIRE(trace.is_object());
    REQUIRE(trace["traceEvents"].is_array());
    CHECK(trace["displayTimeUnit"] == "ms");
    CHECK(trace["otherData"]["pipeline"] == "p");

    using Lane = std::pair<int, int>;
    std::map<std::string, int> phases;
    std::map<Lane, std::vector<std::pair<std::int64_t, std::int64_t>>> spans;
    std::set<Lane> named;
    for (const json& event : trace["traceEvents"]) {
        CAPTURE(event.dump());
        const auto phase = event.at("ph").get<std::string>();
        ++phases[phase];
        REQUIRE(event.at("name").is_string());
        const Lane lane{event.at("pid").get<int>(), event.at("tid").get<int>()};
        REQUIRE(event.at("args").is_object());
        if (phase == "M") {
            const auto what = event["name"].get<std::string>();
            REQUIRE((what == "process_name" || what == "thread_name" || what == "process_sort_index" || what == "thread_sort_index"));
            REQUIRE((what.ends_with("_name") ? event["args"].at("name").is_string() : event["args"].at("sort_index").is_number_integer()));
            if (what == "thread_name") named.insert(lane);
            continue;
        }
        REQUIRE(event.at("ts").is_number_integer());
        REQUIRE(event["ts"] >= 0);
        if (phase == "X") {
            REQUIRE(event.at("dur").is_number_integer());
            REQUIRE(event["dur"] >= 0);
            REQUIRE(event.at("cat").is_string());
            const auto begin = event["ts"].get<std::int64_t>();
            spans[lane].emplace_back(begin, begin + event["dur"].get<std::int64_t>());
        } else if (phase == "C") {
            REQUIRE(event["args"].size() == 1);
            REQUIRE(event["args"].begin()->is_number());
        } else {
            REQUIRE(phase == "i");
            REQUIRE(event.at("s") == "t");
        }
    }
    CHECK(phases["X"] == 2 + 1 + 2 + 302);   // stages, load itself, align before and after, its sub-tasks
    CHECK(phases["i"] == 2);
    CHECK(phases["C"] > 4);
    for (auto& [lane, list] : spans) {
        CHECK(named.contains(lane));
        std::sort(list.begin(), list.end());
        for (std::size_t i = 1; i < list.size(); ++i) REQUIRE(list[i - 1].second <= list[i].first);
    }
    CHECK(text == trace_json(busy_run().run));
}

TEST_CASE("names and times of a trace are those of the run", "[executor]") {
    RunLog log(std::vector<StageHead>{{.name = "a", .kind = "k"}});
    log.started("a", 1, 0.25).ended("a", 3, TaskStatus::failed, "why").sample(2, 150, 77);
    const json trace = json::parse(trace_json(log.run));
    std::vector<json> found;
    for (const json& event : trace["traceEvents"])
        if (event["ph"] != "M") found.push_back(event);
    REQUIRE(found.size() == 7);
    CHECK(found[0] == json::parse(R"({"ph":"X","pid":1,"tid":1,"name":"a","cat":"stage","ts":1000,"dur":2000,
                                      "args":{"status":"failed","kind":"k","critical":true,"attempts":1,"sub-tasks":0,"reason":"why"}})"));
    CHECK(found[1] == json::parse(R"({"ph":"X","pid":2,"tid":1,"name":"a","cat":"a","ts":1000,"dur":2000,
                                      "args":{"status":"failed","attempt":1,"waited us":750}})"));
    CHECK(found[2] == json::parse(R"({"ph":"C","pid":3,"tid":0,"name":"running tasks","ts":0,"args":{"tasks":0}})"));
    CHECK(found[3] == json::parse(R"({"ph":"C","pid":3,"tid":0,"name":"running tasks","ts":1000,"args":{"tasks":1}})"));
    CHECK(found[5] == json::parse(R"({"ph":"C","pid":3,"tid":0,"name":"CPU %","ts":2000,"args":{"percent":150.0}})"));
    CHECK(found[6] == json::parse(R"({"ph":"C","pid":3,"tid":0,"name":"memory","ts":2000,"args":{"bytes":77}})"));
}

TEST_CASE("the trace of a run without tasks is a trace", "[executor]") { CHECK(json::parse(trace_json({}))["traceEvents"].is_array()); }
