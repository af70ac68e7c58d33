// When a failed task is tried again, and after which pause.
#pragma once

#include <chrono>
#include <cstdint>
#include <exception>
#include <set>
#include <string_view>

namespace weft {

/// Why a task failed, as far as it matters for trying again.
enum class Failure : std::uint8_t {
    error,     // the task itself said no: the same input fails again
    io,        // the operating system refused: a full disk, a lost mount
    timeout,   // it took longer than its options allow
    memory,    // it could not get the memory that it wanted
    signal,    // its process was killed
};

std::string_view name_of(Failure failure);

/// The class of an exception: std::bad_alloc and ProcessOutOfMemory are memory, another ProcessKilled is signal, SystemError and
/// std::system_error are io, all else is error.
Failure failure_of(const std::exception_ptr& thrown);

struct RetryPolicy {
    int max = 0;                                   // attempts after the first
    std::chrono::milliseconds backoff{500};        // before the first of them
    double factor = 2;                             // by which each further pause is longer
    std::chrono::milliseconds cap{60'000};         // that no pause exceeds
    double memory_factor = 1.5;                    // by which the demand for memory grows after a failure for memory
    std::set<Failure> on{Failure::memory, Failure::signal, Failure::io};

    /// Whether a task that failed in attempt `attempt` (the first is 1) is tried again.
    bool again(Failure failure, int attempt) const { return attempt <= max && on.contains(failure); }

    /// The pause after attempt `attempt`. The same in every run: what is retried here is local, so there is no herd to scatter.
    std::chrono::milliseconds pause(int attempt) const;
};

}  // namespace weft
