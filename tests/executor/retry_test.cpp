#include "weft/executor/retry.hpp"

#include <catch2/catch.hpp>
#include <new>
#include <stdexcept>
#include <system_error>

#include "weft/executor/child_process.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using namespace std::chrono_literals;

TEST_CASE("pauses grow by their factor up to the cap", "[executor]") {
    const RetryPolicy policy{.max = 5, .backoff = 500ms, .factor = 2, .cap = 3s};
    CHECK(policy.pause(1) == 500ms);
    CHECK(policy.pause(2) == 1s);
    CHECK(policy.pause(3) == 2s);
    CHECK(policy.pause(4) == 3s);
    CHECK(policy.pause(400) == 3s);
}

TEST_CASE("only named failures are tried again, and so often", "[executor]") {
    const RetryPolicy policy{.max = 2, .on = {Failure::io}};
    CHECK(policy.again(Failure::io, 1));
    CHECK(policy.again(Failure::io, 2));
    CHECK_FALSE(policy.again(Failure::io, 3));
    CHECK_FALSE(policy.again(Failure::error, 1));
    CHECK_FALSE(RetryPolicy{}.again(Failure::io, 1));
}

TEST_CASE("exceptions have their class", "[executor]") {
    CHECK(failure_of(std::make_exception_ptr(std::bad_alloc())) == Failure::memory);
    CHECK(failure_of(std::make_exception_ptr(SystemError{{"f", "full", ""}})) == Failure::io);
    CHECK(failure_of(std::make_exception_ptr(std::system_error(std::make_error_code(std::errc::io_error)))) == Failure::io);
    CHECK(failure_of(std::make_exception_ptr(FormatError{{"f", "bad", ""}})) == Failure::error);
    CHECK(failure_of(std::make_exception_ptr(7)) == Failure::error);
    CHECK(failure_of(std::make_exception_ptr(ProcessKilled{{"p", "killed", ""}, 11})) == Failure::signal);
    CHECK(failure_of(std::make_exception_ptr(ProcessOutOfMemory{{"p", "no memory", ""}, 9})) == Failure::memory);
    CHECK(name_of(Failure::timeout) == "timeout");
}
