#include "weft/executor/run_document.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "support/run_logs.hpp"

using namespace weft;
using namespace weft::test;
using nlohmann::json;

namespace {

RunLog example() {
    RunLog log({{.name = "load", .kind = "load"},
                {.name = "align", .kind = "align", .needs = {"load"}},
                {.name = "lift", .kind = "lift", .needs = {"align"}}});
    log.run.head.memory = 8'000'000'000;
    log.task("load", 0, 1.5, 0).started("align", 2, 1.5).task("align/chunk 1", 2, 9, 2).log("align/chunk 1", 3, "</script>\"\xff");
    log.started("align/chunk 2", 3)
        .ended("align/chunk 2", 5, TaskStatus::failed, "genes.fa:7: bad")
        .ended("align", 10, TaskStatus::failed, "genes.fa:7: bad");
    log.ended("lift", 10, TaskStatus::skipped, "task 'align' failed", "align").sample(4, 150.25, 1'000'000).sample(8, 50, 3'000'000);
    log.run.reused.insert("load");
    log.end("partial", 3, 12.345);
    return log;
}

}  // namespace

TEST_CASE("the document has the form that the report page reads", "[executor]") {
    RunDocumentParts parts{.rerun = "weft run p.yaml"};
    parts.config = {{"align.preset", "ont", "file"}};
    parts.inputs = {{"features", "genes.fa", "00ff", 1'234}};
    parts.versions = {{"weft", "0.1.0"}, {"htslib", "1.16"}};
    parts.throughput = {{"below 1 kb", 10, 5'000, 0.5}};
    parts.failures = {{"align", "YAL001C", "no seed", "genes.fa:9"}, {"align", "YAL002C", "no seed", ""}};
    parts.further_failures = 40;
    const json document = json::parse(run_json(example().run, parts));
    const json expected = json::parse(R"json({
        "weft_run": 1, "pipeline": "p", "status": "partial", "exit_code": 3, "command": "weft run p.yaml",
        "started": "2026-11-25T12:00:00Z",
        "wall_ms": 12.345, "threads": 2, "memory_budget": 8000000000, "peak_memory": 3000000,
        "stages": [
            {"name": "load", "kind": "load", "status": "reused", "needs": [], "ready_ms": 0.0, "begin_ms": 0.0, "end_ms": 1.5, 
             "attempts": 1, "sub_tasks": 0, "critical": true},
            {"name": "align", "kind": "align", "status": "failed", "needs": ["load"], "ready_ms": 1.5, "begin_ms": 2.0, "end_ms": 10.0,
             "attempts": 1,
             "sub_tasks": 2, "critical": true, "reason": "genes.fa:7: bad", "log_tail": ["</script>\"�"], "rerun": "weft run p.yaml"},
            {"name": "lift", "kind": "lift", "status": "skipped", "needs": ["align"], "attempts": 0, "sub_tasks": 0, "critical": true,
             "reason": "task 'align' failed", "cause": "align", "rerun": "weft run p.yaml"}],
        "tasks": [
            {"name": "load", "stage": "load", "lane": 0, "begin_ms": 0.0, "end_ms": 1.5, "status": "done"},
            {"name": "align/chunk 1", "stage": "align", "lane": 0, "begin_ms": 2.0, "end_ms": 9.0, "status": "done"},
            {"name": "align/chunk 2", "stage": "align", "lane": 1, "begin_ms": 3.0, "end_ms": 5.0, "status": "failed"},
            {"name": "align (after its sub-tasks)", "stage": "align", "lane": 0, "begin_ms": 9.0, "end_ms": 10.0, "status": "failed"}],
        "tasks_total": 4,
        "slowest": [{"name": "align/chunk 1", "ms": 7.0}, {"name": "align/chunk 2", "ms": 2.0}, {"name": "load", "ms": 1.5},
                    {"name": "align (after its sub-tasks)", "ms": 1.0}],
        "running": [[0.0, 1], [1.5, 0], [2.0, 1], [3.0, 2], [5.0, 1], [10.0, 0]],
        "resources": [[4.0, 150.3, 1000000], [8.0, 50.0, 3000000]],
        "throughput": [{"size_class": "below 1 kb", "features": 10, "bases": 5000, "seconds": 0.5}],
        "failures": [
            {"stage": "align", "reason": "genes.fa:7: bad"}, {"stage": "align", "reason": "genes.fa:7: bad", "where": "align/chunk 2"},
            {"stage": "align", "feature": "YAL001C", "reason": "no seed", "where": "genes.fa:9"},
            {"stage": "align", "feature": "YAL002C", "reason": "no seed"}],
        "failures_total": 44,
        "config": [{"key": "align.preset", "value": "ont", "origin": "file"}],
        "inputs": [{"name": "features", "path": "genes.fa", "digest": "00ff", "bytes": 1234}],
        "versions": {"weft": "0.1.0", "htslib": "1.16"}})json");
    for (const auto& [key, value] : expected.items()) {
        CAPTURE(key);
        CHECK(document[key].dump(1) == value.dump(1));
    }
    CHECK(document.size() == expected.size());
    CHECK(run_json(example().run, parts) == run_json(example().run, parts));
}

TEST_CASE("a run that was killed has a document too", "[executor]") {
    RunLog log({{.name = "a"}, {.name = "b", .needs = {"a"}}});
    log.started("a", 0).started("a/1", 0).log("a", 7, "x");
    const json document = json::parse(run_json(log.run, {.rerun = "again"}));
    CHECK(document["status"] == "killed");
    CHECK_FALSE(document.contains("exit_code"));
    CHECK_FALSE(document.contains("memory_budget"));
    CHECK(document["stages"][0]["status"] == "cancelled");
    CHECK(document["stages"][0]["reason"] == "the run was killed while it ran");
    CHECK(document["stages"][0]["end_ms"] == 7);
    CHECK(document["stages"][1]["status"] == "waiting");
    CHECK(document["stages"][1]["rerun"] == "again");
    CHECK(document["tasks"][0]["status"] == "cancelled");
}

TEST_CASE("lists are cut: the longest tasks stay, in the order of time", "[executor]") {
    RunLog log;
    for (int i = 0; i < 6'000; ++i) log.task("s/" + std::to_string(i), i, i + (i % 6 == 0 ? 0.25 : 0.5));
    for (int i = 0; i < 12'000; ++i) log.sample(i, i < 6'000 ? 100 : 50, static_cast<std::uint64_t>(i));
    RunDocumentParts parts;
    parts.failures.resize(1'500);
    const json document = json::parse(run_json(log.run, parts));
    REQUIRE(document["tasks"].size() == 5'000);
    CHECK(document["tasks_total"] == 6'000);
    CHECK(document["tasks"][0]["name"] == "s/1");
    CHECK(document["tasks"][4'999]["name"] == "s/5999");
    CHECK(document["slowest"].size() == 20);
    CHECK(document["running"].size() == 5'000);
    CHECK(document["resources"].size() == 4'000);
    CHECK(document["resources"][0] == json::parse("[2.0, 100.0, 2]"));
    CHECK(document["failures"].size() == 1'000);
    CHECK(document["failures_total"] == 1'500);
}
