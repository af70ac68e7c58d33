// The error profile: how often the features differ from the reference, in which letters, by how long gaps, and where they end.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "weft/report/page_html.hpp"
#include "weft/report/page_section.hpp"
#include "weft/report/text_table.hpp"

namespace weft {
namespace {

using Errors = AnalysisDocument::Errors;

// Lengths are told apart while they are short, and grouped beyond: a table of every length would have thousands of rows.
constexpr std::array<std::int64_t, 18> length_bins{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 50, 100, 200, 500, 1'000, 10'000};

std::string bin_label(std::size_t bin) {
    if (bin + 1 == length_bins.size()) return with_commas(length_bins[bin]) + " and more";
    const std::int64_t last = length_bins[bin + 1] - 1;
    return last == length_bins[bin] ? with_commas(last) : with_commas(length_bins[bin]) + " to " + with_commas(last);
}

std::int64_t in_bin(const std::vector<CountOfLength>& counts, std::size_t bin) {
    const std::int64_t end = bin + 1 < length_bins.size() ? length_bins[bin + 1] : std::numeric_limits<std::int64_t>::max();
    std::int64_t sum = 0;
    for (const auto& [length, count] : counts)
        if (length >= length_bins[bin] && length < end) sum += count;
    return sum;
}

std::string two_counts_table(const std::string& caption, std::string_view first_head, const std::vector<CountOfLength>& first,
                             std::string_view second_head, const std::vector<CountOfLength>& second) {
    HtmlTable table(caption);
    table.text_column("Bases").number_column(first_head).number_column(second_head);
    for (std::size_t bin = 0; bin < length_bins.size(); ++bin) {
        const std::int64_t a = in_bin(first, bin);
        const std::int64_t b = in_bin(second, bin);
        if (a + b > 0) table.row({{bin_label(bin), static_cast<double>(length_bins[bin])}, count_cell(a), count_cell(b)});
    }
    return table.html();
}

HtmlCell rate_cell(std::optional<double> rate) { return {rate ? fmt::format("{:.2f}", *rate) : "–", {}}; }

std::string rates_html(const Errors& errors) {
    HtmlTable table("Differences from the reference");
    table.text_column("Kind").number_column("Per kilobase").number_column("Count").number_column("Bases");
    table.row(
        {text_cell("Mismatches"), rate_cell(errors.mismatches_per_kilobase), count_cell(errors.mismatches), count_cell(errors.mismatches)});
    table.row({text_cell("Insertions"), rate_cell(errors.insertions_per_kilobase), count_cell(errors.insertions),
               count_cell(errors.inserted_bases)});
    table.row(
        {text_cell("Deletions"), rate_cell(errors.deletions_per_kilobase), count_cell(errors.deletions), count_cell(errors.deleted_bases)});
    return table.html();
}

bool is_transition(char a, char b) {
    const auto is_purine = [](char letter) { return letter == 'A' || letter == 'G'; };
    return is_purine(a) == is_purine(b);
}

// The table is its own chart: the fuller a field, the more often this letter stands for that one.
std::string substitutions_html(const Errors& errors) {
    if (errors.substitutions.empty()) return "";
    std::int64_t highest = 1;
    std::int64_t transitions = 0;
    std::int64_t transversions = 0;
    for (const auto& [reference, query, count] : errors.substitutions) {
        highest = std::max(highest, count);
        (is_transition(reference, query) ? transitions : transversions) += count;
    }
    std::string html = R"(<div class="table-box" tabindex="0" role="region" aria-label="Substitutions">)"
                       R"(<table class="heat"><caption>Substitutions</caption>)";
    html += R"(<thead><tr><th scope="col">Reference</th><th scope="col" class="n">to A</th><th scope="col" class="n">to C</th>)"
            R"(<th scope="col" class="n">to G</th><th scope="col" class="n">to T</th></tr></thead><tbody>)";
    for (const char reference : std::string_view("ACGT")) {
        html += fmt::format(R"(<tr><th scope="row">{}</th>)", reference);
        for (const char query : std::string_view("ACGT")) {
            const auto found = std::find_if(errors.substitutions.begin(), errors.substitutions.end(),
                                            [&](const auto& row) { return row.reference == reference && row.query == query; });
            if (found == errors.substitutions.end())
                html += R"(<td class="n same">·</td>)";
            else
                html += fmt::format(R"(<td class="n" style="--heat:{:.3f}">{}</td>)",
                                    static_cast<double>(found->count) / static_cast<double>(highest), with_commas(found->count));
        }
        html += "</tr>";
    }
    html += "</tbody></table></div>";
    const std::string ratio = transversions == 0 ? ""
                                                 : fmt::format("{:.2f} transitions (A-G, C-T) for each transversion.",
                                                               static_cast<double>(transitions) / static_cast<double>(transversions));
    return fmt::format("<h4>Letters</h4><p>{}</p>{}", ratio, html);
}

std::string gap_figure(const Errors& errors) {
    if (errors.insertion_lengths.empty() && errors.deletion_lengths.empty()) return "";
    const std::string words = fmt::format("{} and {} by their length, both on logarithmic scales.", counted(errors.insertions, "insertion"),
                                          counted(errors.deletions, "deletion"));
    return figure_html({.chart = "gaps",
                        .heading = "Lengths of insertions and deletions",
                        .note = "Both scales are logarithmic. In coding sequences, peaks at 3, 6 and 9 keep the reading frame.",
                        .words = words,
                        .table = two_counts_table("Lengths of insertions and deletions", "Insertions", errors.insertion_lengths,
                                                  "Deletions", errors.deletion_lengths)}) +
           "\n";
}

std::string ends_figure(const Errors& errors) {
    if (errors.left_clipped.empty() && errors.right_clipped.empty()) return "";
    return figure_html({.chart = "ends",
                        .heading = "Ends that are not aligned",
                        .note = "How many bases are missing at the left and the right end of an alignment, as the reference runs.",
                        .words = "Alignments by the number of bases that are not aligned at their left and their right end, as bars.",
                        .table = two_counts_table("Ends that are not aligned", "Left end", errors.left_clipped, "Right end",
                                                  errors.right_clipped)}) +
           "\n";
}

}  // namespace

std::string errors_html(const AnalysisDocument::Errors& errors) {
    std::string html = fmt::format("<div class=\"panel\" id=\"error-profile\"><h3>Error profile</h3>{}{}</div>\n", rates_html(errors),
                                   substitutions_html(errors));
    return html + gap_figure(errors) + ends_figure(errors);
}

}  // namespace weft
