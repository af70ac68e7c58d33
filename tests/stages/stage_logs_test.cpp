#include "weft/stages/stage_logs.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <thread>

#include "support/temporary_folder.hpp"

using namespace weft;
using namespace weft::test;

TEST_CASE("what a stage and its sub-tasks say stands in the log of the stage", "[stages]") {
    const TemporaryFolder folder;
    const WorkFolder work{folder / "work"};
    StageLogs logs(work);
    const EventSink sink = logs.sink();
    sink({.kind = TaskEventKind::started, .task = "align"});
    CHECK_FALSE(std::filesystem::exists(work.log_of("align")));   // nothing was said yet
    sink({.kind = TaskEventKind::log, .task = "align", .text = "begin"});
    sink({.kind = TaskEventKind::log, .task = "align/chunk 3", .text = "a line"});
    sink({.kind = TaskEventKind::progress, .task = "align", .progress = {1, 2}, .text = "no line"});
    sink({.kind = TaskEventKind::retrying, .task = "align/chunk 3", .attempt = 2, .text = "disk full"});
    sink({.kind = TaskEventKind::ended, .task = "align/chunk 3", .status = TaskStatus::done, .text = "no line"});
    sink({.kind = TaskEventKind::ended, .task = "align", .status = TaskStatus::failed, .text = "disk full"});
    sink({.kind = TaskEventKind::log, .task = "lift[a b]", .text = "other"});
    sink({.kind = TaskEventKind::ended, .task = "keep", .status = TaskStatus::skipped, .text = "task 'align' failed", .cause = "align"});
    sink({.kind = TaskEventKind::ended, .task = "sort", .status = TaskStatus::cancelled});
    CHECK(content_of(work.log_of("align")) == "begin\na line\nattempt 2 failed: disk full; it is tried again\nfailed: disk full\n");
    CHECK(content_of(work.log_of("lift[a b]")) == "other\n");
    CHECK(content_of(work.log_of("keep")) == "skipped: task 'align' failed\n");
    CHECK_FALSE(std::filesystem::exists(work.log_of("sort")));
}

TEST_CASE("a log replaces that of the run before, once its stage says something", "[stages]") {
    const TemporaryFolder folder;
    const WorkFolder work{folder / "work"};
    {
        StageLogs logs(work);
        for (const char* stage : {"align", "parse"}) logs.sink()({.kind = TaskEventKind::log, .task = stage, .text = "first run"});
    }
    StageLogs logs(work);
    logs.sink()({.kind = TaskEventKind::log, .task = "align", .text = "second run"});
    std::ofstream(work.log_of("align"), std::ios::app) << "output of a program\n";
    logs.sink()({.kind = TaskEventKind::log, .task = "align", .text = "end"});
    CHECK(content_of(work.log_of("align")) == "second run\noutput of a program\nend\n");
    CHECK(content_of(work.log_of("parse")) == "first run\n");
}

TEST_CASE("lines from several threads stay whole", "[stages]") {
    const TemporaryFolder folder;
    const WorkFolder work{folder / "work"};
    StageLogs logs(work);
    const EventSink sink = logs.sink();
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 4; ++thread)
        threads.emplace_back([&] {
            for (int i = 0; i < 200; ++i) sink({.kind = TaskEventKind::log, .task = "align/chunk", .text = std::string(100, 'x')});
        });
    threads.clear();
    std::string expected;
    for (int i = 0; i < 800; ++i) expected += std::string(100, 'x') + "\n";
    CHECK(content_of(work.log_of("align")) == expected);
}
