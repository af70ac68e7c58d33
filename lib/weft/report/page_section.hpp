// The sections of the report page, in the order of the page. A section whose data are absent has no HTML and is left out.
//
// Everything that depends on time (when, how long, how much memory, what was reused) is the business of `times_html` alone.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "weft/report/page_documents.hpp"
#include "weft/report/page_verdict.hpp"
#include "weft/report/region_slice.hpp"

namespace weft {

struct PageSection {
    std::string id{};
    std::string title{};
    std::string html{};   // without the heading
};

/// What stands first: title, status, headline, failed stages with the ends of their logs, figures, the worst problems.
/// `times` follows the figures as it is, on a line of its own.
std::string verdict_html(const ReportVerdict& verdict, std::string_view title, const AnalysisDocument* analysis, const RunDocument* run,
                         std::string_view times);

PageSection lost_section(const AnalysisDocument* analysis, const RunDocument* run);
PageSection quality_section(const AnalysisDocument& analysis);
/// The part of quality about single differences: how many, which letters, how long, where features end.
std::string errors_html(const AnalysisDocument::Errors& errors);
PageSection dot_plot_section(const AnalysisDocument& analysis);
PageSection time_section(const RunDocument& run);
/// `graph` is SVG, put in as it is.
PageSection stages_section(const RunDocument& run, std::string_view graph);
/// Needs the rows of the slices alone.
PageSection regions_section(std::span<const RegionSlice> slices);
/// `regions`: the page has a region view, so its licence is listed too.
PageSection configuration_section(const RunDocument* run, bool regions = false);

/// Wall time and memory, and the charts and tables of time, in one line. The page's script moves each to the section that `data-place`
/// names.
std::string times_html(const RunDocument& run);

}  // namespace weft
