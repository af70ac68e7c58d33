// What this process has used of the machine so far, as the kernel counts it: sampled during a run, so that its report can tell work
// from waiting.
#pragma once

#include <chrono>
#include <cstdint>

namespace weft {

/// 0 where the kernel does not tell.
struct ProcessUsage {
    std::chrono::nanoseconds cpu{};       // of all threads
    std::chrono::nanoseconds crowded{};   // in which threads that are alive could have run, but others had the processors
    std::uint64_t resident = 0;           // bytes in memory now
    std::uint64_t peak_resident = 0;      // most that it was
    std::uint64_t swapped = 0;            // bytes that were moved out of memory
    std::uint64_t read_bytes = 0;         // fetched from disks
    std::uint64_t written_bytes = 0;      // sent to disks
};

/// Costs tens of microseconds and some more for each thread: reads files of /proc.
ProcessUsage usage_of_this_process();

}  // namespace weft
