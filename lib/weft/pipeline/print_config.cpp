#include "weft/pipeline/print_config.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace weft {
namespace {

constexpr std::size_t widest_value = 48;   // longer ones push their origin to the right

/// A value stays on its line, whatever it holds.
std::string on_one_line(std::string text) {
    for (std::size_t newline = text.find('\n'); newline != text.npos; newline = text.find('\n', newline)) text.replace(newline, 1, "\\n");
    return text;
}

std::string origin_of(const Setting& setting) {
    if (setting.origin == SettingOrigin::built_in) return std::string(name_of(setting.origin));
    if (setting.position.line == 0) return setting.source;
    return fmt::format("{}:{}:{}", setting.source, setting.position.line, setting.position.column);
}

void add_rows(const Settings& settings, const std::string& prefix, std::vector<ConfigRow>& rows) {
    for (const auto& [name, setting] : settings) rows.push_back({prefix + name, on_one_line(text_of(setting.value)), origin_of(setting)});
}

}  // namespace

std::vector<ConfigRow> config_rows(const Pipeline& pipeline) {
    std::vector<ConfigRow> rows;
    add_rows(pipeline.settings, "", rows);
    for (const StageConfig& stage : pipeline.stages) add_rows(stage.settings, stage.name + ".", rows);
    return rows;
}

std::string config_text(const Pipeline& pipeline) {
    const std::vector<ConfigRow> rows = config_rows(pipeline);
    std::size_t names = 0;
    std::size_t values = 0;
    for (const ConfigRow& row : rows) {
        names = std::max(names, row.key.size());
        values = std::max(values, std::min(row.value.size(), widest_value));
    }
    std::string text;
    for (const auto& [name, value, origin] : rows) text += fmt::format("{:<{}}  {:<{}}  {}\n", name, names, value, values, origin);
    return text;
}

}  // namespace weft
