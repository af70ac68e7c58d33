// The stages of a pipeline as a graph to be drawn: the plan before a run, or what became of it.
//
// Every drawing (text for a terminal, dot, Mermaid, SVG) starts from this one value, so that they show the same.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "weft/executor/run_timeline.hpp"
#include "weft/pipeline/pipeline.hpp"

namespace weft {

/// Texts may hold anything; each drawing escapes them in its own way.
struct StageGraph {
    struct Stage {
        std::string name{};
        std::string kind{};
        std::string group{};                 // stages of one foreach have the same; empty otherwise
        std::vector<std::string> needs{};    // names of stages; unknown ones are not drawn
        std::string status{};                // done, reused, failed, skipped, cancelled, running, waiting; empty: a plan
        std::vector<std::string> lines{};    // what else is known: "4.2 s", "12 tasks"
        bool critical = false;               // on the path that took longest
    };

    std::string title{};
    std::vector<Stage> stages{};
};

StageGraph graph_of(const Pipeline& pipeline);

/// With status, times and the critical path. `title` is that of the pipeline.
StageGraph graph_of(const RunTimeline& timeline, const std::string& title);

/// The graph with each foreach of more than `most` stages as one of them: "lift × 12". Its status is the gravest, its lines say how
/// many there are of each, and it needs what any of them needs.
StageGraph folded(const StageGraph& graph, std::size_t most = 4);

/// The stages that each stage needs, by index; needs that are unknown, repeated or the stage itself are left out.
std::vector<std::vector<std::size_t>> needs_by_index(const StageGraph& graph);

/// One line per stage in an order in which they could run, with the needs as box lines in front (UTF-8):
///
///     ● load   done  0.4 s
///     ├─● parse  done  1.2 s
///
/// Ends with a line end. `width` columns at most; 0: as wide as it gets.
std::string graph_text(const StageGraph& graph, std::size_t width = 0);

/// For `dot -Tsvg` (Graphviz).
std::string graph_dot(const StageGraph& graph);

/// For Markdown pages that show Mermaid (.mmd).
std::string graph_mermaid(const StageGraph& graph);

/// A picture that stands alone or inside of a page: light and dark, readable for screen readers, no scripts, no fonts of its own.
std::string graph_svg(const StageGraph& graph);

}  // namespace weft
