#include "weft/record/sam_header.hpp"

#include <algorithm>
#include <map>

#include "weft/model/error.hpp"
#include "weft/record/decimal.hpp"

namespace weft {
namespace {

// The value of a field ("ID") of a header line; empty when it has none.
std::string_view header_field(std::string_view line, std::string_view name) {
    while (!line.empty()) {
        const std::string_view field = line.substr(0, line.find('\t'));
        if (field.size() > 3 && field.substr(0, 2) == name && field[2] == ':') return field.substr(3);
        line.remove_prefix(std::min(field.size() + 1, line.size()));
    }
    return {};
}

// Tabs and line ends inside a value would start a new field or line.
std::string on_one_line(std::string_view value) {
    std::string text;
    for (const char letter : value) {
        switch (letter) {
            case '\t': text += "\\t"; break;
            case '\n': text += "\\n"; break;
            case '\r': text += "\\r"; break;
            default: text += letter;
        }
    }
    return text;
}

void append_contigs(const std::vector<ContigRecord>& contigs, std::string& text) {
    for (const ContigRecord& contig : contigs) {
        if (contig.name == "*" || contig.name == "=")
            throw FormatError({"contig " + contig.name, "SAM gives this name another meaning", "rename the contig or write PAF"});
        text += "@SQ\tSN:" + contig.name + "\tLN:";
        append_decimal(text, contig.length);
        if (!contig.md5.empty()) text += "\tM5:" + contig.md5;
        text += '\n';
    }
}

void append_read_groups(const std::vector<std::string>& lines, std::string& text) {
    std::map<std::string_view, std::string_view> line_of_id;
    for (const std::string& line : lines) {
        const std::string_view id = header_field(line, "ID");
        const auto [known, added] = line_of_id.try_emplace(id, line);
        if (added)
            text += line + '\n';
        else if (known->second != line)
            throw FormatError({"read group " + std::string(id), "the inputs describe it differently: \"" + on_one_line(known->second) +
                               "\" and \"" + on_one_line(line) + "\"", "align the files one by one, or give one read group to all with -R"});
    }
}

}  // namespace

std::string read_group_id(std::string_view line) {
    constexpr const char* advice = "write it as '@RG\\tID:sample1\\tSM:sample1'";
    if (!line.starts_with("@RG\t")) throw UsageError({"--read-group", "the line does not begin with @RG and a tab", advice});
    if (line.find_first_of("\n\r") != std::string_view::npos) throw UsageError({"--read-group", "it has more than one line", advice});
    const std::string_view id = header_field(line, "ID");
    if (id.empty()) throw UsageError({"--read-group", "it has no ID", advice});
    return std::string(id);
}

std::string sam_header(const OutputOptions& options, const OutputHeader& header) {
    // Unsorted records of one feature lie together (GO:query).
    std::string text = options.sort ? "@HD\tVN:1.6\tSO:coordinate\n" : "@HD\tVN:1.6\tSO:unsorted\tGO:query\n";
    append_contigs(header.contigs, text);
    append_read_groups(options.read_group.empty() ? header.read_groups : std::vector{options.read_group}, text);
    text += "@PG\tID:weft\tPN:weft\tVN:" + on_one_line(header.program_version);
    if (!header.command_line.empty()) text += "\tCL:" + on_one_line(header.command_line);
    text += '\n';
    return text;
}

}  // namespace weft
