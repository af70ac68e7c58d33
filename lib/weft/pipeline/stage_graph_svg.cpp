// The stages as a picture. Colours are in a style sheet inside, light and dark; what they say is written out too, in the boxes, in
// the tooltips and in the description, so that nobody needs to see them.
#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "weft/model/readable.hpp"
#include "weft/model/utf8.hpp"
#include "weft/pipeline/graph_layout.hpp"
#include "weft/pipeline/stage_graph.hpp"

namespace weft {
namespace {

// Sizes in pixels.
constexpr double margin = 16;
constexpr double title_height = 28;
constexpr double text_margin = 12;
constexpr double name_height = 17;
constexpr double line_height = 15;
constexpr double name_letter = 8.2;    // mean width of a letter, wide enough for the fonts of all systems
constexpr double line_letter = 6.3;
constexpr double arrow = 6;
constexpr double widest_across_the_page = 1'400;   // a graph that is longer runs down the page, if that makes it narrower
constexpr std::size_t longest_name = 28;           // columns; the tooltip has all of it
constexpr std::size_t longest_line = 34;

// Selectors begin with the class of the picture, so that they mean nothing else on a page that has it inside.
constexpr std::string_view style = R"(<style>
.weft-stages{font-family:system-ui,-apple-system,"Segoe UI","DejaVu Sans",sans-serif}
.weft-stages .paper{fill:#ffffff}.weft-stages text{fill:#1f2328}.weft-stages .title{font-size:15px;font-weight:600}
.weft-stages .name{font-size:13px;font-weight:600}.weft-stages .kind{font-weight:400;fill:#57606a}
.weft-stages .line{font-size:11px;fill:#424a53}.weft-stages .box{fill:#f6f7f9;stroke:#57606a;stroke-width:1.2}
.weft-stages .edge{fill:none;stroke:#8c959f;stroke-width:1.3}.weft-stages .head{fill:#8c959f}
.weft-stages .edge.critical{stroke:#1f2328;stroke-width:2.6}.weft-stages .head.critical{fill:#1f2328}
.weft-stages .critical .box{stroke-width:2.6}
.weft-stages .done .box{fill:#e3f2ec;stroke:#1f7a5c}.weft-stages .reused .box{fill:#e6eff8;stroke:#3d6f9e}
.weft-stages .failed .box{fill:#fbe4e4;stroke:#b3261e}.weft-stages .running .box{fill:#fff3d6;stroke:#9a6700}
.weft-stages .skipped .box,.weft-stages .cancelled .box,.weft-stages .waiting .box{fill:#f0f0f2;stroke:#77808a;stroke-dasharray:5 3}
@media (prefers-color-scheme:dark){
.weft-stages .paper{fill:#14171c}.weft-stages text{fill:#e6e9ee}.weft-stages .kind{fill:#a5adb8}.weft-stages .line{fill:#c3cad3}
.weft-stages .box{fill:#22272e;stroke:#8b949e}.weft-stages .edge{stroke:#6e7781}.weft-stages .head{fill:#6e7781}
.weft-stages .edge.critical{stroke:#e6e9ee}.weft-stages .head.critical{fill:#e6e9ee}
.weft-stages .done .box{fill:#12352a;stroke:#4cc38a}.weft-stages .reused .box{fill:#1a2f45;stroke:#79b8f3}
.weft-stages .failed .box{fill:#45191a;stroke:#ff8a80}.weft-stages .running .box{fill:#3d2f0b;stroke:#e3b341}
.weft-stages .skipped .box,.weft-stages .cancelled .box,.weft-stages .waiting .box{fill:#22252a;stroke:#8b949e}}
</style>
)";

std::string escaped(std::string_view text) {
    std::string result;
    for (const char letter : printable(text)) {
        switch (letter) {
            case '&': result += "&amp;"; break;
            case '<': result += "&lt;"; break;
            case '>': result += "&gt;"; break;
            case '"': result += "&quot;"; break;
            case '\'': result += "&#39;"; break;
            default: result += letter;
        }
    }
    return result;
}

bool has_kind_of_its_own(const StageGraph::Stage& stage) {
    return !stage.kind.empty() && stage.kind != stage.name && stage.kind != stage.group;
}

std::string joined(const std::vector<std::string>& texts, std::string_view between) {
    std::string result;
    for (const std::string& text : texts) {
        if (!result.empty()) result += between;
        result += text;
    }
    return result;
}

/// What stands below the name: the status with what is known first, then the rest.
std::vector<std::string> lines_below(const StageGraph::Stage& stage) {
    std::vector<std::string> all;
    if (!stage.status.empty()) all.push_back(printable(stage.status));
    for (const std::string& line : stage.lines) all.push_back(printable(line));
    const auto middle = all.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(2, all.size()));
    std::vector<std::string> lines;
    if (middle != all.begin()) lines.push_back(shortened(joined({all.begin(), middle}, " · "), longest_line));
    if (middle != all.end()) lines.push_back(shortened(joined({middle, all.end()}, " · "), longest_line));
    return lines;
}

/// All that is known of a stage, as a sentence without its end.
std::string spoken(const StageGraph::Stage& stage) {
    std::vector<std::string> parts;
    if (has_kind_of_its_own(stage)) parts.push_back("kind " + stage.kind);
    if (!stage.status.empty()) parts.push_back(stage.status);
    parts.insert(parts.end(), stage.lines.begin(), stage.lines.end());
    if (stage.critical) parts.push_back("on the critical path");
    if (!stage.needs.empty()) parts.push_back("needs " + joined(stage.needs, " and "));
    return stage.name + (parts.empty() ? "" : ": " + joined(parts, ", "));
}

/// What fits into a class attribute: a status that is not one of ours is drawn as a plan.
std::string_view status_class(const std::string& status) {
    for (const std::string_view known : {"done", "reused", "failed", "running", "skipped", "cancelled", "waiting"})
        if (status == known) return known;
    return "planned";
}

class StagePicture {
public:
    explicit StagePicture(const StageGraph& graph) : graph_(graph), top_(margin + (graph.title.empty() ? 0 : title_height)) {
        std::size_t lines = 0;
        for (const StageGraph::Stage& stage : graph.stages) {
            const std::string kind = has_kind_of_its_own(stage) ? " " + printable(stage.kind) : "";
            widest_ =
                std::max(widest_, name_letter * static_cast<double>(display_width(shortened(printable(stage.name) + kind, longest_name))));
            const std::vector<std::string> below = lines_below(stage);
            for (const std::string& line : below) widest_ = std::max(widest_, line_letter * static_cast<double>(display_width(line)));
            lines = std::max(lines, below.size());
        }
        box_ = {std::max(84.0, widest_ + 2 * text_margin), name_height + line_height * static_cast<double>(lines) + 14};
        const auto needs = needs_by_index(graph);
        layout_ = layout_of(needs, std::vector<BoxSize>(graph.stages.size(), {box_.width, box_.height}));
        if (2 * margin + layout_.along <= widest_across_the_page) return;
        GraphLayout down = layout_of(needs, std::vector<BoxSize>(graph.stages.size(), {box_.height, box_.width}),
                                     {.between_layers = 36, .between_boxes = 24});
        if (down.across >= layout_.along) return;
        layout_ = std::move(down);
        downwards_ = true;
    }

    std::string svg() const {
        const double title_width = 2 * margin + 8.6 * static_cast<double>(display_width(printable(graph_.title)));
        const double width = std::max(2 * margin + (downwards_ ? layout_.across : layout_.along), title_width);
        const double height = top_ + margin + (downwards_ ? layout_.along : layout_.across);
        std::string text = fmt::format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"weft-stages\" role=\"img\" aria-labelledby=\"weft-stages-title "
            "weft-stages-desc\" "
            "viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" height=\"{1:.0f}\">\n",
            width, height);
        text += fmt::format("<title id=\"weft-stages-title\">{}</title>\n",
                            escaped(graph_.title.empty() ? "Stages of a pipeline" : "Stages of " + graph_.title));
        std::string description = count_text(graph_.stages.size(), "stage") + ".";
        for (const StageGraph::Stage& stage : graph_.stages) description += " " + spoken(stage) + ".";
        text += fmt::format("<desc id=\"weft-stages-desc\">{}</desc>\n", escaped(description));
        text += style;
        text += "<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n";
        if (!graph_.title.empty())
            text += fmt::format("<text class=\"title\" x=\"{}\" y=\"{}\">{}</text>\n", margin, margin + 14, escaped(graph_.title));
        for (const bool critical : {false, true})   // on top of the others
            for (const LayoutEdge& edge : layout_.edges)
                if (is_critical(edge) == critical) text += edge_svg(edge);
        for (std::size_t i = 0; i < graph_.stages.size(); ++i) text += box_svg(graph_.stages[i], layout_.boxes[i]);
        return text + "</svg>\n";
    }

private:
    bool is_critical(const LayoutEdge& edge) const { return graph_.stages[edge.from].critical && graph_.stages[edge.to].critical; }

    /// "x,y" of a place in the layout.
    std::string point(double along, double across) const {
        const double x = margin + (downwards_ ? across : along), y = top_ + (downwards_ ? along : across);
        return fmt::format("{:.1f},{:.1f}", x, y);
    }

    /// Straight through the layers that it passes, smooth between them.
    std::string edge_svg(const LayoutEdge& edge) const {
        const double half = (downwards_ ? box_.height : box_.width) / 2;
        const LayoutPlace from = layout_.boxes[edge.from], to = layout_.boxes[edge.to];
        double along = from.along + half, across = from.across;
        std::string path = "M" + point(along, across);
        const auto curve = [&](double next_along, double next_across) {
            const double middle = (along + next_along) / 2;
            path += fmt::format("C{} {} {}", point(middle, across), point(middle, next_across), point(next_along, next_across));
            along = next_along;
            across = next_across;
        };
        for (std::size_t i = 0; i < edge.points.size(); ++i) {
            const LayoutLayer& layer = layout_.layers[edge.layers[i]];
            curve(layer.begin, edge.points[i].across);
            along = layer.end;
            path += "L" + point(along, across);
        }
        const double tip = to.along - half;
        curve(tip - arrow, to.across);
        const char* critical = is_critical(edge) ? " critical" : "";
        std::string text = fmt::format("<path class=\"edge{}\" d=\"{}\"/>", critical, path);
        text += fmt::format("<path class=\"head{}\" d=\"M{}L{}L{}Z\"/>\n", critical, point(tip, to.across),
                            point(tip - 1.4 * arrow, to.across - 0.7 * arrow), point(tip - 1.4 * arrow, to.across + 0.7 * arrow));
        return text;
    }

    std::string box_svg(const StageGraph::Stage& stage, const LayoutPlace& place) const {
        const double x = margin + (downwards_ ? place.across : place.along) - box_.width / 2;
        const double y = top_ + (downwards_ ? place.along : place.across) - box_.height / 2;
        std::string text = fmt::format("<g class=\"{}{}\"><title>{}</title>", status_class(stage.status), stage.critical ? " critical" : "",
                                       escaped(spoken(stage)));
        text += fmt::format("<rect class=\"box\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" rx=\"6\"/>", x, y, box_.width,
                            box_.height);
        const std::vector<std::string> lines = lines_below(stage);
        double baseline = y + (box_.height - name_height - line_height * static_cast<double>(lines.size())) / 2 + 13;
        std::string name = shortened(printable(stage.name), longest_name);
        const std::size_t left = longest_name - display_width(name);
        text += fmt::format("<text class=\"name\" x=\"{:.1f}\" y=\"{:.1f}\">{}", x + text_margin, baseline, escaped(name));
        if (has_kind_of_its_own(stage) && left > 3)
            text += fmt::format(" <tspan class=\"kind\">{}</tspan>", escaped(shortened(printable(stage.kind), left - 1)));
        text += "</text>";
        baseline += 1;
        for (const std::string& line : lines) {
            baseline += line_height;
            text += fmt::format("<text class=\"line\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>", x + text_margin, baseline, escaped(line));
        }
        return text + "</g>\n";
    }

    struct Size {
        double width = 0, height = 0;
    };

    const StageGraph& graph_;
    double top_;
    double widest_ = 0;
    Size box_{};
    GraphLayout layout_{};
    bool downwards_ = false;
};

}  // namespace

std::string graph_svg(const StageGraph& graph) { return StagePicture(graph).svg(); }

}  // namespace weft
