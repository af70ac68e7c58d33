#include "weft/executor/event_log.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <thread>

#include "support/executor_tasks.hpp"
#include "support/temporary_folder.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using namespace weft::test;
using namespace std::chrono_literals;

namespace {

std::string work_of(const TemporaryFolder& folder) { return folder.path().string(); }
std::string log_of(const TemporaryFolder& folder) { return event_log_path(work_of(folder)); }

/// "align:started align/1:ended ..."
std::string story(const RunEvents& run, TaskEventKind without = TaskEventKind::progress) {
    constexpr const char* kinds[] = {"started", "progress", "log", "retrying", "ended"};
    std::string text;
    for (const LoggedEvent& event : run.events)
        if (event.kind != without)
            text += (text.empty() ? "" : " ") + run.names[event.task] + ":" + kinds[static_cast<std::size_t>(event.kind)];
    return text;
}

/// Waits until a log has what is looked for; false after 10 s.
template <class Condition>
bool soon(const std::string& path, Condition condition) {
    for (int i = 0; i < 1'000; ++i) {
        if (condition(read_event_log(path))) return true;
        std::this_thread::sleep_for(10ms);
    }
    return false;
}

}  // namespace

TEST_CASE("what the executor tells is in the log, in its order for each task", "[executor]") {
    const TemporaryFolder folder;
    const RunHead head{.pipeline = "p", .threads = 1, .stages = {{.name = "load"}, {.name = "align", .needs = {"load"}}}};
    EventLog log(work_of(folder), head);
    HierarchicalExecutor executor({.threads = 1, .events = log.sink()});
    executor.add("load", [&](TaskContext& task) {
        task.log("a \"line\"\nand another");
        log.reused("load");
    });
    executor.add("align", [](TaskContext& task) {
        for (int i = 0; i < 3; ++i)
            task.spawn(std::to_string(i), [i](TaskContext& sub) {
                for (std::uint64_t done = 1; done <= 1'000; ++done) sub.progress(done, 1'000);
                if (i == 1 && sub.attempt() == 1) throw SystemError{{"disk", "gone", ""}};
            });
    }, {"load"}, {.retry = {.max = 1, .backoff = 1ms}});
    const ExecutionReport report = executor.execute();
    log.finish("done", report.exit_code());
    log.finish("failed", 1);   // too late

    const RunEvents run = read_event_log(log_of(folder));
    CHECK(run.status == "done");
    CHECK(run.exit_code == 0);
    CHECK(run.reused == std::set<std::string>{"load"});
    CHECK(run.damaged_lines == 0);
    CHECK(run.peak_memory > 1'000'000);
    CHECK(log.problem().empty());
    CHECK(story(run).starts_with(
        "load:started load:log load:ended align:started align/0:started align/0:ended align/1:started align/1:retrying"));
    CHECK(story(run).ends_with("align/1:ended align:ended"));
    std::uint64_t last = 0;
    for (const LoggedEvent& event : run.events) {
        if (event.kind == TaskEventKind::log) CHECK(event.text == "a \"line\"\nand another");
        if (event.kind == TaskEventKind::retrying) CHECK(event.text == "disk: gone");
        if (event.kind == TaskEventKind::started) CHECK(event.ready <= event.at);
        if (event.kind == TaskEventKind::ended) CHECK(event.status == TaskStatus::done);
        if (event.kind == TaskEventKind::progress && run.names[event.task] == "align/2") last = event.progress.done;
    }
    CHECK(last == 1'000);   // the end of a sub-task does not overtake its progress
    CHECK(run.end <= report.wall + 10s);
    // 3,000 reports of progress come as few lines.
    CHECK(std::count_if(run.events.begin(), run.events.end(),
                        [](const LoggedEvent& event) { return event.kind == TaskEventKind::progress; }) < 100);
}

TEST_CASE("lines come while the run goes on, and samples with them", "[executor]") {
    const TemporaryFolder folder;
    EventLog log(work_of(folder), {});
    const EventSink sink = log.sink();
    sink({.kind = TaskEventKind::started, .task = "s/1"});
    CHECK(soon(log_of(folder), [](const RunEvents& run) { return !run.events.empty(); }));
    CHECK(soon(log_of(folder), [](const RunEvents& run) { return run.samples.size() >= 2; }));
    const RunEvents run = read_event_log(log_of(folder));
    CHECK(run.status == "killed");   // so far
    CHECK(run.samples[0].resident > 0);
    CHECK(run.samples[1].at - run.samples[0].at >= 200ms);
}

TEST_CASE("the end of a stage is written at once", "[executor]") {
    const TemporaryFolder folder;
    EventLog log(work_of(folder), {});
    const EventSink sink = log.sink();
    std::chrono::steady_clock::duration least = 1h;
    for (int i = 0; i < 5 && least >= 50ms; ++i) {   // the machine may be busy once
        const std::string name = "s" + std::to_string(i);
        std::this_thread::sleep_for(20ms);
        const auto begin = std::chrono::steady_clock::now();
        sink({.kind = TaskEventKind::ended, .task = name, .status = TaskStatus::done});
        while (content_of(log_of(folder)).find("\"" + name + "\"") == std::string::npos) std::this_thread::sleep_for(1ms);
        least = std::min(least, std::chrono::steady_clock::now() - begin);
    }
    CHECK(least < 50ms);
}

TEST_CASE("the log of the run before is kept, that of the one before it is not", "[executor]") {
    const TemporaryFolder folder;
    for (const char* pipeline : {"first", "second", "third"}) EventLog(work_of(folder), {.pipeline = pipeline}).finish("done", 0);
    CHECK(read_event_log(log_of(folder)).head.pipeline == "third");
    CHECK(read_event_log(previous_event_log_path(work_of(folder))).head.pipeline == "second");
    CHECK(folder.entries() == 2);
}

TEST_CASE("threads that report at the same time do not tear each other's lines", "[executor]") {
    const TemporaryFolder folder;
    EventLog log(work_of(folder), {});
    const EventSink sink = log.sink();
    constexpr int threads = 4, events = 5'000;
    std::vector<std::thread> running;
    for (int t = 0; t < threads; ++t)
        running.emplace_back([&, t] {
            const std::string task = "stage/" + std::string(static_cast<std::size_t>(t) * 200, 'x') + std::to_string(t);
            for (int i = 0; i < events; ++i) {
                sink({.kind = TaskEventKind::started, .task = task, .attempt = i + 1, .time = std::chrono::microseconds(i)});
                sink({.kind = TaskEventKind::progress, .task = task, .progress = {static_cast<std::uint64_t>(i), 0}});
                sink({.kind = TaskEventKind::ended, .task = task, .status = TaskStatus::failed, .attempt = i + 1, .text = "why"});
            }
        });
    for (std::thread& thread : running) thread.join();
    log.finish("failed", 1);
    const RunEvents run = read_event_log(log_of(folder));
    CHECK(run.damaged_lines == 0);
    CHECK(run.exit_code == 1);
    std::vector<int> next(threads, 1);
    for (const LoggedEvent& event : run.events) {
        if (event.kind == TaskEventKind::started) REQUIRE(event.attempt == next[event.task]);
        if (event.kind == TaskEventKind::ended) REQUIRE(event.attempt == next[event.task]++);
    }
    CHECK(next == std::vector<int>(threads, events + 1));
}

TEST_CASE("a run that is killed leaves a log that can be read", "[executor]") {
    const TemporaryFolder folder;
    const pid_t child = ::fork();
    if (child == 0) {
        EventLog log(work_of(folder), {.pipeline = "p"});
        const EventSink sink = log.sink();
        for (int i = 0;; ++i) sink({.kind = TaskEventKind::ended, .task = "s" + std::to_string(i), .status = TaskStatus::done});
    }
    while (!std::filesystem::exists(log_of(folder)) || std::filesystem::file_size(log_of(folder)) < 100'000)
        std::this_thread::sleep_for(1ms);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    const RunEvents run = read_event_log(log_of(folder));
    CHECK(run.status == "killed");
    CHECK(run.head.pipeline == "p");
    CHECK(run.damaged_lines == 0);
    CHECK(run.events.size() > 100);
}

TEST_CASE("a disk that refuses the log ends the log, not the run", "[executor]") {
    const TemporaryFolder folder;
    const pid_t child = ::fork();
    if (child == 0) {
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{10'000, 10'000};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        EventLog log(work_of(folder), {.pipeline = "p"});
        const EventSink sink = log.sink();
        for (int i = 0; i < 10'000; ++i) sink({.kind = TaskEventKind::ended, .task = "s" + std::to_string(i), .status = TaskStatus::done});
        log.finish("done", 0);
        ::_exit(log.problem().find("events.jsonl: cannot write") != std::string::npos ? 7 : 8);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 7);
    const RunEvents run = read_event_log(log_of(folder));
    CHECK(run.status == "killed");   // nobody could write that it was not
    CHECK(run.events.size() > 10);
    CHECK_THROWS_AS(EventLog(folder / "missing", {}), SystemError);
}
