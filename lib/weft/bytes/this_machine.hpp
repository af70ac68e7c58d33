// What this process may use of its machine. A container or a batch system gives a job two of sixty-four processors and 8 GB of
// 512, and a program that asks the machine instead of the kernel's limits starts sixty-four threads there and is killed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace weft {

/// Everything that decides how many threads and how much memory a run may have.
struct MachineLimits {
    int processors = 1;                 // of the machine, as far as they are switched on
    int affinity = 1;                   // of those, the ones this process is bound to
    double quota = 0;                   // processors that its control group may keep busy; 0: no limit
    std::int64_t memory = 0;            // bytes of the machine
    std::int64_t memory_limit = 0;      // bytes of its control group; 0: no limit
};
MachineLimits machine_limits();

/// Processors that this process may use, at least 1: those of its affinity mask, but no more than the quota of its control group.
int available_threads();

/// Bytes of memory that this process may use: what the machine has, but no more than the limit of its control group.
std::int64_t available_memory();

/// How often the kernel has killed a process of this one's control group for want of memory; of the machine, where groups are not
/// counted. Only its growth says something.
std::int64_t out_of_memory_kills();

/// Returns freed memory to the system, which the allocator would keep for later: after work that needed much and will not come again.
void give_back_memory();

/// The limits that the control-group file systems below `root` ("/sys/fs/cgroup") set, version 2 or 1; 0 where there is none. Apart
/// for its test. `membership` is the content of /proc/self/cgroup.
struct GroupLimits {
    double processors = 0;
    std::int64_t memory = 0;   // bytes
};
GroupLimits group_limits(const std::string& root, const std::string& membership);

/// The kills that the groups of a process have counted, likewise; nothing where they do not count.
std::optional<std::int64_t> group_kills(const std::string& root, const std::string& membership);

}  // namespace weft
