#include "weft/pipeline/stage_frame.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "weft/pipeline/read_value.hpp"

namespace weft {
namespace {

// `--set limits.x=1` and `--set vars.x=1` mean the file's, so no stage may have these names.
constexpr std::array<std::string_view, 2> reserved_names{"vars", "limits"};

bool is_stage_name(std::string_view name) {
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    return !name.empty() && name.find_first_not_of(letters) == name.npos;
}

std::string keys_text(const ForeachItems& items) {
    std::string text;
    for (const ForeachItem& item : items.items) text += (text.empty() ? "" : ", ") + item.key;
    return text;
}

class FrameReader {
public:
    FrameReader(const PipelineSchema& schema, const std::filesystem::path& folder, References& references, ProblemList& problems)
        : schema_(schema), folder_(folder), references_(references), problems_(problems) {}

    std::vector<StageFrame> read(const ConfigNode& root) {
        const ConfigNode* stages = root.find("stages");
        if (!stages) {
            complain(root, problem_code::missing_key, "the pipeline has no 'stages'; give a list of at least one stage");
        } else if (!stages->is_list() || stages->items.empty()) {
            if (stages->form != ConfigNode::Form::refused)
                complain(*stages, problem_code::value,
                         fmt::format("'stages' is {}; give a list of at least one stage", stages->is_list() ? "empty" : stages->found()));
        } else {
            for (std::size_t i = 0; i < stages->items.size(); ++i) read_frame(stages->items[i], i + 1);
            for (StageFrame& frame : frames_) read_needs(frame);
            complain_of_cycles();
        }
        return std::move(frames_);
    }

private:
    void complain(const ConfigNode& node, std::string_view code, std::string message) {
        problems_.add(node.problem(code, std::move(message)));
    }

    void read_frame(const ConfigNode& node, std::size_t number) {
        if (node.form == ConfigNode::Form::refused) return;
        if (!node.is_map())
            return complain(node, problem_code::value,
                            fmt::format("stage {} is {}; give a map with at least 'name' and 'stage'", number, node.found()));
        StageFrame frame{.node = &node};
        const ConfigNode* name = node.find("name");
        if (!name) return complain(node, problem_code::missing_key, fmt::format("stage {} has no 'name'", number));
        if (!name->is_scalar() || !is_stage_name(name->text))
            return complain(*name, problem_code::name,
                            fmt::format("the name of stage {} is {}; give letters, digits, - and _", number, name->found()));
        frame.name = name->text;
        if (std::find(reserved_names.begin(), reserved_names.end(), frame.name) != reserved_names.end())
            return complain(*name, problem_code::name, fmt::format("no stage can be called '{}', which is a key of the file", frame.name));
        const auto [known, first] = by_name_.emplace(frame.name, frames_.size());
        if (!first)
            complain(*name, problem_code::repeated_stage,
                     fmt::format("stage '{}' is there already, in line {}", frame.name, frames_[known->second].node->position.line));
        read_kind(node, frame);
        if (const ConfigNode* foreach = node.find("foreach")) {
            frame.repeated = true;
            frame.foreach = read_foreach(*foreach, frame.name, folder_, references_, problems_);
        }
        frames_.push_back(std::move(frame));
    }

    void read_kind(const ConfigNode& node, StageFrame& frame) {
        const std::vector<std::string> known = schema_.kind_names();
        const ConfigNode* kind = node.find("stage");
        if (!kind)
            return complain(
                node, problem_code::missing_key,
                fmt::format("stage '{}' does not say which 'stage' it is; give {}", frame.name, value_kind::choice(known).expected()));
        frame.kind = kind->is_scalar() ? schema_.find(kind->text) : nullptr;
        if (frame.kind || kind->form == ConfigNode::Form::refused) return;
        const std::string near = suggestion(kind->text, known);
        complain(*kind, problem_code::unknown_kind,
                 fmt::format("there is no stage kind {}{}", kind->found(),
                             near.empty() ? "; give " + value_kind::choice(known).expected() : near));
    }

    void read_needs(StageFrame& frame) {
        const ConfigNode* written = frame.node->find("needs");
        if (!written) return;
        const ConfigNode node = references_.resolve(*written);
        const auto names = read_value(node, value_kind::texts(), {fmt::format("'needs' of stage '{}'", frame.name), folder_}, problems_);
        if (!names) return;
        for (const ConfigNode& item : node.is_list() ? node.items : std::vector<ConfigNode>{node}) {
            const auto found = by_name_.find(item.text);
            if (found == by_name_.end())
                complain(item, problem_code::unknown_need,
                         fmt::format("stage '{}' needs '{}', which does not exist{}", frame.name, item.text,
                                     suggestion(item.text, stage_names())));
            else if (std::find(frame.needs.begin(), frame.needs.end(), found->second) != frame.needs.end())
                complain(item, problem_code::repeated_key,
                         fmt::format("'{}' stands twice in 'needs' of stage '{}'", item.text, frame.name));
            else if (pairs(frame, frames_[found->second], item))
                frame.needs.push_back(found->second);
        }
    }

    /// Two repeated stages go hand in hand, so they go over the same keys.
    bool pairs(const StageFrame& frame, const StageFrame& needed, const ConfigNode& item) {
        if (!frame.foreach || !needed.foreach) return true;
        const auto sorted_keys = [](const ForeachItems& items) {
            std::vector<std::string> keys;
            for (const ForeachItem& one : items.items) keys.push_back(one.key);
            std::sort(keys.begin(), keys.end());
            return keys;
        };
        if (sorted_keys(*frame.foreach) == sorted_keys(*needed.foreach)) return true;
        complain(item, problem_code::foreach_pairing,
                 fmt::format(
                     "stage '{}' goes over {}, but '{}', which it needs, over {}; give both the same foreach, or '{}' none to gather all",
                     frame.name, keys_text(*frame.foreach), needed.name, keys_text(*needed.foreach), frame.name));
        return false;
    }

    void complain_of_cycles() {
        NeedsLists needs;
        for (const StageFrame& frame : frames_) needs.push_back(frame.needs);
        for (const std::vector<std::size_t>& cycle : find_cycles(needs)) {
            std::string text;
            for (const std::size_t stage : cycle)
                text += fmt::format("{} ({}) -> ", frames_[stage].name, frames_[stage].node->position.line);
            const StageFrame& first = frames_[cycle.front()];
            complain(*first.node, problem_code::cycle, fmt::format("cycle: {}{}", text, first.name));
        }
    }

    std::vector<std::string> stage_names() const {
        std::vector<std::string> names;
        for (const StageFrame& frame : frames_) names.push_back(frame.name);
        return names;
    }

    const PipelineSchema& schema_;
    const std::filesystem::path& folder_;
    References& references_;
    ProblemList& problems_;
    std::vector<StageFrame> frames_{};
    std::unordered_map<std::string, std::size_t> by_name_{};
};

}  // namespace

std::vector<StageFrame> read_stage_frames(const ConfigNode& root, const PipelineSchema& schema, const std::filesystem::path& folder,
                                          References& references, ProblemList& problems) {
    return FrameReader(schema, folder, references, problems).read(root);
}

}  // namespace weft
