#include "weft/report/truth_table.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <optional>

#include "weft/bytes/line_reader.hpp"
#include "weft/model/error.hpp"

namespace weft {
namespace {

constexpr std::size_t columns = 8;

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(separator, at), text.size());
        parts.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

std::optional<std::int64_t> number_of(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
    return value;
}

std::optional<NamedPlace> place_of(std::string_view contig, std::string_view begin, std::string_view end, std::string_view strand) {
    const auto first = number_of(begin);
    const auto last = number_of(end);
    if (contig.empty() || !first || !last || *last <= *first || (strand != "+" && strand != "-")) return std::nullopt;
    return NamedPlace{std::string(contig), {*first, *last}, strand == "+" ? Strand::forward : Strand::reverse};
}

// "contig:begin-end:strand"; the contig may have colons of its own.
std::optional<NamedPlace> other_place_of(std::string_view text) {
    const std::size_t strand = text.rfind(':');
    if (strand == std::string_view::npos || strand == 0) return std::nullopt;
    const std::size_t range = text.rfind(':', strand - 1);
    const std::size_t dash = text.rfind('-', strand);
    if (range == std::string_view::npos || dash == std::string_view::npos || dash < range) return std::nullopt;
    return place_of(text.substr(0, range), text.substr(range + 1, dash - range - 1), text.substr(dash + 1, strand - dash - 1),
                    text.substr(strand + 1));
}

std::optional<Presence> presence_of(std::string_view text) {
    for (const Presence presence : {Presence::present, Presence::partial, Presence::absent})
        if (text == name_of(presence)) return presence;
    return std::nullopt;
}

TruthRow row_of(const std::vector<std::string_view>& part, const std::string& where) {
    TruthRow row;
    const std::optional<Presence> presence = presence_of(part[5]);
    if (!presence) throw FormatError({where, fmt::format("column 6 is '{}', expected present, partial or absent", part[5]), ""});
    row.presence = *presence;
    if (part[1] == "*") return row;
    const std::optional<NamedPlace> first = place_of(part[1], part[2], part[3], part[4]);
    if (!first)
        throw FormatError({where, fmt::format("columns 2 to 5 ('{}', '{}', '{}', '{}') are no contig, begin, end and strand", part[1], part[2],
                                              part[3], part[4]), ""});
    row.places.push_back(*first);
    if (part[7] == ".") return row;
    for (const std::string_view text : split(part[7], ',')) {
        const std::optional<NamedPlace> other = other_place_of(text);
        if (!other) throw FormatError({where, fmt::format("column 8 has '{}', expected contig:begin-end:strand", text), ""});
        row.places.push_back(*other);
    }
    return row;
}

}  // namespace

TruthTable read_truth_table(const std::string& path) {
    TruthTable table;
    LineReader lines(ByteReader(open_input(path)));
    while (const std::optional<std::string_view> line = lines.line()) {
        const std::string where = fmt::format("{}:{}", lines.name(), lines.line_number());
        const std::vector<std::string_view> part = split(*line, '\t');
        if (part.size() != columns)
            throw FormatError({where, fmt::format("{} tab-separated columns, a truth table has {}", part.size(), columns),
                               "make one with `weft simulate`"});
        if (!table.try_emplace(std::string(part[0]), row_of(part, where)).second)
            throw FormatError({where, fmt::format("feature '{}' comes twice", part[0]), ""});
    }
    return table;
}

}  // namespace weft
