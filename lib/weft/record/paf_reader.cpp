#include "weft/record/paf_reader.hpp"

#include <fmt/format.h>

#include <charconv>
#include <utility>

#include "weft/model/error.hpp"
#include "weft/record/cs_reader.hpp"
#include "weft/record/sequence_text.hpp"
#include "weft/record/unaligned_reason.hpp"

namespace weft {
namespace {

constexpr int columns = 12;

// Columns of a line one after the other, with the complaints that name them.
class Columns {
public:
    Columns(std::string_view text, const std::string& where) : rest_(text), where_(where) {}

    bool at_end() const { return ended_; }

    std::string_view next() {
        const std::size_t tab = rest_.find('\t');
        const std::string_view column = rest_.substr(0, tab);
        ended_ = tab == std::string_view::npos;
        rest_.remove_prefix(ended_ ? rest_.size() : tab + 1);
        ++number_;
        return column;
    }

    std::string_view required() {
        if (ended_) refuse(fmt::format("{} tab-separated columns, a PAF line has at least {}", number_, columns));
        return next();
    }

    std::int64_t whole(const char* name) {
        const std::string_view text = required();
        return whole_of(text, fmt::format("{} (column {})", name, number_));
    }

    std::int64_t whole_of(std::string_view text, const std::string& name) const {
        std::int64_t value = 0;
        const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (fault != std::errc{} || end != text.data() + text.size()) refuse(fmt::format("{} is '{}', expected a whole number", name, text));
        return value;
    }

    [[noreturn]] void refuse(const std::string& problem) const { throw FormatError({where_, problem, ""}); }

private:
    std::string_view rest_;
    const std::string& where_;
    int number_ = 0;
    bool ended_ = false;
};

Cigar cigar_of_text(std::string_view text, const Columns& line) {
    constexpr std::string_view symbols = "MIDNSHP=X";
    Cigar cigar;
    while (!text.empty()) {
        std::uint32_t length = 0;
        const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), length);
        const auto digits = static_cast<std::size_t>(end - text.data());
        const std::size_t op = digits < text.size() ? symbols.find(text[digits]) : std::string_view::npos;
        if (fault != std::errc{} || length == 0 || length >= (1u << 28) || op == std::string_view::npos)
            line.refuse(fmt::format("tag cg: '{}' is no CIGAR element", text.substr(0, 12)));
        append(cigar, static_cast<CigarOp>(op), length);
        text.remove_prefix(digits + 1);
    }
    return cigar;
}

// Values of tags that are needed once the whole line is known.
struct LineTags {
    std::string_view cs{};
    std::string_view reason{};    // zr
    std::string_view message{};   // ze
};

void take_tag(std::string_view field, const Columns& line, bool keep_difference, AlignmentRecord& record, LineTags& tags) {
    if (field.size() < 5 || field[2] != ':' || field[4] != ':') line.refuse(fmt::format("'{}' is not a tag such as NM:i:5", field));
    const std::string_view name = field.substr(0, 4);
    const std::string_view value = field.substr(5);
    if (name == "tp:A" && (value == "S" || value == "i")) record.role = Role::secondary;
    else if (name == "AS:i") record.score = line.whole_of(value, "tag AS");
    else if (name == "NM:i") record.edit_distance = line.whole_of(value, "tag NM");
    else if (name == "cg:Z") record.cigar = cigar_of_text(value, line);
    else if (name == "cs:Z") {
        tags.cs = value;
        if (keep_difference) record.difference = value;
    } else if (name == "zr:Z") tags.reason = value;
    else if (name == "ze:Z") tags.message = value;
}

}  // namespace

void parse_paf_line(std::string_view text, const std::string& where, bool keep_difference, AlignmentRecord& record) {
    record = AlignmentRecord{};
    Columns line(text, where);
    record.name = line.required();
    if (record.name.empty()) line.refuse("the name of the query (column 1) is empty");
    record.query_length = line.whole("query length");
    record.query = {line.whole("query start"), line.whole("query end")};
    const std::string_view strand = line.required();
    record.contig = line.required();
    record.contig_length = line.whole("target length");
    record.reference = {line.whole("target start"), line.whole("target end")};
    record.matches = line.whole("matches");
    record.columns = line.whole("block length");
    record.mapq = static_cast<int>(line.whole("mapping quality"));

    record.aligned = record.contig != "*";
    if (record.aligned && strand != "+" && strand != "-") line.refuse(fmt::format("strand (column 5) is '{}', expected + or -", strand));
    record.strand = strand == "-" ? Strand::reverse : Strand::forward;
    LineTags tags;
    while (!line.at_end()) take_tag(line.next(), line, keep_difference, record, tags);
    if (!record.aligned) {
        record.reason = unaligned_reason(tags.reason, tags.message);
        record.reference = {};
        record.query = {};
        record.cigar.clear();
        record.matches = record.columns = 0;
        return;
    }
    const auto inside = [](auto interval, std::int64_t length) { return interval.begin >= 0 && interval.begin < interval.end && interval.end <= length; };
    if (!inside(record.query, record.query_length))
        line.refuse(fmt::format("query interval {}-{} does not lie within 0-{}", record.query.begin, record.query.end, record.query_length));
    if (!inside(record.reference, record.contig_length))
        line.refuse(fmt::format("target interval {}-{} does not lie within 0-{}", record.reference.begin, record.reference.end,
                                record.contig_length));
    if (record.mapq < 0 || record.mapq > 255) line.refuse(fmt::format("mapping quality is {}, expected 0 to 255", record.mapq));
    if (record.cigar.empty() && !tags.cs.empty()) record.cigar = cigar_of_cs(tags.cs, where);
    if (record.cigar.empty()) return;
    if (query_length(record.cigar) != record.query.length() || reference_length(record.cigar) != record.reference.length())
        line.refuse(fmt::format("the CIGAR covers {} query and {} target bases, the columns {} and {}", query_length(record.cigar),
                                reference_length(record.cigar), record.query.length(), record.reference.length()));
}

PafReader::PafReader(LineReader lines, bool keep_difference) : lines_(std::move(lines)), keep_difference_(keep_difference) {}

bool PafReader::read(AlignmentRecord& record) {
    const std::optional<std::string_view> line = lines_.line();
    if (!line) return false;
    parse_paf_line(*line, at_line(lines_.name(), lines_.line_number()), keep_difference_, record);
    if (record.name != current_) {
        current_ = record.name;
        primary_seen_ = false;
    }
    if (record.role == Role::primary && std::exchange(primary_seen_, true)) record.role = Role::supplementary;
    return true;
}

}  // namespace weft
