// System calls fail for reasons that errno names; here they become errors that say which file and what to do about it.
//
// Every caller in bytes/ and record/ reports through these two functions, so a full disk reads the same whether the bytes
// came from our own buffer or from HTSlib.
#pragma once

#include <string>

namespace weft {

/// Throws SystemError "path: cannot ACTION: REASON; advice" for an errno value; ClosedPipe for EPIPE. `action` is a verb:
/// "open", "read", "write". `path` "-" is shown as the name of the standard stream that `action` implies.
[[noreturn]] void throw_system_error(const std::string& path, const std::string& action, int error_number);

/// How a path is shown in messages: "-" is a name of its own for standard input and output.
std::string shown_input(const std::string& path);
std::string shown_output(const std::string& path);

}  // namespace weft
