// A run from its begin to its end, stretch by stretch: how many tasks of each stage run and how many wait meanwhile.
#pragma once

#include <functional>
#include <vector>

#include "weft/executor/run_timeline.hpp"

namespace weft {

/// A stretch of time in which nothing begins, ends or becomes ready. Indices are those of RunTimeline::stages.
struct Stretch {
    Microseconds begin{};
    Microseconds end{};
    const std::vector<int>& running;
    const std::vector<int>& waiting;       // ready, but not begun
};

/// Calls `visit` for each stretch of the run, in order; their lengths are above 0 and add up to that of the run.
/// O(spans log spans + stretches).
void sweep(const RunTimeline& timeline, const std::function<void(const Stretch&)>& visit);

}  // namespace weft
