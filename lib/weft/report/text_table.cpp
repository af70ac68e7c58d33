#include "weft/report/text_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace weft {
namespace {

constexpr std::size_t between_columns = 2;

bool is_number(const std::string& cell) {
    return cell == "-" || (cell.find_first_of("0123456789") != std::string::npos && cell.find_first_not_of("0123456789,.+- %e") == std::string::npos);
}

}  // namespace

void TextTable::add(std::vector<std::string> cells) { rows_.push_back({std::move(cells), false}); }
void TextTable::add_head(std::vector<std::string> cells) { rows_.push_back({std::move(cells), true}); }

std::string TextTable::text(std::size_t indent) const {
    std::vector<std::size_t> widths;
    std::vector<bool> numeric;
    for (const auto& [cells, is_head] : rows_) {
        widths.resize(std::max(widths.size(), cells.size()));
        numeric.resize(widths.size());
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (i + 1 < cells.size() || is_head || is_number(cells[i])) widths[i] = std::max(widths[i], cells[i].size());
            if (is_number(cells[i])) numeric[i] = true;
        }
    }
    std::string text;
    for (const auto& [cells, is_head] : rows_) {
        std::string line(indent, ' ');
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (i > 0) line.append(between_columns, ' ');
            const bool right = is_number(cells[i]) || (is_head && numeric[i]);
            line += right ? fmt::format("{:>{}}", cells[i], widths[i]) : fmt::format("{:<{}}", cells[i], widths[i]);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    }
    return text;
}

std::string with_commas(std::int64_t number) {
    std::string digits = std::to_string(number);
    const std::size_t first = number < 0 ? 1 : 0;
    for (std::size_t at = digits.size(); at > first + 3;) {
        at -= 3;
        digits.insert(at, 1, ',');
    }
    return digits;
}

std::string percent(std::int64_t part, std::int64_t whole) {
    return whole == 0 ? "-" : fmt::format("{:.2f} %", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

}  // namespace weft
