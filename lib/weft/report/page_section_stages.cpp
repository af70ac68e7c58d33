// The stages of the pipeline: what needs what, and what became of each. The page's script draws the graph; without it there is the one
// that was drawn beforehand.
#include <fmt/format.h>

#include "weft/report/page_html.hpp"
#include "weft/report/page_section.hpp"

namespace weft {

PageSection stages_section(const RunDocument& run, std::string_view graph) {
    if (run.stages.empty()) return {"stages", "Stages", ""};
    HtmlTable table("The stages of the pipeline");
    table.text_column("Stage").text_column("Kind").text_column("Needs").text_column("Status").text_column("Reason");
    std::string words = "The stages of the pipeline and what each needs.";
    for (const RunDocument::Stage& stage : run.stages) {
        std::string needs;
        std::string needs_in_words;
        for (const std::string& name : stage.needs) {
            needs += fmt::format("{}<code>{}</code>", needs.empty() ? "" : ", ", escaped(name));
            needs_in_words += (needs_in_words.empty() ? "" : ", ") + name;
        }
        const std::string status = stage.status == "reused" ? "done" : stage.status;   // which ones were reused is told with the times
        const std::string reason = !stage.reason.empty() ? stage.reason : stage.cause.empty() ? "" : fmt::format("{} failed", stage.cause);
        words += fmt::format(" {} is {}{}.", stage.name, status, needs_in_words.empty() ? "" : " and needs " + needs_in_words);
        table.row({code_cell(stage.name), text_cell(stage.kind), {needs, {}}, status_cell(status), text_cell(reason)});
    }
    std::string html = fmt::format("<div class=\"stage-graph\" id=\"stage-graph\" role=\"img\" aria-label=\"{}\"></div>\n", escaped(words));
    if (!graph.empty()) html += fmt::format("<div class=\"static-graph\" id=\"static-graph\">{}</div>\n", graph);
    html += table.html() + "\n<div id=\"slowest\"></div>\n";
    return {"stages", "Stages", html};
}

}  // namespace weft
