#include "weft/record/gff3_reader.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "weft/bytes/line_reader.hpp"
#include "weft/model/error.hpp"

namespace weft {
namespace {

constexpr std::size_t columns = 9;

std::array<std::string_view, columns> split_columns(std::string_view text, const std::string& where) {
    std::array<std::string_view, columns> parts;
    std::size_t count = 0;
    for (std::size_t at = 0; at <= text.size(); ++count) {
        const std::size_t tab = std::min(text.find('\t', at), text.size());
        if (count < columns) parts[count] = text.substr(at, tab - at);
        at = tab + 1;
    }
    if (count != columns) throw FormatError({where, fmt::format("{} tab-separated columns, a GFF3 line has 9", count), ""});
    return parts;
}

int hex_value(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    return -1;
}

// Percent escapes become their character; a % that no two hex digits follow stands for itself, as many files have it.
std::string unescaped(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escape = text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0;
        result += escape ? static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2])) : text[i];
        if (escape) i += 2;
    }
    return result;
}

template <class Number>
Number number_of(std::string_view text, std::string_view column, const std::string& where) {
    Number value{};
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc{} || end != text.data() + text.size())
        throw FormatError({where, fmt::format("{} is '{}', expected a number", column, text), ""});
    return value;
}

std::optional<Strand> strand_of(std::string_view text, const std::string& where) {
    if (text == "+") return Strand::forward;
    if (text == "-") return Strand::reverse;
    if (text == "." || text == "?") return std::nullopt;
    throw FormatError({where, fmt::format("strand is '{}', expected + - . or ?", text), ""});
}

std::vector<std::pair<std::string, std::string>> attributes_of(std::string_view text, const std::string& where) {
    std::vector<std::pair<std::string, std::string>> attributes;
    if (text == ".") return attributes;
    while (!text.empty()) {
        const std::size_t length = std::min(text.find(';'), text.size());
        std::string_view item = text.substr(0, length);
        text.remove_prefix(std::min(length + 1, text.size()));
        while (item.starts_with(' ')) item.remove_prefix(1);
        if (item.empty()) continue;   // a semicolon at the end, or two in a row
        const std::size_t equals = item.find('=');
        if (equals == std::string_view::npos || equals == 0)
            throw FormatError({where, fmt::format("attribute '{}' is not of the form name=value", item), "is this a GTF file?"});
        attributes.emplace_back(unescaped(item.substr(0, equals)), unescaped(item.substr(equals + 1)));
    }
    return attributes;
}

}  // namespace

std::string_view Gff3Line::attribute(std::string_view name) const {
    for (const auto& [key, value] : attributes)
        if (key == name) return value;
    return {};
}

Gff3Line parse_gff3_line(std::string_view text, const std::string& where) {
    const auto part = split_columns(text, where);
    Gff3Line line;
    line.sequence_id = unescaped(part[0]);
    line.source = unescaped(part[1]);
    line.type = unescaped(part[2]);
    if (line.sequence_id.empty() || line.sequence_id == ".") throw FormatError({where, "the sequence (column 1) is empty", ""});
    if (line.type.empty() || line.type == ".") throw FormatError({where, "the type (column 3) is empty", ""});
    line.begin = number_of<std::int64_t>(part[3], "start", where) - 1;
    line.end = number_of<std::int64_t>(part[4], "end", where);
    if (line.begin < 0) throw FormatError({where, fmt::format("start is {}, positions of GFF3 begin at 1", part[3]), ""});
    if (line.end <= line.begin) throw FormatError({where, fmt::format("end {} lies before start {}", part[4], part[3]), ""});
    if (part[5] != ".") line.score = number_of<double>(part[5], "score", where);
    line.strand = strand_of(part[6], where);
    if (part[7] != ".") {
        line.phase = number_of<int>(part[7], "phase", where);
        if (*line.phase < 0 || *line.phase > 2) throw FormatError({where, fmt::format("phase is {}, expected 0, 1, 2 or .", part[7]), ""});
    }
    line.attributes = attributes_of(part[8], where);
    return line;
}

struct Gff3Reader::State {
    LineReader lines;
    bool ended = false;
};

Gff3Reader::Gff3Reader(const std::string& path) : state_(new State{LineReader(ByteReader(open_input(path)))}) {}
Gff3Reader::~Gff3Reader() = default;

std::string Gff3Reader::where() const { return fmt::format("{}:{}", state_->lines.name(), state_->lines.line_number()); }

bool Gff3Reader::read(Gff3Line& line) {
    while (!state_->ended) {
        const std::optional<std::string_view> text = state_->lines.line();
        if (!text || *text == "##FASTA" || text->starts_with('>')) {
            state_->ended = true;
        } else if (!text->empty() && !text->starts_with('#')) {
            line = parse_gff3_line(*text, where());
            return true;
        }
    }
    return false;
}

}  // namespace weft
