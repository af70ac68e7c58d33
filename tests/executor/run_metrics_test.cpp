#include "weft/executor/run_metrics.hpp"

#include <catch2/catch.hpp>

#include "support/run_logs.hpp"

using namespace weft;
using namespace weft::test;

namespace {

RunLog example() {
    RunLog log({{.name = "load", .kind = "load", .blocking = true},
                {.name = "align", .kind = "align", .needs = {"load"}},
                {.name = "end", .needs = {"align"}}});
    log.task("load", 0, 1'000).started("align", 1'000, 1'000);
    for (int i = 0; i < 98; ++i) log.task("align/" + std::to_string(i), 1'000 + 50 * (i / 2), 1'050 + 50 * (i / 2), 1'000);
    log.started("align/bad", 3'500, 1'000).retrying("align/bad", 3'600, "disk").started("align/bad", 3'600, {}, 2);
    log.ended("align/bad", 3'700, TaskStatus::failed, "disk").ended("align", 4'000, TaskStatus::failed, "disk");
    log.ended("end", 4'000, TaskStatus::skipped, "task 'align' failed", "align");
    log.sample(1'000, 10, 1'000'000).sample(4'000, 160, 2'000'000);
    return log.end("partial", 3, 4'000);
}

}  // namespace

TEST_CASE("health_test: the figures of a run are those of its tasks", "[executor]") {
    const RunMetrics metrics = metrics_of(example().run);
    CHECK(metrics.seconds == Approx(4));
    CHECK(metrics.busy == Approx(98 * 0.05 + 0.2 + 0.3));   // not load, which sleeps; align itself at its end
    CHECK(metrics.utilisation == Approx((98 * 0.05 + 0.5) / 8));
    CHECK(metrics.cpu_seconds == Approx(0.1 + 4.8));
    CHECK(metrics.peak_memory == 2'000'000);
    CHECK(metrics.stage_statuses == std::map<std::string, std::uint64_t>{{"done", 1}, {"failed", 1}, {"skipped", 1}});
    CHECK(metrics.task_statuses == std::map<std::string, std::uint64_t>{{"done", 99}, {"failed", 1}});   // the first attempt is no task
    CHECK(metrics.retries == 1);
    CHECK(metrics.tasks_per_second == Approx(99.0 / 4));
    CHECK(metrics.failed_share == Approx(0.01));
    CHECK(metrics.most_running == 2);
    CHECK(metrics.mean_running == Approx((98 * 0.05 + 0.5 + 1) / 4));
    CHECK(metrics.critical_path == std::vector<std::string>{"load", "align", "end"});
    CHECK(metrics.critical_seconds == Approx(4));
    REQUIRE(metrics.slowest.size() == 20);
    CHECK(metrics.slowest[0].first == "load");
    CHECK(metrics.slowest[1].first == "align/bad");
    CHECK(metrics.stages[1].longest == Approx(0.1));
    CHECK(metrics.stages[1].task_count() == 99);
}

TEST_CASE("waiting is from when a task could start to when it did, first attempts only", "[executor]") {
    const WaitingTimes waiting = metrics_of(example().run).stages[1].waiting;
    CHECK(waiting.total == 100);   // align itself at once, two tasks each at 0, 50, 100 ... 2400 ms, and the bad one at 2500
    CHECK(waiting.median == Approx(1.2));
    CHECK(waiting.percentile_99 == Approx(2.4));
    CHECK(waiting.longest == Approx(2.5));
    CHECK(waiting.sum == Approx(49 * 24 * 0.05 * 2 + 2.5));
    CHECK(waiting.counts[0] == 3);       // within 10 us
    CHECK(waiting.counts[4] == 2 * 2);   // 10 to 100 ms
    CHECK(waiting.counts[5] == 18 * 2);
    CHECK(waiting.counts[6] == 2 * 28 + 1);
}

TEST_CASE("the figures fit a screen", "[executor]") {
    const std::string text = metrics_text(metrics_of(example().run));
    INFO(text);
    CHECK(text.starts_with("run            p: partial in 4.0 s, 2 threads\n"
                           "stages         1 done, 1 failed, 1 skipped\n"
                           "tasks          99 done, 1 failed; 24.8 done per second, 1 % failed, 1 tried again\n"
                           "threads        busy 67 %; tasks running: 1.6 on average, 2 at most\n"
                           "processors     4.9 s of processor time, 61 % of what the threads could use\n"
                           "memory         2.0 MB at most\n"
                           "waiting        half of the tasks started within 1.2 s of when they could, 99 % within 2.4 s, all within 2.5 s\n"
                           "critical path  4.0 s, 100 % of the run: load -> align -> end\n"
                           "\n"
                           "stage  status    time   busy  tasks  longest  half waited  99 % waited\n"
                           "load   done     1.0 s  1.0 s      1    1.0 s          0 s          0 s\n"
                           "align  failed   3.0 s  5.4 s     99    0.1 s        1.2 s        2.4 s\n"
                           "end    skipped    0 s    0 s      0      0 s          0 s          0 s\n"
                           "\n"
                           "slowest tasks     time\n"));
    CHECK(metrics_text(metrics_of({})).starts_with("run      : killed in 0 s, 0 threads\n"));
}
