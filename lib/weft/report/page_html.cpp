#include "weft/report/page_html.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "weft/report/text_table.hpp"

namespace weft {
namespace {

constexpr std::size_t long_cell = 48;                 // bytes of HTML; what is longer may be broken into lines
constexpr std::string_view narrow_space = "\u202f";   // between a number and its unit; does not break

struct Unit {
    double size;
    std::string_view name;
};

// Three digits that count: 1.20 Mb, 23.4 Mb, 812 Mb. `units` falls; the last one has whole numbers.
template <std::size_t n>
std::string with_unit(double value, const std::array<Unit, n>& units) {
    for (const Unit& unit : units) {
        const bool last = &unit == &units.back();
        // What would be rounded to 1,000 of a unit is 1 of the next.
        if (std::abs(value) < unit.size * 0.9995 && !last) continue;
        if (value == 0) return "0";
        const double scaled = value / unit.size;
        const int digits = last ? 0 : scaled < 9.995 ? 2 : scaled < 99.95 ? 1 : 0;
        return fmt::format("{:.{}f}{}{}", scaled, digits, narrow_space, unit.name);
    }
    return "";
}

std::string key_cell(std::string_view kind, std::string_view word) {
    std::string shown(word);
    std::replace(shown.begin(), shown.end(), '_', ' ');
    return fmt::format(R"(<span class="key {}-{}">{}</span>)", kind, escaped(word), escaped(shown));
}

}  // namespace

std::string escaped(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&': result += "&amp;"; break;
            case '<': result += "&lt;"; break;
            case '>': result += "&gt;"; break;
            case '"': result += "&quot;"; break;
            case '\'': result += "&#39;"; break;
            case '\n': result += "&#10;"; break;
            case '\r': result += "&#13;"; break;
            case '\t': result += "&#9;"; break;
            default:
                if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
                    result += "\ufffd";
                else
                    result += c;
        }
    }
    return result;
}

std::string bases_html(std::int64_t bases) {
    static constexpr std::array units{Unit{1e9, "Gb"}, Unit{1e6, "Mb"}, Unit{1e3, "kb"}, Unit{1, "b"}};
    return with_unit(static_cast<double>(bases), units);
}

std::string bytes_text(std::int64_t bytes) {
    static constexpr std::array units{Unit{1e12, "TB"}, Unit{1e9, "GB"}, Unit{1e6, "MB"}, Unit{1e3, "kB"}, Unit{1, "B"}};
    return with_unit(static_cast<double>(bytes), units);
}

std::string duration_html(double milliseconds) {
    const double seconds = milliseconds / 1'000;
    if (milliseconds < 9.95) return fmt::format("{:.1f}{}ms", milliseconds, narrow_space);
    if (milliseconds < 999.5) return fmt::format("{:.0f}{}ms", milliseconds, narrow_space);
    if (seconds < 59.95) return fmt::format("{:.1f}{}s", seconds, narrow_space);
    const auto whole = static_cast<std::int64_t>(std::llround(seconds));
    if (whole < 3'600) return fmt::format("{}{}min {:02}{}s", whole / 60, narrow_space, whole % 60, narrow_space);
    const std::int64_t minutes = (whole + 30) / 60;
    return fmt::format("{}{}h {:02}{}min", with_commas(minutes / 60), narrow_space, minutes % 60, narrow_space);
}

std::string share_html(double fraction) {
    double percent = std::round(fraction * 10'000) / 100;
    if (fraction < 1) percent = std::min(percent, 99.99);
    if (fraction > 0) percent = std::max(percent, 0.01);
    return fmt::format("{:.2f}{}%", percent, narrow_space);
}

std::string share_html(std::int64_t part, std::int64_t whole) {
    return whole == 0 ? "–" : share_html(static_cast<double>(part) / static_cast<double>(whole));
}

std::string counted(std::int64_t count, std::string_view noun) {
    return fmt::format("{} {}{}", with_commas(count), noun, count == 1 ? "" : "s");
}

HtmlCell text_cell(std::string_view text) { return {escaped(text), {}}; }
HtmlCell code_cell(std::string_view text) { return {text.empty() ? "" : "<code>" + escaped(text) + "</code>", {}}; }
HtmlCell count_cell(std::int64_t count) { return {with_commas(count), {}}; }
HtmlCell bases_cell(std::int64_t bases) { return {bases_html(bases), static_cast<double>(bases)}; }
HtmlCell share_cell(std::optional<double> fraction) { return {fraction ? share_html(*fraction) : "–", {}}; }
HtmlCell bar_cell(std::int64_t part, std::int64_t whole) {
    const double share = whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
    return {fmt::format(R"(<span class="bar" style="--share:{:.4f}">{}</span>)", share, share_html(part, whole)), share};
}
HtmlCell duration_cell(std::optional<double> milliseconds) { return {milliseconds ? duration_html(*milliseconds) : "–", milliseconds}; }
HtmlCell class_cell(std::string_view word) { return {key_cell("class", word), {}}; }
HtmlCell status_cell(std::string_view word) { return {key_cell("status", word), {}}; }

HtmlTable& HtmlTable::text_column(std::string_view head) {
    columns_.push_back({escaped(head), false});
    return *this;
}

HtmlTable& HtmlTable::number_column(std::string_view head) {
    columns_.push_back({escaped(head), true});
    return *this;
}

HtmlTable& HtmlTable::searchable() {
    searchable_ = true;
    return *this;
}

std::string HtmlTable::html() const {
    std::string html =
        fmt::format(R"(<div class="table-box"{} tabindex="0" role="region" aria-label="{}"><table><caption>{}</caption><thead><tr>)",
                    searchable_ ? " data-search" : "", escaped(caption_), escaped(caption_));
    for (const Column& column : columns_)
        html += fmt::format(R"(<th scope="col"{}>{}</th>)", column.numeric ? R"( class="n")" : "", column.head);
    html += "</tr></thead><tbody>";
    for (const auto& cells : rows_) {
        html += "<tr>";
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const bool numeric = i < columns_.size() && columns_[i].numeric;
            const std::string order = cells[i].order ? fmt::format(R"( data-order="{}")", *cells[i].order) : "";
            const std::string_view kind = numeric ? R"( class="n")" : cells[i].html.size() > long_cell ? R"( class="long")" : "";
            html += fmt::format("<td{}{}>{}</td>", kind, order, cells[i].html);
        }
        html += "</tr>";
    }
    return html + "</tbody></table></div>";
}

std::string fact_html(std::string_view name, std::string_view value, std::string_view detail) {
    const std::string small = detail.empty() ? "" : fmt::format(R"( <span class="detail">{}</span>)", escaped(detail));
    return fmt::format("<div><dt>{}</dt><dd>{}{}</dd></div>", name, escaped(value), small);
}

std::string figure_html(const ChartFigure& figure) {
    std::string html = fmt::format(R"(<figure class="figure{}" id="figure-{}"><figcaption><h3>{}</h3>)", figure.wide ? " wide" : "",
                                   figure.chart, escaped(figure.heading));
    if (!figure.note.empty()) html += fmt::format("<p>{}</p>", escaped(figure.note));
    html += fmt::format(R"(</figcaption><div class="chart" data-chart="{}" role="img" aria-label="{}"></div>)", figure.chart,
                        escaped(figure.words));
    if (!figure.table.empty()) html += fmt::format(R"(<details class="twin"><summary>Show as table</summary>{}</details>)", figure.table);
    return html + "</figure>";
}

}  // namespace weft
