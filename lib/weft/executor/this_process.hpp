// Who is at work, in the words that lock, store and journal leave behind for others to read.
#pragma once

#include <string>

namespace weft {

/// Name of this machine; "unknown" when it has none.
std::string host_name();

/// Whether a process of this machine is alive. One that may not be signalled is.
bool process_is_alive(long process);

}  // namespace weft
