// How well the features fit: distributions over the features, and how they cover the reference.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <numeric>

#include "weft/report/page_html.hpp"
#include "weft/report/page_section.hpp"
#include "weft/report/text_table.hpp"

namespace weft {
namespace {

using Analysis = AnalysisDocument;
using Label = std::function<std::string(double)>;

std::string share_label(double edge) { return fmt::format("{:g}", std::round(edge * 10'000) / 100); }
std::string length_label(double edge) { return bases_html(static_cast<std::int64_t>(edge)); }

// "low_identity" as people write it.
std::string spaced(std::string word) {
    std::replace(word.begin(), word.end(), '_', ' ');
    return word;
}

// The bins from the first to the last that is not empty.
std::pair<std::size_t, std::size_t> filled_bins(const std::vector<std::int64_t>& counts) {
    const auto filled = [](std::int64_t count) { return count > 0; };
    const auto first = std::find_if(counts.begin(), counts.end(), filled);
    const auto last = std::find_if(counts.rbegin(), counts.rend(), filled).base();
    return first == counts.end()
               ? std::pair<std::size_t, std::size_t>{0, 0}
               : std::pair{static_cast<std::size_t>(first - counts.begin()), static_cast<std::size_t>(last - counts.begin())};
}

std::string histogram_table(const Analysis::Histogram& histogram, const std::string& caption, std::string_view head, const Label& label) {
    HtmlTable table(caption);
    table.text_column(head).number_column("Features").number_column("Share");
    const auto [first, last] = filled_bins(histogram.counts);
    for (std::size_t i = first; i < last; ++i)
        table.row({{label(histogram.edges[i]) + " to " + label(histogram.edges[i + 1]), histogram.edges[i]},
                   count_cell(histogram.counts[i]),
                   bar_cell(histogram.counts[i], histogram.total())});
    return table.html();
}

// "the highest bar, 4,012 of 9,588 features, is 98 to 99 %"
std::string highest_bar(const Analysis::Histogram& histogram, const Label& label, std::string_view unit) {
    const auto highest = std::max_element(histogram.counts.begin(), histogram.counts.end());
    const auto bin = static_cast<std::size_t>(highest - histogram.counts.begin());
    return fmt::format("the highest bar, {} of {}, is {} to {}{}", with_commas(*highest), counted(histogram.total(), "feature"),
                       label(histogram.edges[bin]), label(histogram.edges[bin + 1]), unit);
}

std::string average_text(const Analysis::Average& average) {
    std::string text;
    if (average.median) text += " Median " + share_html(*average.median);
    if (average.mean) text += (text.empty() ? " Mean " : ", mean ") + share_html(*average.mean);
    return text.empty() ? "" : text + ".";
}

std::string share_histogram(const Analysis::Histogram& histogram, const Analysis::Average& average, const std::string& chart,
                            const std::string& heading, const std::string& note) {
    if (histogram.total() == 0) return "";
    return figure_html({.chart = chart,
                        .heading = heading,
                        .note = note + average_text(average),
                        .words = heading + " as a histogram:" + average_text(average) + " As to its shape, " +
                                 highest_bar(histogram, share_label, " %") + ".",
                        .table = histogram_table(histogram, heading, heading + ", %", share_label)}) +
           "\n";
}

std::string length_histogram(const Analysis::Histogram& histogram) {
    if (histogram.total() == 0) return "";
    return figure_html({.chart = "length",
                        .heading = "Length of the features",
                        .note = "Bases per feature, on a logarithmic scale.",
                        .words = "Lengths of the features as a histogram: " + highest_bar(histogram, length_label, "") + ".",
                        .table = histogram_table(histogram, "Length of the features", "Length", length_label)}) +
           "\n";
}

// Features by size class, a column per class: the chart draws this table.
std::string class_figure(const Analysis& analysis) {
    if (analysis.size_classes.empty() || analysis.classes.empty()) return "";
    HtmlTable table("Classes by length of the feature");
    table.text_column("Length").number_column("Features");
    for (const Analysis::ClassCount& row : analysis.classes) table.number_column(spaced(row.word));
    table.number_column("Mean identity");
    for (std::size_t i = 0; i < analysis.size_classes.size(); ++i) {
        const Analysis::SizeClassFigures& size = analysis.size_classes[i];
        std::vector<HtmlCell> cells{text_cell(size.name), count_cell(size.features)};
        for (const Analysis::ClassCount& row : analysis.classes) cells.push_back(count_cell(i < row.by_size.size() ? row.by_size[i] : 0));
        cells.push_back(share_cell(size.identity_mean));
        table.row(std::move(cells));
    }
    std::string words = "Share of each class by length of the feature.";
    for (const Analysis::SizeClassFigures& size : analysis.size_classes)
        if (size.features > 0)
            words += fmt::format(" {}: {} of {} placed.", size.name, with_commas(size.placed), counted(size.features, "feature"));
    return figure_html({.chart = "classes",
                        .heading = "Classes by length",
                        .note = "Of the features of each length, the share of each class.",
                        .words = words,
                        .table = table.html()}) +
           "\n";
}

std::string mapq_figure(const Analysis& analysis) {
    const std::int64_t total = std::accumulate(analysis.mapq.begin(), analysis.mapq.end(), std::int64_t{0});
    if (total == 0) return "";
    HtmlTable table("Mapping quality");
    table.text_column("MAPQ").number_column("Features").number_column("Share");
    for (std::size_t i = analysis.mapq.size(); i-- > 0;)
        if (analysis.mapq[i] > 0)
            table.row({{std::to_string(i), {}}, count_cell(analysis.mapq[i]), bar_cell(analysis.mapq[i], total + analysis.mapq_unknown)});
    if (analysis.mapq_unknown > 0)
        table.row({{"unknown", -1}, count_cell(analysis.mapq_unknown), bar_cell(analysis.mapq_unknown, total + analysis.mapq_unknown)});
    constexpr std::size_t sure = 30;
    const std::int64_t confident =
        analysis.mapq.size() <= sure ? 0 : std::accumulate(analysis.mapq.begin() + sure, analysis.mapq.end(), std::int64_t{0});
    const std::string text = fmt::format("MAPQ is {2} or more at {0} of {1}: at most one such place in 1,000 should be wrong.",
                                         share_html(confident, total), counted(total, "place"), sure);
    return figure_html({.chart = "mapq",
                        .heading = "Mapping quality",
                        .note = text,
                        .words = "Mapping quality, 0 to 60, as bars. " + text,
                        .table = table.html()}) +
           "\n";
}

// Features and their mean identity per bin of length: what the density shows, in one dimension less.
std::string density_figure(const Analysis::Density& density) {
    if (density.counts.empty()) return "";
    HtmlTable table("Identity by length");
    table.text_column("Length").number_column("Features").number_column("Mean identity");
    for (std::size_t i = 0; i + 1 < density.length_edges.size(); ++i) {
        std::int64_t features = 0;
        double sum = 0;
        for (std::size_t j = 0; j < density.counts.size(); ++j) {
            features += density.counts[j][i];
            sum += static_cast<double>(density.counts[j][i]) * (density.identity_edges[j] + density.identity_edges[j + 1]) / 2;
        }
        if (features > 0)
            table.row(
                {{length_label(density.length_edges[i]) + " to " + length_label(density.length_edges[i + 1]), density.length_edges[i]},
                 count_cell(features),
                 share_cell(sum / static_cast<double>(features))});
    }
    if (table.empty()) return "";
    return figure_html({.chart = "length-identity",
                        .heading = "Length and identity",
                        .note = "The stronger the colour, the more features have that length and that identity.",
                        .words = "Density of features by length and identity; the table has the mean identity for each length.",
                        .table = table.html()}) +
           "\n";
}

struct DepthFigures {
    double mean = 0, lowest = 0, highest = 0, bare = 0;   // bare: share of the bins where nothing lies
};

DepthFigures depth_figures(const Analysis::ContigDepth& row) {
    DepthFigures figures;
    if (row.mean.empty()) return figures;
    double bases = 0;
    double sum = 0;
    for (std::size_t i = 0; i < row.mean.size(); ++i) {
        const double begin = static_cast<double>(row.bin) * static_cast<double>(i);
        const double width =
            std::max(1.0, std::min(static_cast<double>(row.bin), static_cast<double>(row.length) - begin));   // the last bin is short
        bases += width;
        sum += width * row.mean[i];
    }
    figures.mean = sum / bases;
    figures.lowest = *std::min_element(row.mean.begin(), row.mean.end());
    figures.highest = *std::max_element(row.mean.begin(), row.mean.end());
    figures.bare = static_cast<double>(std::count(row.mean.begin(), row.mean.end(), 0.0)) / static_cast<double>(row.mean.size());
    return figures;
}

std::string depth_figure(const Analysis& analysis) {
    constexpr std::size_t most_contigs = 200;   // rows of the table
    if (analysis.depth.empty()) return "";
    HtmlTable table("Depth by contig");
    table.text_column("Contig")
        .number_column("Length")
        .number_column("Mean depth")
        .number_column("Lowest bin")
        .number_column("Highest bin")
        .number_column("Bins without");
    std::int64_t untouched = 0;
    for (std::size_t i = 0; i < analysis.depth.size(); ++i) {
        const Analysis::ContigDepth& row = analysis.depth[i];
        const DepthFigures figures = depth_figures(row);
        if (figures.highest == 0) ++untouched;
        if (i >= most_contigs) continue;
        const auto decimal = [](double value) { return HtmlCell{fmt::format("{:.2f}", value), {}}; };
        table.row({code_cell(row.contig), bases_cell(row.length), decimal(figures.mean), decimal(figures.lowest), decimal(figures.highest),
                   share_cell(figures.bare)});
    }
    const std::string contigs = counted(std::ssize(analysis.depth), "contig");
    const std::string text = untouched == 0 ? fmt::format("No contig of {} is without features.", with_commas(std::ssize(analysis.depth)))
                                            : fmt::format("{} of {} bear no feature.", with_commas(untouched), contigs);
    const std::string rows = analysis.depth.size() > most_contigs ? fmt::format(" The table has the first {}.", most_contigs) : "";
    return figure_html({.chart = "depth",
                        .heading = "Depth along the reference",
                        .note = "How many features cover a base, averaged over bins. " + text + rows,
                        .words = "Mean depth along the reference, contig after contig. " + text,
                        .table = table.html(),
                        .wide = true}) +
           "\n";
}

std::string filter_html(const Analysis::Filtered& filtered) {
    HtmlTable table("What the filter rejected");
    table.text_column("Term").number_column("Rejected");
    for (const auto& [term, rejected] : filtered.terms) table.row({code_cell(term), count_cell(rejected)});
    return fmt::format("<div class=\"panel\"><h3>Filter</h3><p>{} passed.</p>{}</div>\n", counted(filtered.passed, "alignment"),
                       table.empty() ? "" : table.html());
}

std::string variants_html(const Analysis::Variants& variants) {
    HtmlTable table("Differences from the reference");
    table.text_column("Kind").number_column("Count");
    table.row({text_cell("Single letters"), count_cell(variants.snv)});
    table.row({text_cell("Insertions"), count_cell(variants.insertion)});
    table.row({text_cell("Deletions"), count_cell(variants.deletion)});
    return fmt::format("<div class=\"panel\"><h3>Variants</h3><p>At {} of the reference.</p>{}</div>\n", counted(variants.sites, "site"),
                       table.html());
}

}  // namespace

PageSection quality_section(const AnalysisDocument& analysis) {
    std::string html;
    html += share_histogram(analysis.identity_histogram, analysis.identity, "identity", "Identity",
                            "Equal bases among the aligned ones of a feature.");
    html += share_histogram(analysis.coverage_histogram, analysis.coverage, "coverage", "Coverage", "Bases of a feature that are aligned.");
    html += depth_figure(analysis);
    html += mapq_figure(analysis) + length_histogram(analysis.length_histogram);
    html += density_figure(analysis.length_identity) + class_figure(analysis);
    if (analysis.errors) html += errors_html(*analysis.errors);
    if (analysis.filtered) html += filter_html(*analysis.filtered);
    if (analysis.variants) html += variants_html(*analysis.variants);
    if (!html.empty()) html = "<div class=\"figures\">\n" + html + "</div>\n";
    return {"quality", "Quality", html};
}

}  // namespace weft
