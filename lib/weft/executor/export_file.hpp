// Handing a result out: the file appears in the output folder, under its own name, whole or not at all.
//
// The cheapest way that the file systems allow is taken. A hard link is one more name for the store's file and costs nothing; a
// clone shares its blocks until one of the two is changed; a copy is what remains between two file systems.
#pragma once

#include <cstdint>
#include <string>

namespace weft {

enum class ExportWay : std::uint8_t {
    present,   // the target is the store's file already
    link,      // read-only, like the store's file: it is the store's file
    clone,
    copy,
};

/// Makes `target` the content of `source`, a file of a result, replacing what is there; on the disk when this returns. Missing
/// folders above it are created. Not for two exports of one target at a time. Throws SystemError naming the file that cannot be
/// read or written.
ExportWay export_file(const std::string& source, const std::string& target);

}  // namespace weft
