#include "weft/report/page.hpp"

#include <fmt/format.h>

#include <optional>
#include <vector>

#include "weft/model/error.hpp"
#include "weft/report/page_assets.hpp"
#include "weft/report/page_browser_data.hpp"
#include "weft/report/page_documents.hpp"
#include "weft/report/page_html.hpp"
#include "weft/report/page_section.hpp"
#include "weft/report/page_verdict.hpp"
#include "weft/report/regions_document.hpp"

namespace weft {
namespace {

// Two threads, crossing.
constexpr std::string_view icon =
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16' fill='none' stroke-width='2.4' "
    "stroke-linecap='round'%3E"
    "%3Cpath d='M2 5c4 0 8 6 12 6' stroke='%230b6e8f'/%3E%3Cpath d='M2 11c4 0 8-6 12-6' stroke='%23b5477d'/%3E%3C/svg%3E";

// No script runs but ours, told by their digests; nothing is fetched, whatever the page contains.
std::string security_policy(const std::vector<const PageScript*>& allowed) {
    std::string scripts;
    for (const PageScript* script : allowed)
        scripts += fmt::format(" 'sha256-{}'", base64_of_hex(script->sha256));
    return fmt::format("default-src 'none'; script-src{}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'",
                       scripts);
}

const PageScript& main_script(const ReportPage& page) {
    return page.regions_json.empty() ? page_assets().page : page_assets().page_with_regions;
}

// igv.js is unpacked and run by our own script; it passes by its digest as any other does.
std::vector<const PageScript*> scripts_of(const ReportPage& page) {
    const PageAssets& assets = page_assets();
    std::vector<const PageScript*> scripts{&assets.theme, &assets.echarts, &assets.dagre, &main_script(page)};
    if (!page.regions_json.empty()) scripts.push_back(&assets.igv);
    return scripts;
}

std::string head_html(const ReportPage& page, const PageAssets& assets) {
    std::string html = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
    html += fmt::format("<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n", security_policy(scripts_of(page)));
    html +=
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n";
    if (!page.mark.empty()) html += page_mark(page.mark) + "\n";
    html += fmt::format("<meta name=\"generator\" content=\"weft {}\">\n<title>{}</title>\n", WEFT_VERSION, escaped(page.title));
    html += fmt::format("<link rel=\"icon\" href=\"{}\">\n", icon);
    html += fmt::format("<style>\n{}</style>\n", assets.style);
    if (!page.regions_json.empty()) html += fmt::format("<style>\n{}</style>\n", assets.region_style);
    html += fmt::format("<style id=\"dark\" media=\"screen and (prefers-color-scheme: dark)\">\n{}</style>\n", assets.dark_style);
    html += fmt::format("<script>{}</script>\n</head>\n", assets.theme.text);
    return html;
}

std::string contents_html(const std::vector<PageSection>& sections) {
    std::string html = "<nav class=\"contents\" aria-label=\"Contents\"><ol>\n<li><a href=\"#verdict\">Verdict</a></li>\n";
    for (const PageSection& section : sections) html += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", section.id, section.title);
    return html + "</ol></nav>\n";
}

std::string section_html(const PageSection& section) {
    return fmt::format("<section id=\"{}\" aria-labelledby=\"{}-title\">\n<h2 id=\"{}-title\">{}</h2>\n{}</section>\n", section.id,
                       section.id, section.id, section.title, section.html);
}

std::string data_html(std::string_view id, std::string_view text) {
    return fmt::format(R"(<script type="text/plain" id="{}">{}</script>)", id, gzip_base64(text));
}

std::string scripts_html(const ReportPage& page, const PageAssets& assets) {
    std::string html = data_html("lasting-data", lasting_browser_json(page.analysis_json, page.run_json)) + "\n";
    if (!page.regions_json.empty()) {
        html += data_html("regions-data", regions_browser_json(page.regions_json)) + "\n";
        html += data_html("igv-code", assets.igv.text) + "\n";
    }
    for (const PageScript* script : {&assets.echarts, &assets.dagre, &main_script(page)})
        html += fmt::format("<script>{}</script>\n", script->text);
    return html;
}

}  // namespace

std::string page_mark(const std::string& mark) { return fmt::format("<meta name=\"weft-result\" content=\"{}\">", mark); }

std::string report_html(const ReportPage& page) {
    if (page.analysis_json.empty() && page.run_json.empty())
        throw UsageError({.where = "report", .problem = "there is neither an analysis nor a run to report on", .advice = ""});
    const PageAssets& assets = page_assets();
    std::optional<AnalysisDocument> analysis;
    std::optional<RunDocument> run;
    if (!page.analysis_json.empty()) analysis = read_analysis_document(page.analysis_json);
    if (!page.run_json.empty()) run = read_run_document(page.run_json);
    const AnalysisDocument* found = analysis ? &*analysis : nullptr;
    const RunDocument* made = run ? &*run : nullptr;

    std::vector<PageSection> sections;
    const auto add = [&](PageSection section) {
        if (!section.html.empty()) sections.push_back(std::move(section));
    };
    add(lost_section(found, made));
    if (found) add(quality_section(*found));
    if (found) add(dot_plot_section(*found));
    std::vector<RegionSlice> regions;
    if (!page.regions_json.empty()) regions = read_regions_document(page.regions_json);
    add(regions_section(regions));
    if (made && page.times) add(time_section(*made));
    if (made) add(stages_section(*made, page.stage_graph_svg));
    add(configuration_section(made, !regions.empty()));

    std::string times;
    if (made && page.times) times = times_html(*made) + data_html("times-data", times_browser_json(page.run_json));

    std::string html = head_html(page, assets);
    html += "<body>\n<a class=\"skip\" href=\"#content\">Skip to the report</a>\n";
    html +=
        "<header class=\"masthead\"><span class=\"mark\">weft</span> <span class=\"what\">report</span>"
        "<button type=\"button\" id=\"theme\" hidden></button></header>\n";
    html += contents_html(sections);
    html += "<main id=\"content\" tabindex=\"-1\">\n";
    html += verdict_html(verdict_of(found, made), page.title, found, made, times);
    for (const PageSection& section : sections) html += section_html(section);
    html += fmt::format("</main>\n<footer><p>Made by weft {}. This file needs no network and sends nothing.</p></footer>\n", WEFT_VERSION);
    html += scripts_html(page, assets);
    return html + "</body>\n</html>\n";
}

}  // namespace weft
