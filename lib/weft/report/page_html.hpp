// Pieces of HTML for the report page: escaped text, figures as people read them, tables, and charts with their tables.
//
// No piece holds a line break, so that any of them may stand in the one line of the page that changes from run to run.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace weft {

/// Text as it may stand in an element or in a quoted attribute. Control characters, which HTML does not allow, become U+FFFD.
std::string escaped(std::string_view text);

/// A length in bases: "812 b", "23.4 kb", "1.20 Mb".
std::string bases_html(std::int64_t bases);
/// "840 ms", "12.4 s", "3 min 12 s", "1 h 04 min".
std::string duration_html(double milliseconds);
/// "512 B", "1.4 GB": powers of 1,000.
std::string bytes_text(std::int64_t bytes);
/// A fraction in percent: "95.88 %". Only all is 100 and only none is 0: what lies between is never rounded to them.
std::string share_html(double fraction);
std::string share_html(std::int64_t part, std::int64_t whole);
/// A count with its noun: "1 feature", "412 features".
std::string counted(std::int64_t count, std::string_view noun);

/// A cell: what is shown, and the number by which the page's script sorts when what is shown is not a plain number.
struct HtmlCell {
    std::string html{};
    std::optional<double> order{};
};
HtmlCell text_cell(std::string_view text);
HtmlCell code_cell(std::string_view text);
HtmlCell count_cell(std::int64_t count);
HtmlCell bases_cell(std::int64_t bases);
HtmlCell share_cell(std::optional<double> fraction);
/// A count as a bar beside its share of the whole.
HtmlCell bar_cell(std::int64_t part, std::int64_t whole);
HtmlCell duration_cell(std::optional<double> milliseconds);
/// A class or a status: a spot in its colour, and its word.
HtmlCell class_cell(std::string_view word);
HtmlCell status_cell(std::string_view word);

/// A table in a box of its own that scrolls when the table is wider than the page.
class HtmlTable {
public:
    explicit HtmlTable(std::string caption) : caption_(std::move(caption)) {}   // for who cannot see the heading above

    HtmlTable& text_column(std::string_view head);
    HtmlTable& number_column(std::string_view head);
    void row(std::vector<HtmlCell> cells) { rows_.push_back(std::move(cells)); }
    /// Readers may search in it: for long tables.
    HtmlTable& searchable();

    bool empty() const { return rows_.empty(); }
    std::string html() const;

private:
    struct Column {
        std::string head{};
        bool numeric = false;
    };
    std::string caption_;
    std::vector<Column> columns_{};
    std::vector<std::vector<HtmlCell>> rows_{};
    bool searchable_ = false;
};

/// A figure of the verdict: an entry of a list <dl>.
std::string fact_html(std::string_view name, std::string_view value, std::string_view detail = {});

/// A chart that the page's script draws, and the same as a table for who cannot see it or has no script.
struct ChartFigure {
    std::string chart{};   // the name by which the script knows it
    std::string heading{};
    std::string note{};    // plain text under the heading
    std::string words{};   // what the chart shows, in words
    std::string table{};   // HTML
    bool wide = false;     // over all columns of the page
};
std::string figure_html(const ChartFigure& figure);

}  // namespace weft
