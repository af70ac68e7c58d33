#include "weft/report/region.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "weft/model/error.hpp"

namespace weft {
namespace {

const ContigRecord* find_contig(std::string_view name, std::span<const ContigRecord> contigs) {
    const auto found = std::find_if(contigs.begin(), contigs.end(), [&](const ContigRecord& contig) { return contig.name == name; });
    return found == contigs.end() ? nullptr : &*found;
}

std::optional<std::int64_t> position_of(std::string_view text) {
    std::string digits;
    std::copy_if(text.begin(), text.end(), std::back_inserter(digits), [](char c) { return c != ','; });
    std::int64_t value = 0;
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || fault != std::errc{} || end != digits.data() + digits.size() || value < 0) return std::nullopt;
    return value;
}

}  // namespace

std::optional<Region> parse_region(std::string_view text, std::span<const ContigRecord> contigs) {
    if (const ContigRecord* whole = find_contig(text, contigs)) return Region{whole->name, {0, whole->length}};
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const ContigRecord* const contig = find_contig(text.substr(0, colon), contigs);
    if (contig == nullptr) return std::nullopt;

    const std::string_view range = text.substr(colon + 1);
    const std::size_t dash = range.find('-');
    const std::optional<std::int64_t> first = position_of(range.substr(0, dash));
    const bool open_end = dash != std::string_view::npos && dash + 1 == range.size();
    const std::optional<std::int64_t> last = dash == std::string_view::npos ? first : open_end ? contig->length : position_of(range.substr(dash + 1));
    const std::string where(text);
    if (!first || !last) throw UsageError({where, fmt::format("'{}' is no range of positions", range), "give CONTIG:FIRST-LAST, 1-based and inclusive"});
    if (*first < 1 || *last < *first || *last > contig->length)
        throw UsageError({where, fmt::format("the range does not lie within {}, which has the positions 1 to {}", contig->name, contig->length), ""});
    return Region{contig->name, {*first - 1, *last}};
}

}  // namespace weft
