#include "weft/executor/held_threads.hpp"

#include <catch2/catch.hpp>

#include "support/run_logs.hpp"

using namespace weft;
using namespace weft::test;

namespace {

RunLog two_stages() {
    RunLog log({{.name = "a"}, {.name = "b"}, {.name = "idle", .needs = {"a"}}});
    log.task("a", 0, 2'000).task("b", 0, 1'000).sample(1'000, 150, 1).sample(2'000, 40, 1).sample(3'000, 20, 1).end("done", 0, 3'000);
    log.run.samples[1].crowded_percent = 25;
    return log;
}

HeldThreads held(const RunLog& log) { return held_threads(log.run, timeline_of(log.run)); }

}  // namespace

TEST_CASE("the time of threads is told apart by the samples", "[executor]") {
    const HeldThreads all = held(two_stages());
    CHECK(all.ran == Approx(2 + 1));   // nothing ran in the third second
    CHECK(all.worked == Approx(1.5 + 0.4));
    CHECK(all.crowded == Approx(0.25));
    REQUIRE(all.waited.size() == 3);
    CHECK(all.waited[0] == Approx(0.25 + 0.35));
    CHECK(all.waited[1] == Approx(0.25));
    CHECK(all.waited[2] == Approx(0).margin(1e-9));
}

TEST_CASE("what sleeps holds no thread, and what other programs do is not in the samples", "[executor]") {
    RunLog log = two_stages();
    log.run.head.stages[1].blocking = true;
    CHECK(held(log).ran == Approx(1 + 1));
    CHECK(held(log).worked == Approx(1 + 0.4));   // more than tasks ran on threads they cannot have worked
    log.run.head.stages[1] = {.name = "b", .external = true};
    CHECK(held(log).ran == Approx(1));
    CHECK(held(RunLog()).ran == 0);
}
