#include "version.hpp"

#include <fmt/format.h>

#include "weft/kernel/target.hpp"

namespace weft {

std::string version_text() {
    return fmt::format("weft {}\nbuilt with {}\nSIMD target {}", WEFT_VERSION, WEFT_DEPENDENCY_VERSIONS, simd_target());
}

}  // namespace weft
