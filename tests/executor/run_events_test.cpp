#include "weft/executor/run_events.hpp"

#include <catch2/catch.hpp>

#include "support/temporary_folder.hpp"
#include "weft/executor/event_log.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using weft::test::content_of;
using weft::test::TemporaryFolder;

namespace {

const std::string head = R"({"weft_events":1,"pipeline":"p"})" "\n";

RunEvents read(const TemporaryFolder& folder, const std::string& content) { return read_event_log(folder.file("events.jsonl", content)); }

}  // namespace

TEST_CASE("a plan is read as it was written", "[executor]") {
    const TemporaryFolder folder;
    const RunHead written{.pipeline = "yeast \"genes\"",
                          .command = "weft run 'my yeast.yaml'",
                          .started = "2026-11-25T12:00:00Z",
                          .threads = 4,
                          .memory = 8'000'000'000,
                          .io = 3,
                          .limits = {{"downloads", 2}, {"gpu", 1}},
                          .stages = {{.name = "load", .kind = "load", .demand = {.cpu = 0, .io = 1}, .blocking = true},
                                     {.name = "lift[S/1]",
                                      .kind = "lift",
                                      .needs = {"load"},
                                      .demand = {.cpu = 2, .memory = 1'000, .named = {{"gpu", 1}}},
                                      .external = true}}};
    EventLog(folder.path().string(), written).finish("partial", 3);
    const RunEvents run = read_event_log(folder / "events.jsonl");
    CHECK(run.head.pipeline == written.pipeline);
    CHECK(run.head.command == written.command);
    CHECK(run.head.started == written.started);
    CHECK(run.head.threads == 4);
    CHECK(run.head.memory == written.memory);
    CHECK(run.head.io == 3);
    CHECK(run.head.limits == written.limits);
    REQUIRE(run.head.stages.size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
        CHECK(run.head.stages[i].name == written.stages[i].name);
        CHECK(run.head.stages[i].kind == written.stages[i].kind);
        CHECK(run.head.stages[i].needs == written.stages[i].needs);
        CHECK(run.head.stages[i].demand == written.stages[i].demand);
        CHECK(run.head.stages[i].blocking == written.stages[i].blocking);
        CHECK(run.head.stages[i].external == written.stages[i].external);
    }
    CHECK(run.status == "partial");
    CHECK(run.exit_code == 3);
}

TEST_CASE("a log is read as far as it goes, wherever it was cut", "[executor]") {
    const TemporaryFolder folder;
    const std::string first = R"({"at":5,"event":"started","task":"a","ready":3})" "\n";
    const std::string second = R"({"at":90,"event":"ended","task":"a","status":"done"})" "\n";
    for (std::size_t size = 0; size < second.size(); ++size) {
        const RunEvents run = read(folder, head + first + second.substr(0, size));
        REQUIRE(run.events.size() == 1);
        REQUIRE(run.status == "killed");
        REQUIRE(run.damaged_lines == 0);
        REQUIRE(run.end.count() == 5);
    }
    const RunEvents run = read(folder, head + first + second);
    REQUIRE(run.events.size() == 2);
    CHECK(run.events[0].ready.count() == 3);
    CHECK(run.events[1].status == TaskStatus::done);
    CHECK(run.end.count() == 90);
    CHECK(run.names == std::vector<std::string>{"a"});
}

TEST_CASE("lines that make no sense are counted and passed over, those of later versions only passed over", "[executor]") {
    const TemporaryFolder folder;
    const std::string damaged[] = {"",
                                   "{",
                                   "[]",
                                   "7",
                                   R"({"event":"started","task":"a"})",
                                   R"({"at":"x","event":"started","task":"a"})",
                                   R"({"at":1,"event":"started"})",
                                   R"({"at":1,"event":"started","task":1})",
                                   R"({"at":1,"event":"ended","task":"a","status":"running"})",
                                   R"({"at":1,"event":"ended","task":"a"})",
                                   R"({"at":1,"event":"progress","task":"a"})",
                                   R"({"at":1,"event":"end","exit_code":0})",
                                   R"({"at":1,"event":"end","status":"done"})",
                                   R"({"at":1,"event":"sample","cpu":"x","rss":1})"};
    for (const std::string& line : damaged) {
        CAPTURE(line);
        const RunEvents run = read(folder, head + line + "\n" + R"({"at":7,"event":"log","task":"b","text":"x"})" + "\n");
        CHECK(run.damaged_lines == 1);
        CHECK(run.events.size() == 1);
        CHECK(run.status == "killed");
    }
    const RunEvents later = read(folder, head + R"({"at":7,"event":"moved","task":"b"})"
                                                "\n"
                                                R"({"at":8,"event":"log","task":"b","text":"x","colour":"red"})"
                                                "\n");
    CHECK(later.damaged_lines == 0);
    CHECK(later.events.size() == 1);
}

TEST_CASE("what is no log is refused", "[executor]") {
    const TemporaryFolder folder;
    struct Row {
        std::string content, message;
    };
    const Row rows[] = {
        {"", "is not the log of a run"},
        {R"({"weft_events":1})", "is not the log of a run"},   // its first line has no end
        {">chrI\nACGT\n", "is not the log of a run"},
        {"{\"at\":1}\n", "is not the log of a run"},
        {"{\"weft_events\":2}\n", "is of version 2, known is 1"},
        {"{\"weft_events\":1,\"threads\":\"x\"}\n", "has a damaged first line"},
        {"{\"weft_events\":1,\"stages\":[{}]}\n", "has a damaged first line"},
    };
    for (const Row& row : rows) CHECK_THROWS_WITH(read(folder, row.content), Catch::Contains("events.jsonl: " + row.message));
    CHECK_THROWS_AS(read_event_log(folder / "missing.jsonl"), SystemError);
}
