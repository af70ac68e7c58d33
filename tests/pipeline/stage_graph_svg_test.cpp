// The drawings for other programs: SVG, dot and Mermaid. What they look like is for people; here: that they are well-formed, complete
// and that no name can break them.
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "weft/pipeline/stage_graph.hpp"

using namespace weft;

namespace {

std::size_t count_of(std::string_view text, std::string_view part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++count;
    return count;
}

/// Whether each element that is opened is closed, in order; entities and attributes are looked at too.
bool is_well_formed(std::string_view text) {
    std::vector<std::string> open;
    while (!text.empty()) {
        const std::size_t tag = text.find('<');
        const std::string_view content = text.substr(0, tag);
        if (content.find('>') != std::string_view::npos) return false;
        for (std::size_t at = content.find('&'); at != std::string_view::npos; at = content.find('&', at + 1)) {
            const std::string_view entity = content.substr(at, content.find(';', at) - at);
            if (entity != "&amp" && entity != "&lt" && entity != "&gt" && entity != "&quot" && entity != "&#39") return false;
        }
        if (tag == std::string_view::npos) break;
        const std::size_t end = text.find('>', tag);
        if (end == std::string_view::npos) return false;
        const std::string_view inside = text.substr(tag + 1, end - tag - 1);
        if (count_of(inside, "\"") % 2 != 0) return false;
        if (inside.starts_with("/")) {
            if (open.empty() || open.back() != inside.substr(1)) return false;
            open.pop_back();
        } else if (!inside.ends_with("/")) {
            open.emplace_back(inside.substr(0, inside.find_first_of(" \n")));
        }
        text.remove_prefix(end + 1);
    }
    return open.empty();
}

StageGraph hostile() {
    const std::string name = "</title></svg><script>alert('x')</script> & \"q\" \\ ]\nnew\tline \xff\x01";
    StageGraph graph{.title = name, .stages = {{.name = name, .kind = name, .status = name, .lines = {name, name, name}}}};
    graph.stages.push_back({.name = "b", .kind = "b", .needs = {name}, .status = "done", .critical = true});
    return graph;
}

StageGraph diamond() {
    return {.title = "p",
            .stages = {{.name = "load", .status = "done", .lines = {"0.4 s"}, .critical = true},
                       {.name = "left",
                        .kind = "align",
                        .needs = {"load"},
                        .status = "done",
                        .lines = {"3 s", "12 tasks", "2 tried again"},
                        .critical = true},
                       {.name = "right", .needs = {"load"}, .status = "reused"},
                       {.name = "end", .needs = {"left", "right"}, .status = "failed", .critical = true}}};
}

}  // namespace

TEST_CASE("the SVG has each stage and each edge, and says in words what it shows", "[pipeline]") {
    const std::string svg = graph_svg(diamond());
    CHECK(is_well_formed(svg));
    CHECK(count_of(svg, "<rect class=\"box\"") == 4);
    CHECK(count_of(svg, "<path class=\"edge") == 4);
    CHECK(count_of(svg, "<path class=\"edge critical\"") == 2);
    CHECK(count_of(svg, "<path class=\"head") == 4);
    CHECK(svg.find("<title id=\"weft-stages-title\">Stages of p</title>") != std::string::npos);
    CHECK(svg.find("4 stages. load: done, 0.4 s, on the critical path. left: kind align, done, 3 s, 12 tasks, 2 tried again, on the "
                   "critical path, "
                   "needs load. right: reused, needs load. end: failed, on the critical path, needs left and right.</desc>") !=
          std::string::npos);
    CHECK(svg.find("role=\"img\"") != std::string::npos);
    CHECK(svg.find("@media (prefers-color-scheme:dark)") != std::string::npos);
    CHECK(svg.find(">done · 3 s</text>") != std::string::npos);
    CHECK(svg.find(">12 tasks · 2 tried again</text>") != std::string::npos);
    CHECK(svg.find("<g class=\"failed critical\">") != std::string::npos);
    CHECK(svg == graph_svg(diamond()));
}

TEST_CASE("each rule of the style belongs to the picture alone", "[pipeline]") {
    const std::string svg = graph_svg(diamond());
    std::string style = svg.substr(svg.find("<style>") + 7);
    style = style.substr(0, style.find("</style>"));
    std::replace(style.begin(), style.end(), '\n', ' ');
    CHECK(count_of(style, "{") == count_of(style, "}"));
    for (std::size_t at = style.find('{'); at != std::string::npos; at = style.find('{', at + 1)) {
        const std::size_t begin = style.find_last_of("{}", at - 1);
        std::string selectors = style.substr(begin + 1, at - begin - 1);
        selectors.erase(0, selectors.find_first_not_of(' '));
        if (selectors.starts_with("@media")) continue;
        CAPTURE(selectors);
        CHECK(count_of(selectors, ",") + 1 == count_of(selectors, ".weft-stages"));
        CHECK(selectors.starts_with(".weft-stages"));
    }
}

TEST_CASE("no name breaks a drawing", "[pipeline]") {
    const std::string svg = graph_svg(hostile());
    CHECK(is_well_formed(svg));
    CHECK(svg.find("<script") == std::string::npos);
    CHECK(svg.find("<g class=\"planned\">") != std::string::npos);
    CHECK(count_of(svg, "\x01") == 0);
    CHECK(count_of(svg, "<path class=\"edge") == 1);
    CHECK(is_well_formed(graph_svg({})));

    const std::string dot = graph_dot(hostile());
    CHECK(count_of(dot, "\n") == 8);   // two lines of settings, two nodes, an edge, braces; none of a name
    for (std::size_t at = dot.find("n0 [label=\"") + 11; dot[at] != '"'; ++at) {
        REQUIRE(at < dot.find("n1 [label="));   // the string of the name ends in its line
        if (dot[at] == '\\') ++at;
    }
    CHECK(dot.find("    n0 -> n1;\n") != std::string::npos);

    const std::string mermaid = graph_mermaid(hostile());
    CHECK(mermaid.starts_with("flowchart LR\n    n0[\"#60;/title#62;#60;/svg#62;#60;script#62;alert#40;'x'#41;"));
    CHECK(count_of(mermaid, "\"") == 4);
    CHECK(mermaid.find("    n0 --> n1\n") != std::string::npos);
}

TEST_CASE("dot and Mermaid have each stage, each edge and the critical path", "[pipeline]") {
    const std::string dot = graph_dot(diamond());
    CHECK(dot.starts_with("digraph \"p\" {\n"));
    CHECK(dot.find(R"(n1 [label="left (align)\ndone, 3 s, 12 tasks, 2 tried again")") != std::string::npos);
    CHECK(count_of(dot, " -> ") == 4);
    CHECK(count_of(dot, "penwidth=2.5") == 5);
    const std::string mermaid = graph_mermaid(diamond());
    CHECK(count_of(mermaid, " --> ") == 4);
    CHECK(mermaid.find("n1[\"left #40;align#41;<br/>done, 3 s, 12 tasks, 2 tried again\"]") != std::string::npos);
    CHECK(mermaid.find("linkStyle 0,2 stroke-width:3px") != std::string::npos);
    CHECK(mermaid.find("class n0,n1 s0") != std::string::npos);
}
