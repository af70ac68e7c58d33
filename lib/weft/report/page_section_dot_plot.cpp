// The dot plot: where every stretch of a query lies on the reference. Its table has the sums by contig and the longest stretches.
#include <fmt/format.h>

#include <algorithm>

#include "weft/report/page_html.hpp"
#include "weft/report/page_section.hpp"
#include "weft/report/text_table.hpp"

namespace weft {
namespace {

using DotPlot = AnalysisDocument::DotPlot;
using Axis = AnalysisDocument::Axis;
using Segment = AnalysisDocument::Segment;

constexpr std::size_t most_segments = 50;   // rows of the table
constexpr std::size_t most_contigs = 200;

// The sequence on which a position of the axis lies; the offsets rise.
const Axis* sequence_at(const std::vector<Axis>& sequences, std::int64_t position) {
    const auto after =
        std::upper_bound(sequences.begin(), sequences.end(), position, [](std::int64_t at, const Axis& axis) { return at < axis.offset; });
    return after == sequences.begin() ? nullptr : &*std::prev(after);
}

// "chrI" and its stretch in bases, 1-based as people count.
std::string stretch_text(const Axis* sequence, std::int64_t begin, std::int64_t end) {
    if (sequence == nullptr) return "";
    return fmt::format("{}:{}-{}", sequence->name, with_commas(begin - sequence->offset + 1), with_commas(end - sequence->offset));
}

std::string contigs_table(const DotPlot& plot) {
    struct Sums {
        std::int64_t stretches = 0, forward = 0, reverse = 0;
    };
    std::vector<Sums> sums(plot.contigs.size());
    for (const Segment& segment : plot.segments) {
        const Axis* contig = sequence_at(plot.contigs, segment.reference_begin);
        if (contig == nullptr) continue;
        Sums& sum = sums[static_cast<std::size_t>(contig - plot.contigs.data())];
        ++sum.stretches;
        (segment.strand < 0 ? sum.reverse : sum.forward) += segment.reference_end - segment.reference_begin;
    }
    HtmlTable table("Stretches by contig");
    table.text_column("Contig").number_column("Length").number_column("Stretches").number_column("Forward").number_column("Reverse");
    for (std::size_t i = 0; i < std::min(sums.size(), most_contigs); ++i)
        table.row({code_cell(plot.contigs[i].name), bases_cell(plot.contigs[i].length), count_cell(sums[i].stretches),
                   bases_cell(sums[i].forward), bases_cell(sums[i].reverse)});
    return table.html();
}

std::string longest_table(const DotPlot& plot) {
    std::vector<Segment> longest = plot.segments;
    std::stable_sort(longest.begin(), longest.end(), [](const Segment& a, const Segment& b) {
        return a.reference_end - a.reference_begin > b.reference_end - b.reference_begin;
    });
    longest.resize(std::min(longest.size(), most_segments));
    HtmlTable table("The longest stretches");
    table.text_column("Query").text_column("Reference").text_column("Strand").number_column("Length").number_column("Identity");
    for (const Segment& segment : longest)
        table.row(
            {code_cell(stretch_text(sequence_at(plot.queries, segment.query_begin), segment.query_begin, segment.query_end)),
             code_cell(stretch_text(sequence_at(plot.contigs, segment.reference_begin), segment.reference_begin, segment.reference_end)),
             text_cell(segment.strand < 0 ? "reverse" : "forward"), bases_cell(segment.reference_end - segment.reference_begin),
             share_cell(segment.identity)});
    return table.html();
}

}  // namespace

PageSection dot_plot_section(const AnalysisDocument& analysis) {
    const DotPlot& plot = analysis.dot_plot;
    if (plot.segments.empty()) return {"dot-plot", "Dot plot", ""};
    const auto reverse =
        std::count_if(plot.segments.begin(), plot.segments.end(), [](const Segment& segment) { return segment.strand < 0; });
    const std::string drawn =
        plot.shown < plot.total ? fmt::format("The {} longest of {} stretches are drawn.", with_commas(plot.shown), with_commas(plot.total))
                                : fmt::format("All {} are drawn.", with_commas(plot.total));
    const std::string figure =
        figure_html({.chart = "dot-plot",
                     .heading = "Queries against the reference",
                     .note = "A line for each aligned stretch: rising where it runs forward, falling where it is reversed. " + drawn,
                     .words = fmt::format("Dot plot of {} stretches of {} on {}; {} run reverse.", with_commas(std::ssize(plot.segments)),
                                          counted(std::ssize(plot.queries), "query sequence"), counted(std::ssize(plot.contigs), "contig"),
                                          with_commas(reverse)),
                     .table = contigs_table(plot) + longest_table(plot),
                     .wide = true});
    return {"dot-plot", "Dot plot", "<div class=\"figures\">\n" + figure + "\n</div>\n"};
}

}  // namespace weft
