#include "weft/bytes/this_machine.hpp"

#include <catch2/catch.hpp>
#include <sched.h>

#include <filesystem>
#include <fstream>

#include "support/temporary_folder.hpp"

using namespace weft;

namespace {

void put(const std::string& path, const std::string& content) {
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path) << content;
}

}  // namespace

TEST_CASE("the narrowest limit of a group and those above it counts", "[machine]") {
    const test::TemporaryFolder folder;
    const std::string root = folder / "cgroup";
    put(root + "/cpu.max", "max 100000\n");
    put(root + "/job/cpu.max", "150000 100000\n");
    put(root + "/job/step/cpu.max", "400000 100000\n");
    put(root + "/job/memory.max", "max\n");
    put(root + "/job/step/memory.max", "1000000\n");
    const GroupLimits limits = group_limits(root, "0::/job/step\n");
    CHECK(limits.processors == 1.5);
    CHECK(limits.memory == 1'000'000);
    CHECK(group_limits(root, "0::/\n").processors == 0);
}

TEST_CASE("groups of version 1 limit too, and say 'none' by a huge number", "[machine]") {
    const test::TemporaryFolder folder;
    const std::string root = folder / "cgroup";
    put(root + "/cpu/job/cpu.cfs_quota_us", "200000\n");
    put(root + "/cpu/job/cpu.cfs_period_us", "100000\n");
    put(root + "/memory/job/memory.limit_in_bytes", "9223372036854771712\n");
    const GroupLimits limits = group_limits(root, "4:cpu,cpuacct:/job\n3:memory:/job\n");
    CHECK(limits.processors == 2);
    CHECK(limits.memory == 0);
    put(root + "/cpu/job/cpu.cfs_quota_us", "-1\n");
    CHECK(group_limits(root, "4:cpu,cpuacct:/job\n").processors == 0);
}

TEST_CASE("kills for want of memory are counted by the process's own group", "[machine]") {
    const test::TemporaryFolder folder;
    const std::string root = folder / "cgroup";
    CHECK(group_kills(root, "0::/job\n") == std::nullopt);
    put(root + "/memory.events", "oom_kill 90\n");
    put(root + "/job/memory.events", "low 0\nhigh 0\nmax 12\noom 4\noom_kill 3\noom_group_kill 0\n");
    CHECK(group_kills(root, "0::/job\n") == 3);
    CHECK(group_kills(root, "0::/other\n") == std::nullopt);
    put(root + "/memory/job/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 5\n");
    CHECK(group_kills(root, "4:cpu,cpuacct:/job\n3:memory:/job\n") == 5);
    CHECK(group_kills(root, "4:cpu,cpuacct:/job\n") == std::nullopt);
    CHECK(group_kills(root, "") == std::nullopt);
    CHECK(out_of_memory_kills() >= 0);
}

TEST_CASE("a process bound to one processor has one thread", "[machine]") {
    cpu_set_t before;
    REQUIRE(::sched_getaffinity(0, sizeof before, &before) == 0);
    cpu_set_t one;
    CPU_ZERO(&one);
    for (int processor = 0; processor < CPU_SETSIZE; ++processor)
        if (CPU_ISSET(processor, &before)) {
            CPU_SET(processor, &one);
            break;
        }
    REQUIRE(::sched_setaffinity(0, sizeof one, &one) == 0);
    CHECK(available_threads() == 1);
    CHECK(machine_limits().affinity == 1);
    REQUIRE(::sched_setaffinity(0, sizeof before, &before) == 0);
    CHECK(available_threads() >= 1);
    CHECK(available_memory() > 0);
    const MachineLimits limits = machine_limits();
    CHECK(limits.affinity == CPU_COUNT(&before));
    CHECK(limits.processors >= 1);
    CHECK(available_threads() <= limits.affinity);
    CHECK(available_memory() <= limits.memory);
}
