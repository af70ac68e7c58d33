// Why a run was not faster: each of the known pitfalls of parallel work, looked for in its log, with the numbers that show it and what
// to change in the pipeline file.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "weft/executor/run_events.hpp"

namespace weft {

enum class Pitfall : std::uint8_t {
    little_work_per_task,   // starting tasks takes longer than doing them
    shared_bottleneck,      // tasks wait for tokens of one limit while threads are idle
    imbalance,              // one task of a stage takes much longer than the others
    serial_stretch,         // one task runs alone for long
    io_wait,                // tasks hold threads, but need no processor
    crowded_processors,     // tasks need a processor, but others have them
    idle_threads,           // less to do at a time than there are threads, and none of the above
    memory_pressure,
    retries,
};

std::string_view name_of(Pitfall pitfall);

struct Finding {
    Pitfall pitfall = Pitfall::idle_threads;
    std::string place{};       // the stage, or the limit; empty: the whole run
    double seconds = 0;        // of wall time that it cost at most, as far as that can be told
    std::string numbers{};     // what was measured
    std::string change{};      // what to change in the pipeline file
};

/// What held, the most expensive first. Runs of less than a second have nothing to gain: only memory and retries are looked at.
std::vector<Finding> diagnose(const RunEvents& run);

/// For people; says so when nothing was found.
std::string doctor_text(const RunEvents& run);

}  // namespace weft
