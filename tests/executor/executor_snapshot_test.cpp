#include "weft/executor/executor_snapshot.hpp"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "support/executor_tasks.hpp"
#include "weft/executor/hierarchical_executor.hpp"

using namespace weft;
using namespace weft::test;
using namespace std::chrono_literals;

namespace {

std::string text_of(const ExecutorSnapshot& snapshot) {
    std::string text;
    for (const auto& task : snapshot.running)
        text += task.name + " runs" + (task.waits_for.empty() ? "" : " and waits for " + task.waits_for) + "; ";
    for (const auto& task : snapshot.ready)
        text += task.name + " is ready" + (task.lacks.empty() ? "" : " and lacks " + task.lacks[0]) + "; ";
    for (const auto& task : snapshot.waiting) text += task.name + " waits for " + task.waits_for[0] + "; ";
    return text;
}

}  // namespace

TEST_CASE("a snapshot shows who runs, who lacks what, and who waits for whom", "[executor]") {
    std::atomic<int> inside{0};
    std::atomic<bool> go{false};
    const auto stay = [&](TaskContext&) {
        ++inside;
        while (!go) std::this_thread::sleep_for(1ms);
    };
    HierarchicalExecutor executor({.threads = 3, .resources = {.memory = 100, .named = {{"gpu", 1}}}});
    executor.add("split", [&](TaskContext& task) {
        task.spawn("a", stay);
        task.spawn("b", stay);
    }, {}, {.demand = {.memory = 60}, .priority = 2});
    executor.add("gpu 1", stay, {}, {.demand = {.named = {{"gpu", 1}}}, .priority = 1});
    executor.add("gpu 2", stay, {}, {.demand = {.named = {{"gpu", 1}}}});
    executor.add("end", [](TaskContext&) {}, {"split", "gpu 1"});
    CHECK(text_of(executor.snapshot()).empty());

    std::string seen;
    std::thread looking([&] {
        for (int i = 0; i < 10'000 && (inside < 2 || executor.snapshot().ready.size() < 2); ++i) std::this_thread::sleep_for(1ms);
        seen = text_of(executor.snapshot());
        go = true;
    });
    CHECK(executor.execute().exit_code() == 0);
    looking.join();
    for (const char* part : {"split/a runs; ", "gpu 1 runs; ", "split/b is ready and lacks 60 bytes of memory (40 of 100 free); ",
                             "gpu 2 is ready and lacks 1 gpu (0 of 1 free); ", "end waits for split; "}) {
        CAPTURE(seen, part);
        CHECK(seen.find(part) != std::string::npos);
    }
    CHECK(text_of(executor.snapshot()).empty());
}

TEST_CASE("who waits for a handle is seen, and only while it waits", "[executor]") {
    std::atomic<bool> go{false}, waited{false};
    HierarchicalExecutor executor({.threads = 2});
    const auto slow = executor.add("slow", [&](TaskContext&) {
        while (!go) std::this_thread::sleep_for(1ms);
    });
    executor.add("impatient", [&](TaskContext&) {
        CHECK_FALSE(slow.wait_for(1ms));
        slow.wait();
        waited = true;
        std::this_thread::sleep_for(50ms);
    });
    bool seen = false, seen_after = false;
    std::thread looking([&] {
        const auto waits = [&] {
            const ExecutorSnapshot snapshot = executor.snapshot();
            return std::any_of(snapshot.running.begin(), snapshot.running.end(),
                               [](const auto& task) { return task.name == "impatient" && task.waits_for == "slow"; });
        };
        for (int i = 0; i < 10'000 && !seen; ++i) {
            seen = waits();
            std::this_thread::sleep_for(1ms);
        }
        go = true;
        while (!waited) std::this_thread::sleep_for(1ms);
        seen_after = waits();
    });
    executor.execute();
    looking.join();
    CHECK(seen);
    CHECK_FALSE(seen_after);
}

TEST_CASE("a deadlock is when all that runs waits and nothing can start", "[executor]") {
    ExecutorSnapshot snapshot;
    CHECK_FALSE(snapshot.is_deadlock());
    snapshot.running = {{.name = "a", .waits_for = "b"}};
    snapshot.ready = {{.name = "b", .lacks = {"1 cpu (0 of 1 free)"}}};
    CHECK(snapshot.is_deadlock());
    snapshot.running.push_back({.name = "c"});
    CHECK_FALSE(snapshot.is_deadlock());   // it may give its tokens to b
    snapshot.running.pop_back();
    snapshot.ready.push_back({.name = "d"});
    CHECK_FALSE(snapshot.is_deadlock());
    snapshot.ready.clear();
    CHECK_FALSE(snapshot.is_deadlock());   // b pauses before another attempt
    snapshot.ready = {{.name = "b/1", .lacks = {"1 cpu (0 of 1 free)"}}};
    CHECK(snapshot.is_deadlock());
    snapshot.ready.clear();
    snapshot.waiting = {{.name = "b", .waits_for = {"a"}}};
    CHECK(snapshot.is_deadlock());
}
