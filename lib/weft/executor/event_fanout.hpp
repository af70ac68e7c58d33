// Several listeners for one run: its log, the lines on the terminal, the watch for stalls.
#pragma once

#include <vector>

#include "weft/executor/task_event.hpp"

namespace weft {

/// A sink that tells all of them, in that order. What one throws does not keep the event from the others; the first exception is
/// passed on, so that the executor counts it.
EventSink to_all(std::vector<EventSink> sinks);

}  // namespace weft
