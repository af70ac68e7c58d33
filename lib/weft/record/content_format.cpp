#include "weft/record/content_format.hpp"

#include <algorithm>
#include <vector>

#include "weft/bytes/input_file.hpp"
#include "weft/bytes/line_reader.hpp"
#include "weft/record/sam_file.hpp"

namespace weft {
namespace {

constexpr std::size_t enough = 1 << 16;   // bytes: comments may stand before the first record

bool is_number(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char letter) { return letter >= '0' && letter <= '9'; });
}

std::vector<std::string_view> cells_of(std::string_view line) {
    std::vector<std::string_view> cells;
    for (;;) {
        const std::size_t tab = line.find('\t');
        cells.push_back(line.substr(0, tab));
        if (tab == std::string_view::npos) return cells;
        line.remove_prefix(tab + 1);
    }
}

std::string_view table_format(std::string_view line) {
    const std::vector<std::string_view> cells = cells_of(line);
    const auto number = [&](std::size_t cell) { return cells.size() > cell && is_number(cells[cell]); };
    if (cells.size() >= 12 && number(1) && number(2) && number(3) && (cells[4] == "+" || cells[4] == "-") && number(6)) return "paf";
    if (cells.size() == 9 && number(3) && number(4)) return cells[8].find('=') != std::string_view::npos || cells[8] == "." ? "gff3" : "gtf";
    if (cells.size() >= 3 && number(1) && number(2)) return "bed";
    return "text";
}

}  // namespace

std::string_view text_format(std::string_view begin) {
    if (begin.starts_with("##fileformat=VCF")) return "vcf";
    if (begin.starts_with("##gff-version")) return "gff3";
    if (begin.starts_with("\x89WEFT")) return "weft";
    if (std::any_of(begin.begin(), begin.end(), [](char letter) { return static_cast<unsigned char>(letter) < 0x09; })) return "unknown";
    while (!begin.empty()) {
        const std::string_view line = begin.substr(0, begin.find('\n'));
        begin.remove_prefix(std::min(line.size() + 1, begin.size()));
        if (line.find_first_not_of(" \t\r") == std::string_view::npos || line.front() == '#') continue;
        if (line.front() == '>') return "fasta";
        if (line.front() == '@') return "fastq";
        return table_format(line.ends_with('\r') ? line.substr(0, line.size() - 1) : line);
    }
    return "text";
}

std::string_view content_format(const std::string& path) {
    InputFile file = open_input(path);
    if (holds_alignments(file)) return "sam";
    LineReader lines{ByteReader(std::move(file))};
    return text_format(lines.look_ahead(enough));
}

}  // namespace weft
