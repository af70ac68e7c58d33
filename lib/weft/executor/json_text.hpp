// Strings as JSON, without a detour: a line of the event log is written for every task, and a library that builds a tree first
// would cost more than small tasks do.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace weft {

/// Bytes that `write_json_string` needs at most.
constexpr std::size_t json_string_room(std::string_view text) { return 6 * text.size() + 2; }

/// Writes the text as a JSON string with its quotes; returns the place behind it. What is not UTF-8 becomes U+FFFD, byte by byte.
char* write_json_string(char* to, std::string_view text);

/// The same as a value.
std::string json_string(std::string_view text);

}  // namespace weft
