// SHA-256 of a file: what downloads are published with, and so what a pipeline can demand of its inputs. (Results are known by a faster
// digest, bytes/digest.)
#pragma once

#include <string>

namespace weft {

/// 64 lower-case hex digits. FIPS 180-4. Throws SystemError when the file cannot be read.
std::string sha256_of_file(const std::string& path);

}  // namespace weft
