// A table as a value: what its columns mean, and rows of typed cells. Written as TSV for tools and as JSON for pages, with the same
// numbers in both.
//
// Text comes from users' files. A tab or a line break in a name must not make another column or row, so TSV has them as \t, \n, \r
// and a backslash as \\; JSON has escapes of its own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "weft/bytes/output_file.hpp"

namespace weft {

enum class ColumnKind : std::uint8_t { text, integer, number };

struct TableColumn {
    std::string name{};
    std::string unit{};   // empty: none
    ColumnKind kind = ColumnKind::text;
};

/// Everything about a table but its rows.
struct TableHead {
    std::string name{};    // the file is named for it: lower case, digits, underscores
    std::string title{};   // for people
    std::vector<TableColumn> columns{};
};

/// The first alternative is a missing value: an empty field of TSV, null in JSON. So is a number that is not finite.
using TableCell = std::variant<std::monostate, std::string, std::int64_t, double>;
using TableRow = std::vector<TableCell>;

struct Table {
    TableHead head{};
    std::vector<TableRow> rows{};
};

/// A cell that may be missing.
template <class Value>
TableCell cell_of(const std::optional<Value>& value) {
    return value ? TableCell(*value) : TableCell();
}

/// Six significant digits, as in TSV and JSON: "0.9375", "1e-07". The number must be finite.
std::string number_text(double number);
/// The same as a number.
double rounded(double number);

/// A head line, then one line per row.
std::string tsv_text(const Table& table);
/// {"name": ..., "title": ..., "columns": [{"name", "unit", "kind"}...], "rows": [[...]...]}, one line per row.
std::string json_text(const Table& table);

/// Writes a table row by row, for tables that memory should not hold: FOLDER/NAME.tsv and FOLDER/NAME.json, both there when `commit`
/// returns and neither before.
class TableWriter {
public:
    /// Throws SystemError when the files cannot be made.
    TableWriter(TableHead head, const std::string& folder);

    /// Throws SystemError, and std::logic_error for cells that do not suit the columns.
    void add(const TableRow& row);
    void commit();

private:
    TableHead head_;
    OutputFile tsv_;
    OutputFile json_;
    bool first_ = true;
};

/// Writes a whole table as TableWriter does.
void write_table(const Table& table, const std::string& folder);

}  // namespace weft
