#include "weft/stages/filter_problem.hpp"

#include <fmt/format.h>

#include <iterator>

namespace weft {
namespace {

constexpr std::size_t longest_quotation = 60;   // bytes

std::string_view beginning_of(std::string_view text) {
    std::size_t end = longest_quotation;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;   // not within a character of UTF-8
    return text.substr(0, end);
}

std::string shown(std::string_view text) {
    std::string line;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f)
            fmt::format_to(std::back_inserter(line), "\\x{:02x}", byte);
        else
            line += c;
    }
    return line;
}

}  // namespace

FilterProblem problem_with(std::string_view quoted, std::size_t column, std::string_view what) {
    const bool cut = quoted.size() > longest_quotation;
    return {column, fmt::format("'{}{}': {}", shown(cut ? beginning_of(quoted) : quoted), cut ? "..." : "", what)};
}

}  // namespace weft
