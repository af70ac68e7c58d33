// What `weft --version` prints.
#pragma once

#include <string>

namespace weft {

/// Versions of weft and of the libraries it is built with, one per line.
std::string version_text();

}  // namespace weft
