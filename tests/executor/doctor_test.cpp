// Runs that never were, each with one pitfall, and one without.
#include "weft/executor/doctor.hpp"

#include <catch2/catch.hpp>

#include "support/run_logs.hpp"

using namespace weft;
using namespace weft::test;

namespace {

std::vector<StageHead> load_and_align() {
    return {{.name = "load", .kind = "load"}, {.name = "align", .kind = "align", .needs = {"load"}}};
}

std::string chunk(int number) { return "align/" + std::to_string(number); }

/// Two threads that are busy all the time, for 10 s.
RunLog healthy() {
    RunLog log(load_and_align());
    log.run.head.memory = 8'000'000'000;
    log.task("load", 0, 200).started("align", 200, 200);
    for (int i = 0; i < 196; ++i) log.task(chunk(i), 200 + 100.0 * (i / 2), 300 + 100.0 * (i / 2), 200);
    log.ended("align", 10'010);
    for (int at = 250; at <= 10'000; at += 250) log.sample(at, at == 250 ? 120 : 195, 1'000'000'000);
    return log.end("done", 0, 10'010);
}

RunLog tiny_tasks() {
    RunLog log(load_and_align());
    log.task("load", 0, 100).started("align", 100, 100);
    for (int i = 0; i < 4'000; ++i) log.task(chunk(i), 100 + 0.5 * i, 100.08 + 0.5 * i, 100 + 0.5 * i);
    return log.ended("align", 2'101).end("done", 0, 2'101);
}

RunLog one_download_at_a_time() {
    RunLog log(load_and_align(), 4);
    log.run.head.limits = {{"downloads", 1}};
    log.run.head.stages[1].demand.named = {{"downloads", 1}};
    log.task("load", 0, 100).started("align", 100, 100);
    for (int i = 0; i < 20; ++i) log.task(chunk(i), 100 + 200.0 * i, 300 + 200.0 * i, 100);
    return log.ended("align", 4'101).end("done", 0, 4'101);
}

RunLog little_memory() {
    RunLog log(load_and_align(), 4);
    log.run.head.memory = 2'000'000'000;
    log.run.head.stages[1].demand.memory = 1'500'000'000;
    log.task("load", 0, 100).started("align", 100, 100);
    for (int i = 0; i < 20; ++i) log.task(chunk(i), 100 + 200.0 * i, 300 + 200.0 * i, 100);
    return log.ended("align", 4'101).end("done", 0, 4'101);
}

RunLog one_long_task() {
    RunLog log(load_and_align(), 4);
    log.task("load", 0, 100).started("align", 100, 100).task(chunk(0), 100, 6'100, 100);
    for (int i = 1; i < 31; ++i) log.task(chunk(i), 100 + 100.0 * ((i - 1) / 3), 200 + 100.0 * ((i - 1) / 3), 100);
    return log.ended("align", 6'101).end("done", 0, 6'101);
}

RunLog long_tail() {
    RunLog log({{.name = "align"}, {.name = "merge", .needs = {"align"}}, {.name = "report", .needs = {"merge"}}}, 4);
    log.started("align", 0);
    for (int i = 0; i < 80; ++i) log.task(chunk(i), 100.0 * (i / 4), 100 + 100.0 * (i / 4), 0);
    log.ended("align", 2'000).task("merge", 2'000, 6'000).task("report", 6'000, 6'500);
    return log.end("done", 0, 6'500);
}

RunLog slow_disk() {
    RunLog log = healthy();
    for (ResourceSample& sample : log.run.samples) {
        sample.cpu_percent = 40;
        sample.read_bytes = static_cast<std::uint64_t>(sample.at.count()) * 100;
    }
    return log;
}

RunLog crowded_machine() {
    RunLog log = healthy();
    for (ResourceSample& sample : log.run.samples) {
        sample.cpu_percent = 60;
        sample.crowded_percent = 130;
    }
    return log;
}

RunLog few_tasks() {
    RunLog log({{.name = "a"}, {.name = "b"}}, 8);
    for (int i = 0; i < 40; ++i)
        log.task("a/" + std::to_string(i), 100.0 * i, 100 + 100.0 * i).task("b/" + std::to_string(i), 100.0 * i, 100 + 100.0 * i);
    return log.end("done", 0, 4'000);
}

RunLog swapping() {
    RunLog log = healthy();
    for (ResourceSample& sample : log.run.samples) sample.swapped = 300'000'000;
    log.run.peak_memory = 7'900'000'000;
    return log;
}

RunLog flaky() {
    RunLog log = healthy();
    for (int i = 0; i < 12; ++i) {
        log.started("align/flaky" + std::to_string(i), 9'900)
            .retrying("align/flaky" + std::to_string(i), 9'901, i < 8 ? "disk: gone" : "timeout");
        log.started("align/flaky" + std::to_string(i), 9'902, {}, 2).ended("align/flaky" + std::to_string(i), 9'903);
    }
    return log;
}

bool has(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("doctor_test: each pitfall is named, with its place, its numbers and what to change", "[executor]") {
    struct Row {
        RunLog log;
        Pitfall pitfall;
        const char *place, *numbers, *change;
    };
    const Row rows[] = {
        {tiny_tasks(), Pitfall::little_work_per_task, "align",
         "4,000 tasks, half of them shorter than 0.08 ms; 8 % of the threads' time was work", "`chunk: large`"},
        {one_download_at_a_time(), Pitfall::shared_bottleneck, "downloads", "for 93 % of the run it was used up",
         "raise `limits: { downloads: 1 }`"},
        {little_memory(), Pitfall::shared_bottleneck, "memory", "most of them of stage 'align'",
         "`memory: 2.0 GB` lets 1 task of stage 'align' run at a time, which ask for 1.5 GB"},
        {one_long_task(), Pitfall::imbalance, "align", "'align/0' took 6.0 s, 20.7 times the mean of 31 tasks (0.3 s)", "`chunk: small`"},
        {long_tail(), Pitfall::serial_stretch, "merge",
         "for 69 % of the run one task ran alone, 4.0 s of that in stage 'merge' and 4.5 s at the end", "split stage 'merge'"},
        {slow_disk(), Pitfall::io_wait, "align",
         "wanted a processor for 20 % of the time, the least in stage 'align'; 100.0 MB/s were read", "`kind: io`"},
        {crowded_machine(), Pitfall::crowded_processors, "", "for 65 % of the time that tasks ran they stood in line", "nobody else uses"},
        {few_tasks(), Pitfall::idle_threads, "", "threads had nothing to do for 75 % of the time: 2.0 of 8 were busy on average",
         "`threads: 2`"},
        {swapping(), Pitfall::memory_pressure, "", "7.9 GB at most of a budget of 8.0 GB; 300.0 MB were moved out", "`memory:`"},
        {flaky(), Pitfall::retries, "align", "12 further attempts, 12 ms of work lost; 8 times because of: disk: gone",
         "`retry.on` of stage 'align'"},
    };
    for (const Row& row : rows) {
        const std::vector<Finding> findings = diagnose(row.log.run);
        CAPTURE(name_of(row.pitfall), doctor_text(row.log.run));
        REQUIRE(findings.size() == 1);   // and nothing else
        CHECK(findings[0].pitfall == row.pitfall);
        CHECK(findings[0].place == row.place);
        CHECK(has(findings[0].numbers, row.numbers));
        CHECK(has(findings[0].change, row.change));
        CHECK(findings[0].seconds <= std::chrono::duration<double>(row.log.run.end).count());
    }
}

TEST_CASE("a healthy run has no findings, nor has a short one or one that never began", "[executor]") {
    CHECK(diagnose(healthy().run).empty());
    CHECK(doctor_text(healthy().run) == "nothing stands out: none of the known pitfalls held this run up\n");
    RunLog brief({{.name = "a"}}, 8);
    CHECK(diagnose(brief.task("a", 0, 900).run).empty());
    CHECK(diagnose({}).empty());
}

TEST_CASE("other programs do not count as waiting, nor do stages that are said to sleep", "[executor]") {
    RunLog external = slow_disk();
    external.run.head.stages[1].external = true;
    CHECK(diagnose(external.run).empty());
    RunLog sleeping = slow_disk();
    sleeping.run.head.stages[1].blocking = true;
    for (const Finding& finding : diagnose(sleeping.run)) CHECK(finding.pitfall != Pitfall::io_wait);
}

TEST_CASE("several pitfalls come in the order of what they cost", "[executor]") {
    RunLog log = long_tail();
    log.run.peak_memory = 100;
    log.run.head.memory = 100;
    const std::vector<Finding> findings = diagnose(log.run);
    REQUIRE(findings.size() == 2);
    CHECK(findings[0].pitfall == Pitfall::serial_stretch);
    CHECK(findings[0].seconds == Approx(4.5 * 3 / 4));
    CHECK(findings[1].pitfall == Pitfall::memory_pressure);
    const std::string text = doctor_text(log.run);
    CHECK(text.starts_with("1. long serial stretch: merge\n   seen    for 69 % of the run"));
    CHECK(has(text, "\n   cost    3.4 s at most\n   change  split stage 'merge'"));
    CHECK(has(text, "\n2. memory pressure\n   seen    100 B at most of a budget of 100 B\n   change  "));
}
