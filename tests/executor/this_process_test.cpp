#include "weft/executor/this_process.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

using namespace weft;

TEST_CASE("the living are told from the dead", "[executor]") {
    CHECK(process_is_alive(::getpid()));
    CHECK(process_is_alive(1));   // alive, whoever owns it
    CHECK_FALSE(process_is_alive(0));
    CHECK_FALSE(process_is_alive(-1));
    const pid_t child = ::fork();
    if (child == 0) ::_exit(0);
    REQUIRE(::waitpid(child, nullptr, 0) == child);
    CHECK_FALSE(process_is_alive(child));
}

TEST_CASE("this machine has a name on one line", "[executor]") {
    CHECK_FALSE(host_name().empty());
    CHECK(host_name().find_first_of(" \n/") == std::string::npos);
}
