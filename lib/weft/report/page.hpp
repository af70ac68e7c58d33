// The report: one HTML file that opens without a network, from a file, in ten years.
//
// It says first what matters, in sentences and figures that need no script; charts come on top of that. All data, style and scripts are in
// the file. The same documents give the same bytes; two runs of the same input differ in one line (docs/report-data.md).
#pragma once

#include <string>

namespace weft {

struct ReportPage {
    std::string title{};
    std::string analysis_json{};     // docs/report-data.md; empty: no analysis was made
    std::string run_json{};          // empty: made from a file of alignments alone
    std::string regions_json{};      // slices for the region view; empty: the page has none, and nothing of it
    std::string stage_graph_svg{};   // trusted, put in as it is; may be empty
    bool times = true;               // false: the line that changes from run to run is left out
    std::string mark{};              // letters and digits by which a program knows the page again; nobody sees it
};

/// Throws FormatError when a document is not as described, UsageError when there is none.
std::string report_html(const ReportPage& page);

/// The element in the page's head that has its mark.
std::string page_mark(const std::string& mark);

}  // namespace weft
