#include "weft/executor/fault.hpp"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>

#include "weft/model/error.hpp"

using namespace weft;
using Catch::Matchers::Contains;

namespace {

int exit_code_of(pid_t child) {
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

TEST_CASE("a fault stops the process at the n-th passage of its point and at no other", "[executor]") {
    for (const int passages : {1, 2, 3}) {
        const pid_t child = ::fork();
        if (child == 0) {
            arm_fault("rename:3");
            for (int i = 0; i < passages; ++i) {
                fault_point("write");
                fault_point("rename");
            }
            ::_exit(0);
        }
        CHECK(exit_code_of(child) == (passages < 3 ? 0 : fault_exit_code));
    }
}

TEST_CASE("a fault may throw instead, once", "[executor]") {
    arm_fault("write:2:throw");
    CHECK_NOTHROW(fault_point("write"));
    CHECK_THROWS_AS(fault_point("write"), SystemError);
    CHECK_NOTHROW(fault_point("write"));
    arm_fault("");
    CHECK_NOTHROW(fault_point("write"));
}

TEST_CASE("a fault that names what is worked on crashes there and nowhere else", "[executor]") {
    struct Row {
        const char* fault;
        const char* point;
        const char* subject;
        bool crashes;
    };
    for (const Row& row : {Row{"align@gene7", "align", "gene7", true}, Row{"align@gene7", "align", "gene70", false}, Row{"align@gene7", "write", "gene7", false},
                           Row{"align@gene7", "align", "", false}, Row{"align@gene*", "align", "gene70", true}, Row{"align@gene*", "align", "gen", false},
                           Row{"align@*", "align", "any", true}, Row{"align@a:3@b", "align", "a:3@b", true}}) {
        INFO(row.fault << " " << row.point << " " << row.subject);
        const pid_t child = ::fork();
        if (child == 0) {
            std::signal(SIGSEGV, SIG_DFL);
            arm_fault(row.fault);
            fault_point(row.point, row.subject);
            ::_exit(0);
        }
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        CHECK((WIFSIGNALED(status) ? WTERMSIG(status) : 0) == (row.crashes ? SIGSEGV : 0));
    }
}

TEST_CASE("a fault that cannot be understood is refused", "[executor]") {
    for (const char* text : {"rename", "rename:", ":3", "rename:0", "rename:-1", "rename:3x", "rename:3:catch",
                             "rename:99999999999999999999", "@gene7"}) {
        CHECK_THROWS_WITH(arm_fault(text), Contains("WEFT_FAULT: '" + std::string(text) + "' is not POINT:N"));
    }
    arm_fault("");
}

TEST_CASE("passes the point 'probe' in a process of its own", "[.][fault-probe]") { fault_point("probe"); }

TEST_CASE("a fault is taken from the environment", "[executor]") {
    const std::string self = std::filesystem::read_symlink("/proc/self/exe").string();
    for (const char* fault : {"probe:1", "probe:2", "other:1"}) {
        const pid_t child = ::fork();
        if (child == 0) {
            ::setenv("WEFT_FAULT", fault, 1);
            if (::freopen("/dev/null", "w", stdout) == nullptr) ::_exit(1);
            ::execl(self.c_str(), self.c_str(), "[fault-probe]", nullptr);
            ::_exit(1);
        }
        CHECK(exit_code_of(child) == (std::string(fault) == "probe:1" ? fault_exit_code : 0));
    }
}
