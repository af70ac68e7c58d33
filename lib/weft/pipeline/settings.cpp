#include "weft/pipeline/settings.hpp"

#include <algorithm>

namespace weft {

ConfigProblem Setting::problem(std::string_view code, std::string message) const {
    return {.file = source, .position = position, .message = std::move(message), .code = std::string(code)};
}

const Setting* Settings::find(std::string_view name) const {
    const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const auto& entry) { return entry.first == name; });
    return found == entries_.end() ? nullptr : &found->second;
}

}  // namespace weft
