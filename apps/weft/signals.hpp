// Signals end a run in order: the work stops at the next batch, temporary files are removed by the destructors that own
// them, and only then the process ends, with the exit code that the signal asks for.
//
// A signal handler can reach nothing but static memory, so this is the one place of weft with a global that changes.
#pragma once

#include <atomic>

namespace weft {

/// Installs the handlers: SIGINT, SIGTERM, SIGHUP and SIGPIPE set the flag of `stop_requested`, a second SIGINT or SIGTERM
/// ends the process at once. SIGXFSZ (file-size limit) is ignored, so that the write fails with an error that can be told.
void watch_signals();

/// For a run that has an orderly way to end: from now on the first SIGINT or SIGTERM does not set the flag of `stop_requested`, the
/// second does, the third ends the process at once.
void drain_before_stop();

/// SIGINT, SIGTERM and SIGHUP so far.
int signals_caught();

/// As if no signal had come: the work was done all the same.
void forget_signals();

/// Set as soon as a signal asks for the end of the run.
const std::atomic<bool>& stop_requested();

/// Number of the signal that asked for the end, 0 when none did.
int caught_signal();

/// The last step after a signal: returns 128 + its number; after SIGPIPE dies of it, as other filters do.
int end_by_signal();

}  // namespace weft
