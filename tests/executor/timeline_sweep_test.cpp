#include "weft/executor/timeline_sweep.hpp"

#include <catch2/catch.hpp>

#include "support/run_logs.hpp"

using namespace weft;
using namespace weft::test;

TEST_CASE("a run is gone through stretch by stretch", "[executor]") {
    RunLog log({{.name = "a"}, {.name = "b", .needs = {"a"}}});
    log.task("a", 2, 10, 2).task("b/1", 12, 20, 10).task("b/2", 12, 15, 10).task("b/3", 15, 20, 10);
    std::string seen;
    sweep(timeline_of(log.end("done", 0, 25).run), [&](const Stretch& stretch) {
        seen += std::to_string(stretch.begin.count() / 1'000) + "-" + std::to_string(stretch.end.count() / 1'000) + ":";
        for (std::size_t stage = 0; stage < 2; ++stage)
            seen += " " + std::to_string(stretch.running[stage]) + "+" + std::to_string(stretch.waiting[stage]);
        seen += "; ";
    });
    CHECK(seen == "0-2: 0+0 0+0; 2-10: 1+0 0+0; 10-12: 0+0 0+3; 12-15: 0+0 2+1; 15-20: 0+0 2+0; 20-25: 0+0 0+0; ");
}
