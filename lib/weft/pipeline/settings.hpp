// The settings of a stage or of the whole run: typed values that remember where they come from.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "weft/pipeline/config_node.hpp"
#include "weft/pipeline/problem.hpp"
#include "weft/pipeline/value_kind.hpp"

namespace weft {

struct Setting {
    SettingValue value{};
    SettingOrigin origin = SettingOrigin::built_in;
    std::string source{};         // file, option or variable, for messages
    TextPosition position{};      // of the value

    /// A problem with this setting.
    ConfigProblem problem(std::string_view code, std::string message) const;
};

/// Settings by name, in the order of the schema. Members of a group have names such as "retry.max".
class Settings {
public:
    /// Null when the setting has neither a value nor a default.
    const Setting* find(std::string_view name) const;

    /// The value when there is one of this type, else null.
    template <class T>
    const T* get_if(std::string_view name) const {
        const Setting* setting = find(name);
        return setting ? std::get_if<T>(&setting->value) : nullptr;
    }

    /// The value of a setting that the schema gives a default. Throws std::logic_error when there is none of this type.
    template <class T>
    const T& get(std::string_view name) const {
        if (const T* value = get_if<T>(name)) return *value;
        throw std::logic_error("no setting '" + std::string(name) + "' of this type");
    }

    void add(std::string name, Setting setting) { entries_.emplace_back(std::move(name), std::move(setting)); }

    auto begin() const noexcept { return entries_.begin(); }
    auto end() const noexcept { return entries_.end(); }
    std::size_t size() const noexcept { return entries_.size(); }

private:
    std::vector<std::pair<std::string, Setting>> entries_{};
};

}  // namespace weft
