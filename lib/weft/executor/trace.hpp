// A run as a trace that chrome://tracing and Perfetto show: stages, their tasks in lanes, and what the process used meanwhile.
//
// Trace Event Format (Chromium project): complete events (X) on lanes, names of lanes as metadata (M), curves as counters (C), retries
// and log lines as instants (i). Times are in microseconds since the start of the run.
#pragma once

#include <string>

#include "weft/executor/run_events.hpp"

namespace weft {

/// The trace, a JSON object with `traceEvents`, one event per line. The same log gives the same bytes.
std::string trace_json(const RunEvents& run);

}  // namespace weft
