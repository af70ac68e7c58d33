// Features without a good place, features whose alignment failed and records that were no features: with the reason of each.
#include <fmt/format.h>

#include "weft/report/page_html.hpp"
#include "weft/report/page_section.hpp"
#include "weft/report/text_table.hpp"

namespace weft {
namespace {

// "The first 1,000 of 1,412 are shown."
std::string shown_text(std::int64_t shown, std::int64_t total) {
    return shown >= total ? ""
                          : fmt::format(R"(<p class="shown">The first {} of {} are shown.</p>)", with_commas(shown), with_commas(total));
}

// "no seed" is the word of the files; people get the meaning beside it.
std::string meaning_of(const std::string& reason) {
    const std::string text = lost_reason_text(reason, 1);
    return text == reason ? "" : text;
}

std::string reasons_html(const AnalysisDocument& analysis) {
    HtmlTable table("Why features have no place");
    table.text_column("Reason").text_column("Meaning").number_column("Features").number_column("Share of the lost");
    for (const auto& [reason, features] : analysis.lost_reasons)
        table.row({text_cell(reason), text_cell(meaning_of(reason)), count_cell(features), bar_cell(features, analysis.features.lost)});
    return table.empty() ? "" : "<h3>Why features have no place</h3>" + table.html() + "\n";
}

std::string features_html(const AnalysisDocument& analysis) {
    HtmlTable table("Features without a place or with a poor one");
    table.searchable().text_column("Feature").number_column("Length").text_column("Class").text_column("Reason");
    for (const auto& [name, feature_class, reason, length] : analysis.lost_features)
        table.row({code_cell(name), bases_cell(length), class_cell(feature_class), text_cell(reason)});
    if (table.empty()) return "";
    return "<h3>Features without a place or with a poor one</h3>" +
           shown_text(std::ssize(analysis.lost_features), analysis.lost_features_total) + table.html() + "\n";
}

std::string failures_html(const RunDocument& run) {
    HtmlTable table("Features that could not be worked on");
    table.searchable().text_column("Feature").text_column("Stage").text_column("Reason").text_column("Where");
    for (const auto& [stage, feature, reason, where] : run.failures)
        table.row({code_cell(feature), code_cell(stage), text_cell(reason), code_cell(where)});
    if (table.empty()) return "";
    return "<h3>Features that could not be worked on</h3>" + shown_text(std::ssize(run.failures), run.failures_total) + table.html() + "\n";
}

std::string skipped_html(const AnalysisDocument& analysis) {
    HtmlTable table("Records of the input that were left out");
    table.searchable().text_column("Where").text_column("Name").text_column("Reason");
    for (const auto& [where, name, reason] : analysis.inputs_skipped) table.row({code_cell(where), code_cell(name), text_cell(reason)});
    if (table.empty()) return "";
    return "<h3>Records of the input that were left out</h3>" +
           shown_text(std::ssize(analysis.inputs_skipped), analysis.inputs_skipped_total) + table.html() + "\n";
}

}  // namespace

PageSection lost_section(const AnalysisDocument* analysis, const RunDocument* run) {
    std::string html;
    if (run) html += failures_html(*run);
    if (analysis) html += reasons_html(*analysis) + features_html(*analysis) + skipped_html(*analysis);
    return {"lost", "Lost and failed", html};
}

}  // namespace weft
