#include <fmt/format.h>

#include <algorithm>

#include "weft/report/page_html.hpp"
#include "weft/report/page_section.hpp"
#include "weft/report/text_table.hpp"

namespace weft {
namespace {

std::string facts_html(const AnalysisDocument& analysis) {
    const auto& features = analysis.features;
    std::string html = fact_html("Features", with_commas(features.total));
    html += fact_html("Placed", with_commas(features.placed), share_html(features.placed, features.total));
    html += fact_html("Lost", with_commas(features.lost), share_html(features.lost, features.total));
    html += fact_html("Bases", bases_html(features.bases), share_html(features.aligned_bases, features.bases) + " aligned");
    if (analysis.identity.median) html += fact_html("Median identity", share_html(*analysis.identity.median));
    if (analysis.coverage.median) html += fact_html("Median coverage", share_html(*analysis.coverage.median));
    return fmt::format("<dl class=\"facts\">{}</dl>\n", html);
}

// Where the figures come from: "Pipeline yeast-genes · Alignments genes.bam · Exit code 0".
std::string origin_html(const AnalysisDocument* analysis, const RunDocument* run) {
    std::string html;
    const auto add = [&](std::string_view name, const std::string& value) {
        if (!value.empty()) html += fmt::format("{}{} <b>{}</b>", html.empty() ? "" : " · ", name, escaped(value));
    };
    if (run) add("Pipeline", run->pipeline);
    if (analysis) add("Alignments", analysis->label);
    if (run && run->exit_code) add("Exit code", std::to_string(*run->exit_code));
    return html.empty() ? "" : fmt::format("<p class=\"made-from\">{}</p>\n", html);
}

// All features as one bar, a piece per class. The list below it says the same, and what each colour means.
std::string classes_html(const AnalysisDocument& analysis) {
    std::string bar;
    std::string list;
    for (const AnalysisDocument::ClassCount& row : analysis.classes) {
        if (row.features > 0) bar += fmt::format(R"(<span class="class-{}" style="flex-grow:{}"></span>)", escaped(row.word), row.features);
        list += fmt::format(R"(<li{}>{} <b>{}</b></li>)", row.features == 0 ? R"( class="none")" : "", class_cell(row.word).html,
                            with_commas(row.features));
    }
    if (bar.empty()) return "";
    return fmt::format(R"(<div class="classes"><div class="class-bar" aria-hidden="true">{}</div>)"
                       R"(<ul class="class-list" aria-label="Features by class">{}</ul></div>)",
                       bar, list) +
           "\n";
}

std::string command_html(std::string_view command) {
    return fmt::format(R"(<pre class="command"><code>{}</code></pre>)", escaped(command));
}

std::string stage_failure_html(const RunDocument& run, const RunDocument::Stage& stage) {
    std::string html = fmt::format("<article class=\"failure\"><h3>Stage <code>{}</code> failed</h3>", escaped(stage.name));
    if (!stage.reason.empty()) html += fmt::format(R"(<p class="reason">{}</p>)", escaped(stage.reason));
    std::string victims;
    for (const RunDocument::Stage& other : run.stages)
        if (other.cause == stage.name && other.status == "skipped")
            victims += fmt::format("{}<code>{}</code>", victims.empty() ? "" : ", ", escaped(other.name));
    if (!victims.empty()) html += fmt::format("<p>Not run because of it: {}.</p>", victims);
    if (!stage.log_tail.empty()) {
        std::string lines;
        for (const std::string& line : stage.log_tail) lines += escaped(line) + "\n";
        html += fmt::format("<h4>The end of its log</h4><pre class=\"log\" tabindex=\"0\">{}</pre>", lines);
    }
    return html + "</article>\n";
}

std::string failures_html(const ReportVerdict& verdict, const RunDocument& run) {
    std::string html;
    for (const RunDocument::Stage& stage : run.stages)
        if (stage.status == "failed") html += stage_failure_html(run, stage);
    if (!verdict.how_to_go_on.empty())
        html += fmt::format(
            "<div class=\"go-on\"><h3>How to go on</h3><p>Mend the cause, then run this. What is done is kept: only the rest is "
            "run.</p>{}</div>\n",
            command_html(verdict.how_to_go_on));
    return html.empty() ? "" : fmt::format("<div id=\"{}\">{}</div>\n", failed_stages_id, html);
}

std::string problems_html(const ReportVerdict& verdict, bool failed_stages_shown) {
    std::string items;
    for (const ReportVerdict::Problem& problem : verdict.problems)
        if (!failed_stages_shown || problem.section != failed_stages_id)
            items += fmt::format(R"(<li>{} <a href="#{}">See&nbsp;more</a></li>)", escaped(problem.sentence), problem.section);
    if (items.empty()) return verdict.problems.empty() ? "<p class=\"no-problems\">No problem was found.</p>\n" : "";
    return fmt::format("<h2 class=\"small\">What to look at first</h2><ol class=\"problems\">{}</ol>\n", items);
}

std::string_view tone_word(ReportVerdict::Tone tone) {
    switch (tone) {
        case ReportVerdict::Tone::good: return "good";
        case ReportVerdict::Tone::warning: return "warning";
        case ReportVerdict::Tone::bad: return "bad";
    }
    return "";
}

}  // namespace

std::string verdict_html(const ReportVerdict& verdict, std::string_view title, const AnalysisDocument* analysis, const RunDocument* run,
                         std::string_view times) {
    std::string html = fmt::format("<section id=\"verdict\" class=\"verdict tone-{}\" aria-label=\"Verdict\">\n", tone_word(verdict.tone));
    html += fmt::format("<h1>{}</h1>\n", escaped(title));
    html += origin_html(analysis, run);
    html += "<p class=\"headline\">";
    if (!verdict.status.empty()) html += fmt::format(R"(<span class="badge">{}</span> )", escaped(verdict.status));
    html += escaped(verdict.headline) + "</p>\n";
    const std::string failures = run ? failures_html(verdict, *run) : "";
    html += failures;
    if (analysis) html += classes_html(*analysis) + facts_html(*analysis);
    if (!times.empty()) html.append(times) += "\n";
    html += problems_html(verdict, !failures.empty());
    return html + "</section>\n";
}

}  // namespace weft
