#include "weft/pipeline/overrides.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "weft/pipeline/yaml_tree.hpp"

namespace weft {
namespace {

constexpr std::string_view variable_prefix = "WEFT_";

constexpr std::array<KnownVariable, 7> all_known_variables{
    {{"WEFT_THREADS", "threads", "threads of a run, over `threads` of the file"},
     {"WEFT_MEMORY", "memory", "memory that all tasks of a run share, over `memory` of the file"},
     {"WEFT_WORK", "work", "folder of store, journal and logs, over `work` of the file"},
     {"WEFT_LOG", "", "kept for later versions", false},
     {"WEFT_REDIS", "", "kept for later versions", false},
     {"WEFT_TARGET", "", "SIMD target of the kernels: scalar, sse4, avx2 or avx512"},
     {"WEFT_FAULT", "", "for tests: ends or fails the process at a named point"}}};

std::vector<std::string> split_path(std::string_view path) {
    std::vector<std::string> steps;
    while (true) {
        const std::size_t dot = path.find('.');
        steps.emplace_back(path.substr(0, dot));
        if (dot == path.npos) return steps;
        path.remove_prefix(dot + 1);
    }
}

std::vector<std::string> keys_of(const ConfigNode& map) {
    std::vector<std::string> keys;
    for (const ConfigEntry& entry : map.entries) keys.push_back(entry.key.text);
    return keys;
}

/// One value on its way into the tree.
class Override {
public:
    Override(std::string label, std::string value, SettingOrigin origin, ProblemList& problems)
        : source_(std::make_shared<const ConfigSource>(ConfigSource{std::move(label), std::move(value), origin})), problems_(problems) {}

    void put_into_file(ConfigNode& root, std::string_view path) {
        std::vector<std::string> steps = split_path(path);
        if (std::find(steps.begin(), steps.end(), "") != steps.end())
            return complain(fmt::format("'{}' is no path such as align.cpu", path));
        if (steps.size() == 1 || steps.front() == "limits") return put(root, steps);
        if (steps.front() == "vars") return put_variable(root, steps);
        put_into_stage(root, std::move(steps));
    }

private:
    void complain(std::string message) {
        problems_.add({.file = source_->label, .message = std::move(message), .code = std::string(problem_code::override_target)});
    }

    ConfigNode scalar(std::string text) const { return {.form = ConfigNode::Form::scalar, .text = std::move(text), .source = source_}; }

    void put_into_stage(ConfigNode& root, std::vector<std::string> steps) {
        const std::string name = steps.front();
        steps.erase(steps.begin());
        std::vector<std::string> names;
        if (ConfigNode* stages = root.find("stages")) {
            for (ConfigNode& stage : stages->items) {
                const ConfigNode* known = stage.find("name");
                if (!known) continue;
                names.push_back(known->text);
                if (known->text != name) continue;
                if (steps.front() == "name") return complain("the name of a stage cannot be set from outside");
                return put(stage, steps);
            }
        }
        complain(fmt::format("there is no stage '{}'{}", name, suggestion(name, names)));
    }

    /// A new variable would be one that nothing refers to: a slip of the keyboard.
    void put_variable(ConfigNode& root, const std::vector<std::string>& steps) {
        const ConfigNode nobody;
        const ConfigNode* map = root.find("vars");
        for (std::size_t i = 1; i < steps.size(); ++i) {
            const ConfigNode& at = map ? *map : nobody;
            map = at.find(steps[i]);
            if (!map) return complain(fmt::format("nothing in vars is called '{}'{}", steps[i], suggestion(steps[i], keys_of(at))));
        }
        put(root, steps);
    }

    void put(ConfigNode& map, const std::vector<std::string>& steps) {
        ConfigNode* at = &map;
        for (const std::string& step : steps) {
            if (at->form == ConfigNode::Form::nothing) *at = {.form = ConfigNode::Form::map, .source = source_};
            if (!at->is_map()) return complain(fmt::format("'{}' would stand in {}, not in a map", step, at->found()));
            ConfigNode* next = at->find(step);
            if (!next) {
                at->entries.push_back({scalar(step), {}});
                next = &at->entries.back().value;
            }
            at = next;
        }
        const bool flow = source_->text.starts_with('[') || source_->text.starts_with('{');
        std::optional<ConfigNode> value = flow ? parse_yaml(source_, problems_) : scalar(source_->text);
        *at = value ? std::move(*value) : ConfigNode{.form = ConfigNode::Form::refused, .source = source_};
    }

    std::shared_ptr<const ConfigSource> source_;
    ProblemList& problems_;
};

void warn_of(const std::string& variable, ProblemList& problems) {
    std::vector<std::string> names;
    for (const KnownVariable& known : all_known_variables) names.emplace_back(known.name);
    problems.add({.file = variable,
                  .message = "no part of weft reads this environment variable" + suggestion(variable, names),
                  .code = std::string(problem_code::unknown_variable),
                  .warning = true});
}

}  // namespace

std::span<const KnownVariable> known_variables() { return all_known_variables; }

void apply_overrides(ConfigNode& root, const ConfigOverrides& overrides, ProblemList& problems) {
    if (!root.is_map()) return;
    for (const auto& [name, value] : overrides.environment) {
        if (!name.starts_with(variable_prefix)) continue;
        const auto known = std::find_if(all_known_variables.begin(), all_known_variables.end(),
                                        [&](const KnownVariable& variable) { return variable.name == name; });
        if (known == all_known_variables.end())
            warn_of(name, problems);
        else if (!known->key.empty())
            Override(name, value, SettingOrigin::environment, problems).put_into_file(root, known->key);
    }
    for (const std::string& setting : overrides.settings) {
        const std::size_t equals = setting.find('=');
        const std::string label = "--set " + setting;
        if (equals == setting.npos || equals == 0)
            problems.add({.file = label,
                          .message = "give a name and a value, such as align.cpu=2",
                          .code = std::string(problem_code::override_target)});
        else
            Override(label, setting.substr(equals + 1), SettingOrigin::command_line, problems)
                .put_into_file(root, std::string_view(setting).substr(0, equals));
    }
}

}  // namespace weft
