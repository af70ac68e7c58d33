#include "weft/report/table.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

namespace weft {
namespace {

const char* word_of(ColumnKind kind) {
    switch (kind) {
        case ColumnKind::text: return "text";
        case ColumnKind::integer: return "integer";
        case ColumnKind::number: return "number";
    }
    return "";
}

bool suits(const TableCell& cell, ColumnKind kind) {
    switch (cell.index()) {
        case 1: return kind == ColumnKind::text;
        case 2: return kind == ColumnKind::integer;
        case 3: return kind == ColumnKind::number;
        default: return true;
    }
}

void check_row(const TableHead& head, const TableRow& row) {
    bool sound = row.size() == head.columns.size();
    for (std::size_t i = 0; sound && i < row.size(); ++i) sound = suits(row[i], head.columns[i].kind);
    if (!sound) throw std::logic_error("a row does not suit the columns of table " + head.name);
}

void append_escaped(std::string& text, const std::string& value) {
    for (const char c : value) {
        switch (c) {
            case '\t': text += "\\t"; break;
            case '\n': text += "\\n"; break;
            case '\r': text += "\\r"; break;
            case '\\': text += "\\\\"; break;
            default: text += c;
        }
    }
}

std::string json_string(const std::string& value) {
    return nlohmann::json(value).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// The text of a cell that is no text; empty when it is missing.
std::string numeric_text(const TableCell& cell) {
    if (const auto* const integer = std::get_if<std::int64_t>(&cell)) return std::to_string(*integer);
    const auto* const number = std::get_if<double>(&cell);
    return number != nullptr && std::isfinite(*number) ? number_text(*number) : "";
}

std::string tsv_head(const TableHead& head) {
    std::string text;
    for (const TableColumn& column : head.columns) {
        if (!text.empty()) text += '\t';
        append_escaped(text, column.name);
    }
    return text + '\n';
}

std::string tsv_row(const TableRow& row) {
    std::string text;
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (i > 0) text += '\t';
        if (const auto* const value = std::get_if<std::string>(&row[i]))
            append_escaped(text, *value);
        else
            text += numeric_text(row[i]);
    }
    return text + '\n';
}

std::string json_head(const TableHead& head) {
    std::string text = "{\"name\":" + json_string(head.name) + ",\"title\":" + json_string(head.title) + ",\n\"columns\":[";
    for (std::size_t i = 0; i < head.columns.size(); ++i) {
        const TableColumn& column = head.columns[i];
        if (i > 0) text += ',';
        text += "{\"name\":" + json_string(column.name) + ",\"unit\":" + json_string(column.unit) + ",\"kind\":\"" + word_of(column.kind) +
                "\"}";
    }
    return text + "],\n\"rows\":[";
}

std::string json_row(const TableRow& row, bool first) {
    std::string text = first ? "\n[" : ",\n[";
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (i > 0) text += ',';
        if (const auto* const value = std::get_if<std::string>(&row[i])) {
            text += json_string(*value);
        } else {
            const std::string number = numeric_text(row[i]);
            text += number.empty() ? "null" : number;
        }
    }
    return text + ']';
}

constexpr char json_end[] = "\n]}\n";

}  // namespace

std::string number_text(double number) { return fmt::format("{:.6g}", number); }

double rounded(double number) { return std::strtod(number_text(number).c_str(), nullptr); }

std::string tsv_text(const Table& table) {
    std::string text = tsv_head(table.head);
    for (const TableRow& row : table.rows) {
        check_row(table.head, row);
        text += tsv_row(row);
    }
    return text;
}

std::string json_text(const Table& table) {
    std::string text = json_head(table.head);
    bool first = true;
    for (const TableRow& row : table.rows) {
        check_row(table.head, row);
        text += json_row(row, std::exchange(first, false));
    }
    return text + json_end;
}

TableWriter::TableWriter(TableHead head, const std::string& folder)
    : head_(std::move(head)), tsv_(folder + "/" + head_.name + ".tsv"), json_(folder + "/" + head_.name + ".json") {
    tsv_.write(tsv_head(head_));
    json_.write(json_head(head_));
}

void TableWriter::add(const TableRow& row) {
    check_row(head_, row);
    tsv_.write(tsv_row(row));
    json_.write(json_row(row, std::exchange(first_, false)));
}

void TableWriter::commit() {
    json_.write(json_end);
    tsv_.commit();
    json_.commit();
}

void write_table(const Table& table, const std::string& folder) {
    TableWriter writer(table.head, folder);
    for (const TableRow& row : table.rows) writer.add(row);
    writer.commit();
}

}  // namespace weft
