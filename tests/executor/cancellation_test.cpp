#include "weft/executor/cancellation.hpp"

#include <catch2/catch.hpp>

#include "weft/model/error.hpp"

using namespace weft;

TEST_CASE("a token that belongs to nobody is never cancelled", "[executor]") {
    const CancellationToken token;
    CHECK_FALSE(token.requested());
    CHECK(token.flag() == nullptr);
    CHECK(token.reason().empty());
    CHECK_NOTHROW(token.throw_if_requested());
}

TEST_CASE("a request reaches all descendants, keeps its first reason, and never goes up", "[executor]") {
    CancellationSource run;
    CancellationSource task(run.token());
    CancellationSource sub(task.token());
    const CancellationToken token = sub.token();
    task.request("timeout");
    CHECK_FALSE(run.token().requested());
    CHECK(token.requested());
    CHECK(token.flag()->load());
    run.request("Ctrl-C");
    CHECK(token.reason() == "timeout");
    CHECK(run.token().reason() == "Ctrl-C");
    CHECK_THROWS_WITH(token.throw_if_requested(), "timeout");
    CHECK_THROWS_AS(token.throw_if_requested(), Cancelled);
}

TEST_CASE("a child of a cancelled parent is born cancelled; children that are gone are forgotten", "[executor]") {
    CancellationSource run;
    for (int i = 0; i < 10'000; ++i) CancellationSource(run.token());
    run.request("over");
    const CancellationSource late(run.token());
    CHECK(late.token().reason() == "over");
}
