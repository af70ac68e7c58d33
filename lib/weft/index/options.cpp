#include "weft/index/options.hpp"

#include <fmt/format.h>

namespace weft {

std::vector<std::string> IndexOptions::problems() const {
    std::vector<std::string> found;
    if (k < 9 || k > 28) found.push_back(fmt::format("k is {}; give 9 to 28 bases per minimizer", k));
    if (w < 1 || w > 255) found.push_back(fmt::format("w is {}; give a window of 1 to 255 k-mers", w));
    if (threads < 0 || threads > 1'024) found.push_back(fmt::format("threads is {}; give 0 (all) to 1024", threads));
    return found;
}

}  // namespace weft
