#include "weft/stages/skipped_items.hpp"

#include <array>
#include <filesystem>
#include <fstream>

#include "weft/model/error.hpp"

namespace weft {
namespace {

const std::vector<std::string_view> head{"feature", "reason", "where"};

}  // namespace

std::string table_line(const std::vector<std::string_view>& cells) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) line += '\t';
        for (const char letter : cells[i]) line += letter == '\t' || letter == '\n' || letter == '\r' ? ' ' : letter;
    }
    line += '\n';
    return line;
}

void write_skipped_items(const std::string& path, const std::vector<SkippedItem>& items) {
    if (items.empty()) return;
    OutputFile file(path);
    file.write(table_line(head));
    for (const SkippedItem& item : items) file.write(table_line({item.feature, item.reason, item.where}));
    file.commit();
}

std::vector<SkippedItem> read_skipped_items(const std::string& path) {
    std::vector<SkippedItem> items;
    if (!std::filesystem::exists(path)) return items;
    std::ifstream file(path);
    std::string line;
    if (!std::getline(file, line) || line + "\n" != table_line(head)) throw FormatError({path, "is no list of failures", ""});
    while (std::getline(file, line)) {
        const std::size_t first = line.find('\t');
        const std::size_t second = first == std::string::npos ? first : line.find('\t', first + 1);
        if (second == std::string::npos) throw FormatError({path, "has a line without three cells", ""});
        items.push_back({line.substr(0, first), line.substr(first + 1, second - first - 1), line.substr(second + 1)});
    }
    return items;
}

}  // namespace weft
