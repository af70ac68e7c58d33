#include "version.hpp"

#include <fmt/format.h>

namespace weft {

std::string version_text() { return fmt::format("weft {}\n{}", WEFT_VERSION, WEFT_DEPENDENCY_VERSIONS); }

}  // namespace weft
