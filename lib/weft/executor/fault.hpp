// Places where a test may stop the process, so that "killed inside the rename" is a case that can be repeated.
//
// WEFT_FAULT=rename:3 ends the process at the third passage of the point "rename", at once and without clean-up, as a kill
// would; WEFT_FAULT=rename:3:throw throws a SystemError there instead, as a failing disk would. WEFT_FAULT=align@gene7 is a crash
// (SIGSEGV) at each passage of the point "align" that works on gene7; a star at the end stands for the rest of names. In every other run
// a point costs one look at a bool.
#pragma once

#include <string>
#include <string_view>

namespace weft {

/// Exit code of a process that ended at a fault point: none that weft gives otherwise.
inline constexpr int fault_exit_code = 86;

/// What WEFT_FAULT does, for a process that a test has forked: from now on, counted from 1. An empty text disarms. Throws
/// UsageError when the text is none of the forms above. Not to be called while other threads pass points.
void arm_fault(std::string_view text);

namespace detail {
extern bool fault_armed;
void pass_fault_point(std::string_view point, std::string_view subject);
}  // namespace detail

/// Passes the point of this name; `subject` is what is worked on, where points tell. Thread-safe.
inline void fault_point(std::string_view point, std::string_view subject = {}) {
    if (detail::fault_armed) [[unlikely]] detail::pass_fault_point(point, subject);
}

}  // namespace weft
