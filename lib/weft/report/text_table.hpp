// Tables for people and for programs: the same cells, aligned in columns or separated by tabs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace weft {

/// Rows of cells. Cells that are numbers (digits with commas, signs, points, percent signs) stand to the right of their column,
/// others to the left. A row may have fewer cells than others; its last cell does not widen the column when it is text.
class TextTable {
public:
    void add(std::vector<std::string> cells);
    /// A row of headings: each stands right when its column has numbers.
    void add_head(std::vector<std::string> cells);

    /// Lines with columns aligned by spaces, `indent` in front; no spaces at line ends.
    std::string text(std::size_t indent = 0) const;

private:
    struct Row {
        std::vector<std::string> cells;
        bool is_head;
    };
    std::vector<Row> rows_{};
};

/// A whole number with commas: 1,234,567.
std::string with_commas(std::int64_t number);

/// A share in percent with two digits: "12.34 %"; "-" when there is nothing to share.
std::string percent(std::int64_t part, std::int64_t whole);

}  // namespace weft
