// What a stage could not use or could not do, item by item: the rows of failures.tsv. Nothing is lost without one of them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "weft/bytes/output_file.hpp"

namespace weft {

struct SkippedItem {
    std::string feature{};   // its name, empty when it has none that can be read
    std::string reason{};
    std::string where{};     // file:line, or empty

    friend bool operator==(const SkippedItem&, const SkippedItem&) = default;
};

/// Name of the list in a stage's result.
inline constexpr std::string_view skipped_items_file = "failures.tsv";

/// Writes a list, if there is anything to write. Cells lose their tabs and line ends.
void write_skipped_items(const std::string& path, const std::vector<SkippedItem>& items);

/// The list of a result; empty when there is none. Throws FormatError for a file that is none.
std::vector<SkippedItem> read_skipped_items(const std::string& path);

/// One line of a table: cells joined by tabs; a tab or line end inside a cell becomes a space.
std::string table_line(const std::vector<std::string_view>& cells);

}  // namespace weft
