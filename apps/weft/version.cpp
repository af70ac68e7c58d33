#include "version.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "weft/kernel/target.hpp"

namespace weft {

std::string version_text() {
    return fmt::format("weft {}\nbuilt with {}\nSIMD target {}", WEFT_VERSION, WEFT_DEPENDENCY_VERSIONS, simd_target());
}

std::vector<std::pair<std::string, std::string>> versions() {
    std::vector<std::pair<std::string, std::string>> found{{"weft", WEFT_VERSION}};
    for (std::string_view rest = WEFT_DEPENDENCY_VERSIONS; !rest.empty();) {   // "htslib 1.16, oneTBB 2021.8"
        const std::string_view item = rest.substr(0, rest.find(", "));
        rest.remove_prefix(std::min(item.size() + 2, rest.size()));
        const std::size_t blank = item.rfind(' ');
        found.emplace_back(item.substr(0, blank), item.substr(blank + 1));
    }
    return found;
}

}  // namespace weft
