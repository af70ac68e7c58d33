#include "weft/executor/run_timeline.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "support/run_logs.hpp"

using namespace weft;
using namespace weft::test;

namespace {

/// "load 0-10 lane 0; align/1 10-20 lane 0"
std::string spans(const RunTimeline& timeline) {
    std::string text;
    for (const WorkSpan& span : timeline.spans)
        text += (text.empty() ? "" : "; ") + span.name + " " + std::to_string(span.begin.count() / 1'000) + "-" +
                std::to_string(span.end.count() / 1'000) + " lane " + std::to_string(span.lane) + (span.again ? " again" : "");
    return text;
}

const StageTime& stage(const RunTimeline& timeline, const std::string& name) {
    return *std::find_if(timeline.stages.begin(), timeline.stages.end(), [&](const StageTime& one) { return one.plan.name == name; });
}

}  // namespace

TEST_CASE("stages, their sub-tasks and their own work are laid out without being counted twice", "[executor]") {
    RunLog log({{.name = "merge", .needs = {"align"}}, {.name = "align", .needs = {"load"}}, {.name = "load"}});
    log.task("load", 0, 10).started("align", 10, 10).task("align/1", 15, 40, 12).started("align/2", 15).ended("align/2", 30);
    log.task("align/3", 30, 35)
        .log("align/3", 33, "half")
        .progress("align", 34, 3, 3)
        .ended("align", 45)
        .started("merge", 50, 45)
        .ended("merge", 60);
    const RunTimeline timeline = timeline_of(log.end("done", 0, 61).run);
    CHECK(spans(timeline) ==
          "load 0-10 lane 0; align (before its sub-tasks) 10-15 lane 0; align/2 15-30 lane 0; align/1 15-40 lane 1; align/3 30-35 lane 0; "
          "align (after its sub-tasks) 40-45 lane 0; merge 50-60 lane 0");
    CHECK(timeline.stages[0].plan.name == "load");
    CHECK(timeline.stages[2].plan.name == "merge");
    CHECK(timeline.lanes == 2);
    CHECK(timeline.end == Microseconds(61'000));
    const StageTime& align = stage(timeline, "align");
    CHECK(align.status == "done");
    CHECK(align.sub_tasks == 3);
    CHECK(*align.begin == Microseconds(10'000));
    CHECK(*align.end == Microseconds(45'000));
    CHECK(align.progress.done == 3);
    CHECK(align.log_tail == std::vector<std::string>{"half"});
    CHECK(*stage(timeline, "merge").ready == Microseconds(45'000));
    CHECK(timeline.stages[timeline.spans[2].stage].plan.name == "align");
}

TEST_CASE("each attempt is a span, and a stage lasts from its first to its last", "[executor]") {
    RunLog log(std::vector<StageHead>{{.name = "a"}});
    log.started("a", 0).task("a/1", 2, 5).started("a/2", 2).retrying("a/2", 3, "disk: gone").started("a/2", 4, 2, 2).ended("a/2", 6);
    log.retrying("a", 6, "disk: gone").started("a", 10, 0, 2).task("a/1", 12, 14).ended("a", 20);
    const RunTimeline timeline = timeline_of(log.run);
    CHECK(
        spans(timeline) ==
        "a (before its sub-tasks) 0-2 lane 0; a/2 2-3 lane 0 again; a/1 2-5 lane 1; a/2 4-6 lane 0; a (before its sub-tasks) 10-12 lane 0; "
        "a/1 12-14 lane 0; a (after its sub-tasks) 14-20 lane 0");
    CHECK(timeline.stages[0].attempts == 2);
    CHECK(timeline.stages[0].retries == 2);
    CHECK(timeline.stages[0].length() == Microseconds(20'000));
    CHECK(timeline.spans[1].ready);
    CHECK_FALSE(timeline.spans[3].ready);   // it waited because it had failed
}

TEST_CASE("what was not over when the log ends lasts to its end", "[executor]") {
    RunLog log({{.name = "a"}, {.name = "b", .needs = {"a"}}});
    log.started("a", 0).started("a/1", 5).log("a", 9, "x");
    const RunTimeline timeline = timeline_of(log.run);
    CHECK(spans(timeline) == "a (before its sub-tasks) 0-5 lane 0; a/1 5-9 lane 0");
    CHECK(timeline.spans[1].status == TaskStatus::running);
    CHECK(stage(timeline, "a").status == "running");
    CHECK(*stage(timeline, "a").end == Microseconds(9'000));
    CHECK(stage(timeline, "b").status == "waiting");
    CHECK_FALSE(stage(timeline, "b").begin);
}

TEST_CASE("how stages ended, and why", "[executor]") {
    RunLog log({{.name = "a"}, {.name = "b", .needs = {"a"}}, {.name = "c"}, {.name = "d"}});
    log.task("c", 0, 1).started("a", 0).ended("a/1", 2, TaskStatus::failed, "no").ended("a", 3, TaskStatus::failed, "truncated");
    log.ended("b", 3, TaskStatus::skipped, "task 'a' failed", "a").ended("d", 4, TaskStatus::cancelled, "SIGINT");
    log.run.reused.insert("c");
    const RunTimeline timeline = timeline_of(log.run);
    CHECK(stage(timeline, "a").status == "failed");
    CHECK(stage(timeline, "a").reason == "truncated");
    CHECK(stage(timeline, "a").failed_sub_tasks == 1);
    CHECK(stage(timeline, "b").status == "skipped");
    CHECK(stage(timeline, "b").cause == "a");
    CHECK_FALSE(stage(timeline, "b").end);
    CHECK(stage(timeline, "c").status == "reused");
    CHECK(stage(timeline, "d").status == "cancelled");
    CHECK(spans(timeline) == "c 0-1 lane 0; a 0-3 lane 1");
}

TEST_CASE("the critical path is that of the measured times", "[executor]") {
    RunLog log({{.name = "load"},
                {.name = "slow", .needs = {"load"}},
                {.name = "fast", .needs = {"load"}},
                {.name = "end", .needs = {"fast", "slow"}}});
    log.task("load", 0, 10).task("fast", 10, 12).task("slow", 10, 50).task("end", 50, 51);
    const RunTimeline timeline = timeline_of(log.run);
    CHECK(timeline.critical_path == std::vector<std::string>{"load", "slow", "end"});
    CHECK(stage(timeline, "slow").critical);
    CHECK_FALSE(stage(timeline, "fast").critical);
}

TEST_CASE("tasks belong to the stage with the longest name that fits; unknown ones make a stage", "[executor]") {
    RunLog log({{.name = "lift"}, {.name = "lift[a/b]"}});
    log.task("lift/b", 0, 1).task("lift[a/b]/c", 1, 2).task("other/1/2", 2, 3).task("lifted", 3, 4);
    const RunTimeline timeline = timeline_of(log.run);
    std::string seen;
    for (const WorkSpan& span : timeline.spans) seen += timeline.stages[span.stage].plan.name + " ";
    CHECK(seen == "lift lift[a/b] other lifted ");
    CHECK(timeline.stages.size() == 4);
}

TEST_CASE("in any run lanes do not overlap and the curve of running tasks adds up", "[executor]") {
    std::mt19937 random(7);
    for (int round = 0; round < 50; ++round) {
        RunLog log;
        std::int64_t area = 0;
        for (int task = 0; task < 200; ++task) {
            const double begin = static_cast<double>(random() % 1'000), length = static_cast<double>(1 + random() % 50);
            log.task("s/" + std::to_string(task), begin, begin + length);
            area += static_cast<std::int64_t>(length * 1'000);
        }
        const RunTimeline timeline = timeline_of(log.run);
        std::vector<Microseconds> free(static_cast<std::size_t>(timeline.lanes));
        for (const WorkSpan& span : timeline.spans) {
            REQUIRE(free[static_cast<std::size_t>(span.lane)] <= span.begin);
            free[static_cast<std::size_t>(span.lane)] = span.end;
        }
        const auto exact = running_curve(timeline, 10'000);
        std::int64_t sum = 0, most = 0;
        for (std::size_t i = 0; i + 1 < exact.size(); ++i) {
            sum += exact[i].second * (exact[i + 1].first - exact[i].first).count();
            most = std::max(most, exact[i].second);
        }
        REQUIRE(sum == area);
        REQUIRE(most == timeline.lanes);
        REQUIRE(exact.back().second == 0);
        const auto means = running_curve(timeline, 20);
        REQUIRE(means.size() == 20);
        std::int64_t rough = 0;
        for (const auto& [at, count] : means) rough += count * timeline.end.count() / 20;
        REQUIRE(std::abs(rough - sum) <= timeline.end.count() / 2 + 20);   // each mean is rounded by at most a half
    }
}
