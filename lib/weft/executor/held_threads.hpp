// What became of the threads that tasks held: they worked, stood in line for a processor, or waited for something else, a disk mostly.
#pragma once

#include <vector>

#include "weft/executor/run_timeline.hpp"

namespace weft {

/// Seconds, over the stretches that have samples of what the process used. Stages that mostly sleep hold no threads; stretches in which
/// other programs did the work are left out, for their time is not in the samples.
struct HeldThreads {
    double ran = 0;                  // tasks held threads for so long
    double worked = 0;               // and had a processor
    double crowded = 0;              // and had none, because others had them all
    std::vector<double> waited{};    // and did not want one, by stage of the timeline
};

HeldThreads held_threads(const RunEvents& run, const RunTimeline& timeline);

}  // namespace weft
