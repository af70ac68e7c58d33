// Opening an input: a file by name or standard input, as an HTSlib stream that can be looked into before it is read.
//
// Looking ahead is what lets a format be told by content even on a pipe, where nothing can be read twice.
#pragma once

#include <cstdint>
#include <string>

#include "weft/bytes/hts_handle.hpp"

namespace weft {

/// An open input at its first byte.
struct InputFile {
    std::string name{};       // for messages
    HFile stream{};
    std::uint64_t size = 0;   // bytes of a regular file; 0 for a pipe or device
    bool regular = false;     // can be read again from the start
};

/// Opens `path` ("-" is standard input). Throws SystemError for what is missing, a directory or not readable.
InputFile open_input(const std::string& path);

/// Size of the regular file at `path`, 0 for pipes and standard input. Throws as `open_input` would, but opens nothing, so a
/// pipe stays untouched.
std::uint64_t check_input(const std::string& path);

}  // namespace weft
