// The executor at one moment, for whoever wants to know why nothing happens: who runs, who could run and lacks what, who waits for whom.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "weft/executor/resources.hpp"

namespace weft {

/// Taken piece by piece while things go on, so single entries may be older than others by some microseconds.
struct ExecutorSnapshot {
    struct Running {
        std::string name{};                       // of a task or sub-task
        std::chrono::nanoseconds since{};         // how long it has been running
        Demand holds{};
        std::string waits_for{};                  // a task whose handle it waits for and that has not ended; mostly empty
    };
    struct Ready {
        std::string name{};
        std::vector<std::string> lacks{};         // "1 cpu (0 of 2 free)"; empty: only a thread, or the pause of a rate
    };
    struct Waiting {
        std::string name{};
        std::vector<std::string> waits_for{};     // dependencies that have not ended
    };

    std::vector<Running> running{};
    std::vector<Ready> ready{};                   // the most urgent of each lane first
    std::vector<Waiting> waiting{};               // tasks whose dependencies have not all ended

    /// Each task that runs waits for the end of another one, and none can start: this will not change by itself.
    bool is_deadlock() const;
};

}  // namespace weft
