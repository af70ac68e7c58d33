// What `weft --version` prints.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace weft {

/// Versions of weft and of the libraries it is built with, one per line.
std::string version_text();

/// Name and version of weft, then of what it is built with.
std::vector<std::pair<std::string, std::string>> versions();

}  // namespace weft
