#include "weft/executor/run_lock.hpp"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cerrno>
#include <optional>

#include "support/temporary_folder.hpp"
#include "weft/executor/this_process.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using weft::test::TemporaryFolder;
using Catch::Matchers::Contains;

TEST_CASE("a second run fails at once and names the first", "[executor]") {
    const TemporaryFolder folder;
    std::optional<RunLock> first(folder.path().string());
    CHECK_THROWS_WITH(RunLock(folder.path().string()), Contains("lock: another run is at work here: process " + std::to_string(::getpid()) +
                                                                " on " + host_name() + "; wait for it"));
    CHECK_THROWS_AS(RunLock(folder.path().string()), SystemError);
    first.reset();
    CHECK_NOTHROW(RunLock(folder.path().string()));
    CHECK_NOTHROW(RunLock(folder.path().string()));
}

TEST_CASE("a killed run leaves no lock", "[executor]") {
    const TemporaryFolder folder;
    int ready[2];
    REQUIRE(::pipe(ready) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const RunLock lock(folder.path().string());
        (void)!::write(ready[1], "x", 1);
        for (;;) ::pause();
    }
    char letter = 0;
    REQUIRE(::read(ready[0], &letter, 1) == 1);
    CHECK_THROWS_WITH(RunLock(folder.path().string()), Contains("process " + std::to_string(child) + " on "));
    REQUIRE(::kill(child, SIGKILL) == 0);
    REQUIRE(::waitpid(child, nullptr, 0) == child);
    CHECK_NOTHROW(RunLock(folder.path().string()));
    ::close(ready[0]);
    ::close(ready[1]);
}

TEST_CASE("a missing work folder is named", "[executor]") {
    const TemporaryFolder folder;
    CHECK_THROWS_WITH(RunLock(folder / "missing"), Contains("missing/lock: cannot create"));
}

TEST_CASE("a file system without locks is refused with advice", "[executor]") {
    for (const int error_number : {ENOLCK, ENOSYS, EOPNOTSUPP}) {
        CHECK_THROWS_WITH(throw_lock_error("nfs/lock", error_number, ""), Contains("nfs/lock: the file system") && Contains("--no-lock"));
    }
    CHECK_THROWS_WITH(throw_lock_error("lock", EIO, ""), Contains("lock: cannot lock: Input/output error"));
    CHECK_THROWS_WITH(throw_lock_error("lock", EWOULDBLOCK, ""), Contains("one that has just started"));
}
