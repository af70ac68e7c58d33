// The stages as lines for a terminal, with rails in front as version control systems draw their histories: a rail leads from a stage
// down to the last one that needs it, and a stage is joined to the rails of what it needs by a horizontal line.
#include <algorithm>
#include <optional>
#include <string_view>

#include "weft/model/utf8.hpp"
#include "weft/pipeline/stage_graph.hpp"
#include "weft/pipeline/stage_order.hpp"

namespace weft {
namespace {

std::string_view node_mark(const std::string& status) {
    if (status == "failed") return "✗";
    if (status == "running") return "◐";
    if (status == "waiting" || status == "skipped" || status == "cancelled") return "○";
    return "●";
}

class RailDrawing {
public:
    explicit RailDrawing(const StageGraph& graph) : graph_(graph), needs_(needs_by_index(graph)), consumers_left_(graph.stages.size()) {
        for (const auto& needs : needs_)
            for (const std::size_t needed : needs) ++consumers_left_[needed];
        consumers_ = consumers_left_;
        column_of_.resize(graph.stages.size());
    }

    struct Row {
        std::string rails{};
        std::size_t stage = 0;
    };

    std::vector<Row> rows() {
        std::vector<Row> rows;
        for (const std::size_t stage : topological_order(needs_)) rows.push_back({row(stage), stage});
        return rows;
    }

private:
    enum : unsigned { up = 1, down = 2, left = 4, right = 8 };

    /// Box lines by the sides from which lines come.
    static std::string_view joint(unsigned sides) {
        switch (sides) {
            case up | down | right: return "├";
            case up | down | left: return "┤";
            case up | down | left | right: return "┼";
            case up | right: return "╰";
            case up | left: return "╯";
            case up | left | right: return "┴";
            default: return "│";
        }
    }

    std::string row(std::size_t stage) {
        std::vector<std::size_t> joined;   // columns of what it needs
        for (const std::size_t needed : needs_[stage]) {
            joined.push_back(column_of_[needed]);
            if (--consumers_left_[needed] == 0) ending_.push_back(column_of_[needed]);
        }
        const std::size_t own = choose_column(stage, joined);
        if (rails_.size() <= own) rails_.resize(own + 1);
        std::erase(joined, own);
        const std::size_t first = joined.empty() ? own : std::min(own, *std::min_element(joined.begin(), joined.end()));
        const std::size_t last = joined.empty() ? own : std::max(own, *std::max_element(joined.begin(), joined.end()));

        std::string text;
        for (std::size_t column = 0; column < rails_.size(); ++column) {
            const bool within = first <= column && column <= last;
            const bool is_joined = std::find(joined.begin(), joined.end(), column) != joined.end();
            const bool ends = std::find(ending_.begin(), ending_.end(), column) != ending_.end();
            if (column == own) text += node_mark(graph_.stages[stage].status);
            else if (is_joined) text += joint(up | (ends ? 0U : down) | (column > first ? left : 0U) | (column < last ? right : 0U));
            else if (rails_[column]) text += "│";
            else text += within ? "─" : " ";
            text += column >= first && column < last ? "─" : " ";
        }
        finish_row(stage, own);
        return text.substr(0, text.find_last_not_of(' ') + 1);
    }

    /// Below what it needs when nothing else needs that any more, one aside where the rail has branched before; else a free column.
    std::size_t choose_column(std::size_t stage, const std::vector<std::size_t>& joined) const {
        const auto is_free = [&](std::size_t column) { return column >= rails_.size() || !rails_[column]; };
        if (!ending_.empty()) {
            const std::size_t below = *std::min_element(ending_.begin(), ending_.end());
            const bool last_branch = joined.size() == 1 && consumers_[needs_[stage].front()] > 1;
            return last_branch && is_free(below + 1) ? below + 1 : below;
        }
        std::size_t column = joined.empty() ? 0 : *std::min_element(joined.begin(), joined.end());
        // Right below the end of a rail, what needs nothing would look as if it needed that.
        while (!is_free(column) || (joined.empty() && just_ended_ == column)) ++column;
        return column;
    }

    void finish_row(std::size_t stage, std::size_t own) {
        for (const std::size_t column : ending_) rails_[column] = false;
        ending_.clear();
        rails_[own] = consumers_left_[stage] > 0;
        just_ended_ = rails_[own] ? std::optional<std::size_t>() : own;
        column_of_[stage] = own;
        while (!rails_.empty() && !rails_.back() && rails_.size() - 1 != own) rails_.pop_back();
    }

    const StageGraph& graph_;
    std::vector<std::vector<std::size_t>> needs_;
    std::vector<std::size_t> consumers_{};           // of each stage, and those that no row has shown yet
    std::vector<std::size_t> consumers_left_;
    std::vector<std::size_t> column_of_{};
    std::vector<bool> rails_{};                      // which columns have one
    std::vector<std::size_t> ending_{};              // columns whose rail ends in this row
    std::optional<std::size_t> just_ended_{};        // column of the stage above, when no rail leads on from it
};

void append_padded(std::string& line, const std::string& text, std::size_t width) {
    line += text;
    line.append(width - std::min(width, display_width(text)), ' ');
}

}  // namespace

std::string graph_text(const StageGraph& graph, std::size_t width) {
    const std::vector<RailDrawing::Row> rows = RailDrawing(graph).rows();
    std::size_t rails = 0, names = 0, statuses = 0;
    for (const RailDrawing::Row& row : rows) {
        rails = std::max(rails, display_width(row.rails));
        names = std::max(names, display_width(printable(graph.stages[row.stage].name)));
        statuses = std::max(statuses, display_width(printable(graph.stages[row.stage].status)));
    }
    std::string text;
    for (const RailDrawing::Row& row : rows) {
        const StageGraph::Stage& stage = graph.stages[row.stage];
        std::string line;
        append_padded(line, row.rails, rails + 2);
        append_padded(line, printable(stage.name), names + 2);
        if (statuses > 0) append_padded(line, printable(stage.status), statuses + 2);
        std::string more;
        for (const std::string& one : stage.lines) more += (more.empty() ? "" : ", ") + printable(one);
        if (stage.critical) more += more.empty() ? "critical" : ", critical";
        line += more;
        line.erase(line.find_last_not_of(' ') + 1);
        text += (width == 0 ? line : shortened(line, width)) + "\n";
    }
    return text;
}

}  // namespace weft
