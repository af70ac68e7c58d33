#include "weft/executor/progress_lines.hpp"

#include <catch2/catch.hpp>

#include "weft/model/utf8.hpp"

using namespace weft;
using namespace std::chrono_literals;

namespace {

/// A run with a clock that stands still between events.
struct Story {
    ProgressLines lines;
    std::chrono::nanoseconds now{};

    std::string tell(std::chrono::nanoseconds at, TaskEvent event) {
        now = event.time = at;
        return lines.add(event);
    }
    std::string started(std::chrono::nanoseconds at, const char* task) { return tell(at, {.kind = TaskEventKind::started, .task = task}); }
    std::string progress(std::chrono::nanoseconds at, const char* task, std::uint64_t done, std::uint64_t total = 0) {
        return tell(at, {.kind = TaskEventKind::progress, .task = task, .progress = {done, total}});
    }
    std::string ended(std::chrono::nanoseconds at, const char* task, TaskStatus status = TaskStatus::done, const char* why = "") {
        return tell(at, {.kind = TaskEventKind::ended, .task = task, .status = status, .text = why});
    }
    std::vector<std::string> running(std::chrono::nanoseconds at, std::size_t width = 100, std::size_t most = 9) const {
        return lines.running(at, width, most);
    }
};

ProgressOptions live() { return {.live = true, .stages = {"load", "align"}, .units = {{"align", "features"}}}; }
ProgressOptions plain() { return {.stages = {"load", "align"}, .units = {{"align", "features"}}}; }

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a running stage tells how much of what is done, how fast, and what is left", "[executor]") {
    Story story{ProgressLines(live())};
    CHECK(story.started(0s, "load").empty());
    CHECK(story.running(0s) == Lines{"load   0 s"});
    CHECK(story.running(3s) == Lines{"load   3.0 s"});
    story.started(1s, "align");
    story.progress(1s, "align", 0, 10'000);
    CHECK(story.running(3s) == Lines{"load   3.0 s", "align    0 %  0 of 10,000 features"});
    story.progress(3s, "align", 3'200, 10'000);
    CHECK(story.running(3s) == Lines{"load   3.0 s", "align   32 %  3,200 of 10,000 features, 1,600/s, 4.2 s left"});
    story.progress(1'500ms, "align", 40, 10'000);
    CHECK(story.running(1'500ms)[1] == "align    0 %  40 of 10,000 features, 80/s");   // too early to tell what is left
    story.progress(201s, "align", 500, 10'000);
    CHECK(story.running(201s)[1] == "align    5 %  500 of 10,000 features, 2.5/s, 1:03:20 left");
    story.progress(202s, "align", 10'000, 10'000);
    CHECK(story.running(202s)[1] == "align  100 %  10,000 of 10,000 features, 50/s");
    story.progress(203s, "load", 7);   // of nobody knows how many
    CHECK(story.running(203s)[0] == "load   7, 0.03/s");
}

TEST_CASE("a stage that ended gives a line that stays", "[executor]") {
    struct Row {
        TaskStatus status;
        const char* why;
        std::uint64_t done;
        const char* expected;
    };
    const Row rows[] = {
        {TaskStatus::done, "", 10'000, "align  done       10,000 features in 4.2 s (2,381/s)\n"},
        {TaskStatus::done, "", 0, "align  done       in 4.2 s\n"},
        {TaskStatus::failed, "genes.fa:7: bad\nbase", 120,
         "align  failed     after 4.2 s and 120 features: genes.fa:7: bad\xEF\xBF\xBD"
         "base\n"},
        {TaskStatus::cancelled, "SIGINT", 0, "align  cancelled  after 4.2 s: SIGINT\n"},
    };
    for (const Row& row : rows) {
        Story story{ProgressLines(live())};
        story.started(1s, "align");
        story.progress(2s, "align", row.done, 10'000);
        CHECK(story.ended(5'200ms, "align", row.status, row.why) == row.expected);
        CHECK(story.running(6s).empty());
    }
    Story story{ProgressLines(live())};
    CHECK(story.ended(1s, "align", TaskStatus::skipped, "task 'load' failed") == "align  skipped    task 'load' failed\n");
    story.started(1s, "load");
    story.lines.reused("load");
    CHECK(story.ended(1'001ms, "load") == "load   reused\n");
}

TEST_CASE("sub-tasks are counted, or what they count", "[executor]") {
    Story story{ProgressLines(live())};
    story.started(0s, "load");
    story.started(0s, "load/1");
    story.started(0s, "load/2");
    CHECK(story.running(2s) == Lines{"load   2 running, 2.0 s"});
    story.ended(2s, "load/1");
    CHECK(story.running(2s) == Lines{"load   1 task, 1 running, 2.0 s"});
    story.ended(3s, "load/2", TaskStatus::failed, "no");
    CHECK(story.running(3s) == Lines{"load   2 tasks, 3.0 s"});
    CHECK(story.ended(4s, "load") == "load   done       2 tasks in 4.0 s, 1 task failed\n");

    story.started(10s, "align");
    story.progress(10s, "align", 0, 1'000);   // the stage knows how many there are, its sub-tasks do them
    for (const char* task : {"align/1", "align/2", "align/3"}) story.started(10s, task);
    story.progress(12s, "align/1", 100, 100);
    story.progress(12s, "align/2", 50, 100);
    story.progress(12s, "align/3", 30, 100);
    story.ended(12s, "align/1");
    CHECK(story.running(12s) == Lines{"align   18 %  180 of 1,000 features, 90/s, 9.1 s left"});
    story.tell(13s, {.kind = TaskEventKind::retrying, .task = "align/3", .text = "disk"});   // it will begin anew
    CHECK(story.running(13s)[0].starts_with("align   15 %  150 of"));
    story.ended(14s, "align/2", TaskStatus::failed, "no");
    CHECK(story.running(14s)[0].starts_with("align   10 %  100 of"));
}

TEST_CASE("a stage that is tried again begins anew", "[executor]") {
    Story story{ProgressLines(plain())};
    CHECK(story.started(0s, "align") == "align  started\n");
    story.progress(1s, "align", 500, 1'000);
    CHECK(story.tell(2s, {.kind = TaskEventKind::retrying, .task = "align", .text = "disk: gone"}) ==
          "align  is tried again after attempt 1: disk: gone\n");
    CHECK(story.tell(3s, {.kind = TaskEventKind::started, .task = "align", .attempt = 2}).empty());
    story.progress(4s, "align", 10, 1'000);
    CHECK(story.running(4s).front().starts_with("align    1 %  10 of 1,000"));
    CHECK(story.running(4s).size() == 1);
}

TEST_CASE("without a terminal there is a line when a stage starts, now and then one on its progress, and one at its end", "[executor]") {
    Story story{ProgressLines(plain())};
    CHECK(story.started(0s, "load") == "load   started\n");
    CHECK(story.started(0s, "align") == "align  started\n");
    CHECK(story.lines.due(20s).empty());   // nothing has changed
    story.progress(5s, "align", 100, 1'000);
    CHECK(story.lines.due(9s).empty());
    CHECK(story.lines.due(10s) == "align  10 %  100 of 1,000 features, 10/s, 1:30 left\n");
    CHECK(story.lines.due(11s).empty());
    story.progress(12s, "align", 200, 1'000);
    story.ended(12s, "load/1");
    CHECK(story.lines.due(19s) == "load   1 task, 19 s\n");
    CHECK(story.lines.due(20s) == "align  20 %  200 of 1,000 features, 10/s, 1:20 left\n");
    CHECK(story.lines.due(100s).empty());
    CHECK(story.ended(101s, "align") == "align  done       200 features in 1:41 (2.0/s)\n");
    Story on_terminal{ProgressLines(live())};
    on_terminal.started(0s, "align");
    on_terminal.progress(5s, "align", 100, 1'000);
    CHECK(on_terminal.lines.due(100s).empty());
}

TEST_CASE("colours are for terminals that want them", "[executor]") {
    ProgressOptions options = live();
    options.colour = true;
    Story story{ProgressLines(options)};
    story.started(0s, "load");
    CHECK(story.ended(1s, "load") == "load   \033[32mdone\033[0m       in 1.0 s\n");
    CHECK(story.ended(1s, "align", TaskStatus::failed, "no") == "align  \033[31mfailed\033[0m     no\n");
}

TEST_CASE("no line is wider than the terminal, and there are not more than fit", "[executor]") {
    ProgressOptions options{.live = true};
    for (int i = 0; i < 20; ++i)
        options.stages.push_back("lift[酵母-" + std::to_string(i) + "-" + std::string(static_cast<std::size_t>(i) * 3, 'x') + "]");
    Story story{ProgressLines(options)};
    for (const std::string& name : options.stages) {
        story.started(0s, name.c_str());
        story.progress(0s, name.c_str(), 12'345, 123'456);
    }
    for (const std::size_t width : {0, 1, 5, 20, 40, 79, 200})
        for (const std::size_t most : {0, 1, 2, 12, 20, 30}) {
            const Lines lines = story.running(60s, width, most);
            CHECK(lines.size() == std::min<std::size_t>(most, 20));
            for (const std::string& line : lines) CHECK(display_width(line) <= width);
        }
    CHECK(story.running(60s, 100, 12).back() == "and 9 more");
    CHECK(story.running(60s, 200, 20).back().ends_with("10 %  12,345 of 123,456, 206/s, 9:00 left"));
}
