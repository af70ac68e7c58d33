#include "weft/pipeline/read_settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "weft/pipeline/read_value.hpp"
#include "weft/pipeline/yaml_tree.hpp"

namespace weft {
namespace {

class SettingsReader {
public:
    SettingsReader(const SettingsContext& context, References& references, ProblemList& problems)
        : context_(context), references_(references), problems_(problems) {}

    /// `prefix` is "retry." inside of the group, else empty.
    void read(const ConfigNode& map, const std::vector<KeySpec>& keys, const std::string& prefix, Settings& settings) {
        for (const KeySpec& key : keys) {
            const ConfigNode* node = map.find(key.name);
            if (key.kind.form == ValueKind::Form::group)
                read_group(map, key, prefix, settings);
            else if (node)
                read_given(*node, key, prefix, settings);
            else if (key.required)
                problems_.add(map.problem(problem_code::missing_key, fmt::format("{} has no '{}'; give {}", context_.owner,
                                                                                 prefix + key.name, key.kind.expected())));
            else
                read_default(key, prefix, settings);
        }
    }

private:
    ReferenceScope scope_of(const KeySpec& key) const {
        ReferenceScope scope = context_.scope;
        scope.late = key.kind.form == ValueKind::Form::late_text;
        return scope;
    }

    std::string owner_of(const std::string& name) const { return fmt::format("'{}' of {}", name, context_.owner); }

    void read_group(const ConfigNode& map, const KeySpec& key, const std::string& prefix, Settings& settings) {
        const std::string name = prefix + key.name;
        ConfigNode group{.position = map.position, .source = map.source};
        if (const ConfigNode* node = map.find(key.name)) {
            group = references_.resolve(*node, scope_of(key));
            if (group.is_map())
                check_keys(group, names_of(key.members), owner_of(name), problems_);
            else if (group.form != ConfigNode::Form::refused)
                problems_.add(group.problem(problem_code::value,
                                            fmt::format("{} is {}; give {}", owner_of(name), group.found(), key.kind.expected())));
        }
        read(group, key.members, name + ".", settings);
    }

    void read_given(const ConfigNode& node, const KeySpec& key, const std::string& prefix, Settings& settings) {
        const std::string name = prefix + key.name;
        add(references_.resolve(node, scope_of(key)), key, name, settings);
    }

    void read_default(const KeySpec& key, const std::string& prefix, Settings& settings) {
        const std::string name = prefix + key.name;
        if (key.inherited && context_.inherited) {
            if (const Setting* setting = context_.inherited->find(key.name)) settings.add(name, *setting);
            return;
        }
        if (key.default_value.empty()) return;
        if (context_.defaults)
            if (const auto known = context_.defaults->find(&key); known != context_.defaults->end()) return settings.add(name, known->second);
        const auto source =
            std::make_shared<const ConfigSource>(ConfigSource{"default of " + name, key.default_value, SettingOrigin::built_in});
        const std::optional<ConfigNode> node = parse_yaml(source, problems_);
        if (node && add(*node, key, name, settings) && context_.defaults) context_.defaults->emplace(&key, *settings.find(name));
    }

    bool add(const ConfigNode& node, const KeySpec& key, const std::string& name, Settings& settings) {
        std::optional<SettingValue> value = read_value(node, key.kind, {owner_of(name), context_.folder}, problems_);
        if (value) settings.add(name, {std::move(*value), node.source->origin, node.source->label, node.position});
        return value.has_value();
    }

    const SettingsContext& context_;
    References& references_;
    ProblemList& problems_;
};

}  // namespace

void check_keys(const ConfigNode& map, const std::vector<std::string>& known, const std::string& owner, ProblemList& problems) {
    std::vector<std::pair<std::string_view, int>> seen;
    for (const ConfigEntry& entry : map.entries) {
        const std::string& name = entry.key.text;
        const auto before = std::find_if(seen.begin(), seen.end(), [&](const auto& key) { return key.first == name; });
        if (std::find(known.begin(), known.end(), name) == known.end())
            problems.add(entry.key.problem(problem_code::unknown_key,
                                           fmt::format("unknown key '{}' in {}{}", name, owner, suggestion(name, known))));
        else if (before != seen.end())
            problems.add(entry.key.problem(problem_code::repeated_key,
                                           fmt::format("key '{}' stands twice in {}, first in line {}", name, owner, before->second)));
        seen.emplace_back(name, entry.key.position.line);
    }
}

Settings read_settings(const ConfigNode& map, const std::vector<KeySpec>& keys, const SettingsContext& context, References& references,
                       ProblemList& problems) {
    std::vector<std::string> known = names_of(keys);
    known.insert(known.end(), context.beside.begin(), context.beside.end());
    check_keys(map, known, context.owner, problems);
    Settings settings;
    SettingsReader(context, references, problems).read(map, keys, "", settings);
    return settings;
}

}  // namespace weft
