#include "weft/pipeline/stage_graph.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include <fmt/format.h>

#include "weft/model/readable.hpp"
#include "weft/pipeline/stage_order.hpp"

namespace weft {
namespace {

// The gravest first.
constexpr std::array<std::string_view, 7> statuses{"failed", "cancelled", "skipped", "running", "waiting", "done", "reused"};

std::size_t gravity(const std::string& status) {
    return static_cast<std::size_t>(std::find(statuses.begin(), statuses.end(), status) - statuses.begin());
}

/// The foreach that a stage is of: "lift" of "lift[SK1]".
std::string group_of(const std::string& name) {
    const std::size_t bracket = name.find('[');
    return bracket == std::string::npos || !name.ends_with(']') ? "" : name.substr(0, bracket);
}

std::vector<std::string> lines_of(const StageTime& stage) {
    std::vector<std::string> lines;
    if (stage.begin && stage.end) lines.push_back(time_text(std::chrono::duration<double>(stage.length()).count()));
    if (stage.sub_tasks > 0) lines.push_back(count_text(stage.sub_tasks, "task"));
    if (stage.retries > 0) lines.push_back(fmt::format("{} tried again", grouped(stage.retries)));
    if (!stage.cause.empty()) lines.push_back("because of " + stage.cause);
    return lines;
}

/// All stages of a foreach as one.
StageGraph::Stage folded_stage(const std::string& group, const std::vector<const StageGraph::Stage*>& stages) {
    StageGraph::Stage one{.name = fmt::format("{} × {}", group, stages.size()), .kind = stages.front()->kind, .group = group};
    std::map<std::size_t, std::pair<std::string, std::size_t>> counts;   // by gravity
    for (const StageGraph::Stage* stage : stages) {
        one.needs.insert(one.needs.end(), stage->needs.begin(), stage->needs.end());
        one.critical = one.critical || stage->critical;
        auto& [status, count] = counts[gravity(stage->status)];
        status = stage->status;
        ++count;
    }
    one.status = counts.begin()->second.first;
    if (counts.size() == 1) return one;
    for (const auto& [rank, entry] : counts) one.lines.push_back(fmt::format("{} {}", entry.second, entry.first));
    return one;
}

}  // namespace

StageGraph graph_of(const Pipeline& pipeline) {
    StageGraph graph{.title = pipeline.name};
    for (const std::size_t index : pipeline.order) {
        const StageConfig& stage = pipeline.stages[index];
        graph.stages.push_back(
            {.name = stage.name, .kind = stage.kind, .group = stage.key.empty() ? "" : stage.base, .needs = stage.needs});
    }
    return graph;
}

StageGraph graph_of(const RunTimeline& timeline, const std::string& title) {
    StageGraph graph{.title = title};
    for (const StageTime& stage : timeline.stages)
        graph.stages.push_back({.name = stage.plan.name,
                                .kind = stage.plan.kind,
                                .group = group_of(stage.plan.name),
                                .needs = stage.plan.needs,
                                .status = stage.status,
                                .lines = lines_of(stage),
                                .critical = stage.critical});
    return graph;
}

StageGraph folded(const StageGraph& graph, std::size_t most) {
    std::map<std::string, std::vector<const StageGraph::Stage*>> groups;
    for (const StageGraph::Stage& stage : graph.stages)
        if (!stage.group.empty()) groups[stage.group].push_back(&stage);
    std::erase_if(groups, [&](const auto& group) { return group.second.size() <= most; });

    std::map<std::string, std::string> new_name;   // of stages that are in a fold
    for (const auto& [group, stages] : groups)
        for (const StageGraph::Stage* stage : stages) new_name[stage->name] = fmt::format("{} × {}", group, stages.size());
    StageGraph result{.title = graph.title};
    for (const StageGraph::Stage& stage : graph.stages) {
        const auto group = groups.find(stage.group);
        if (group == groups.end()) result.stages.push_back(stage);
        else if (group->second.front() == &stage) result.stages.push_back(folded_stage(stage.group, group->second));
    }
    for (StageGraph::Stage& stage : result.stages) {
        std::vector<std::string> needs;
        for (const std::string& name : stage.needs) {
            const auto renamed = new_name.find(name);
            const std::string& shown = renamed == new_name.end() ? name : renamed->second;
            if (std::find(needs.begin(), needs.end(), shown) == needs.end()) needs.push_back(shown);
        }
        stage.needs = std::move(needs);
    }
    // Two foreach that need items of each other crosswise would become a cycle.
    return find_cycles(needs_by_index(result)).empty() ? result : graph;
}

std::vector<std::vector<std::size_t>> needs_by_index(const StageGraph& graph) {
    std::map<std::string_view, std::size_t> index;
    for (std::size_t i = 0; i < graph.stages.size(); ++i) index.emplace(graph.stages[i].name, i);
    std::vector<std::vector<std::size_t>> needs(graph.stages.size());
    std::vector<std::size_t> needed_by(graph.stages.size(), graph.stages.size());   // the last stage that was seen to need it
    for (std::size_t i = 0; i < graph.stages.size(); ++i)
        for (const std::string& name : graph.stages[i].needs) {
            const auto found = index.find(name);
            if (found == index.end() || found->second == i || needed_by[found->second] == i) continue;
            needed_by[found->second] = i;
            needs[i].push_back(found->second);
        }
    return needs;
}

}  // namespace weft
