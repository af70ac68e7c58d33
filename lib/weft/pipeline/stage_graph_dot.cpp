// The stages for programs that lay out graphs themselves: Graphviz and Mermaid.
#include <fmt/format.h>

#include <map>
#include <string_view>

#include "weft/model/utf8.hpp"
#include "weft/pipeline/stage_graph.hpp"

namespace weft {
namespace {

struct Paint {
    const char* fill;
    const char* line;
    bool dashed;
};

/// Colours that stay apart for people who do not see red and green alike; the status is written out too.
Paint paint_of(const std::string& status) {
    if (status == "done") return {"#e3f2ec", "#1f7a5c", false};
    if (status == "reused") return {"#e6eff8", "#3d6f9e", false};
    if (status == "failed") return {"#fbe4e4", "#b3261e", false};
    if (status == "running") return {"#fff3d6", "#9a6700", false};
    if (status.empty()) return {"#f6f7f9", "#57606a", false};
    return {"#f0f0f2", "#77808a", true};
}

/// The lines of a box: name, status with what else is known.
std::vector<std::string> label_lines(const StageGraph::Stage& stage) {
    std::vector<std::string> lines{printable(stage.name)};
    if (!stage.kind.empty() && stage.kind != stage.name && stage.kind != stage.group) lines.front() += " (" + printable(stage.kind) + ")";
    std::string second = printable(stage.status);
    for (const std::string& line : stage.lines) second += (second.empty() ? "" : ", ") + printable(line);
    if (!second.empty()) lines.push_back(second);
    return lines;
}

std::string dot_string(const std::string& text) {
    std::string result = "\"";
    for (const char letter : text) {
        if (letter == '"' || letter == '\\') result += '\\';
        result += letter;
        if (letter == '&') result += "amp;";   // dot knows the entities of HTML
    }
    return result + '"';
}

/// Mermaid reads entities with a number sign, and some letters as markup.
std::string mermaid_text(const std::string& text) {
    std::string result;
    for (const char letter : text) {
        if (std::string_view("\"#<>&`*_\\[](){}|;:%~$@").find(letter) == std::string_view::npos) result += letter;
        else result += fmt::format("#{};", static_cast<int>(letter));
    }
    return result;
}

}  // namespace

std::string graph_dot(const StageGraph& graph) {
    std::string text = fmt::format("digraph {} {{\n", dot_string(printable(graph.title)));
    text +=
        "    rankdir=LR;\n    node [shape=box, style=\"rounded,filled\", fontname=\"Helvetica,sans-serif\", fontsize=11];\n    edge "
        "[color=\"#57606a\"];\n";
    const auto needs = needs_by_index(graph);
    for (std::size_t i = 0; i < graph.stages.size(); ++i) {
        const StageGraph::Stage& stage = graph.stages[i];
        const Paint paint = paint_of(stage.status);
        std::string label;   // each line escaped, then a line end that dot knows
        for (const std::string& line : label_lines(stage)) {
            const std::string quoted = dot_string(line);
            label += (label.empty() ? "" : "\\n") + quoted.substr(1, quoted.size() - 2);
        }
        text += fmt::format("    n{} [label=\"{}\", fillcolor=\"{}\", color=\"{}\"{}{}];\n", i, label, paint.fill, paint.line,
                            paint.dashed ? ", style=\"rounded,filled,dashed\"" : "", stage.critical ? ", penwidth=2.5" : "");
    }
    for (std::size_t i = 0; i < needs.size(); ++i)
        for (const std::size_t needed : needs[i]) {
            const bool critical = graph.stages[i].critical && graph.stages[needed].critical;
            text += fmt::format("    n{} -> n{}{};\n", needed, i, critical ? " [penwidth=2.5]" : "");
        }
    return text + "}\n";
}

std::string graph_mermaid(const StageGraph& graph) {
    std::string text = "flowchart LR\n";
    const auto needs = needs_by_index(graph);
    std::map<std::string, std::string> classes;   // status -> nodes
    for (std::size_t i = 0; i < graph.stages.size(); ++i) {
        const StageGraph::Stage& stage = graph.stages[i];
        std::string label;
        for (const std::string& line : label_lines(stage)) label += (label.empty() ? "" : "<br/>") + mermaid_text(line);
        text += fmt::format("    n{}[\"{}\"]\n", i, label);
        if (stage.status.empty()) continue;
        std::string& nodes = classes[stage.status];
        nodes += fmt::format("{}n{}", nodes.empty() ? "" : ",", i);
    }
    std::string thick;
    std::size_t edge = 0;
    for (std::size_t i = 0; i < needs.size(); ++i)
        for (const std::size_t needed : needs[i]) {
            text += fmt::format("    n{} --> n{}\n", needed, i);
            if (graph.stages[i].critical && graph.stages[needed].critical) thick += fmt::format("{}{}", thick.empty() ? "" : ",", edge);
            ++edge;
        }
    std::size_t number = 0;   // a status is no name of a class: it may hold anything
    for (const auto& [status, nodes] : classes) {
        const Paint paint = paint_of(status);
        text += fmt::format("    classDef s{} fill:{},stroke:{},color:#1f2328{}\n", number, paint.fill, paint.line,
                            paint.dashed ? ",stroke-dasharray:4 3" : "");
        text += fmt::format("    class {} s{}\n", nodes, number++);
    }
    if (!thick.empty()) text += fmt::format("    linkStyle {} stroke-width:3px\n", thick);
    return text;
}

}  // namespace weft
