#include "weft/pipeline/read_value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

namespace weft {
namespace {

using Form = ValueKind::Form;

// The words of YAML 1.1, in lower case only: one spelling each is enough.
constexpr std::array<std::string_view, 3> yes_words{"true", "yes", "on"};
constexpr std::array<std::string_view, 3> no_words{"false", "no", "off"};

bool contains(const auto& words, std::string_view word) { return std::find(words.begin(), words.end(), word) != words.end(); }

class ValueReader {
public:
    ValueReader(const ValueKind& kind, const ValueContext& context, ProblemList& problems)
        : kind_(kind), context_(context), problems_(problems) {}

    std::optional<SettingValue> read(const ConfigNode& node) {
        if (node.form == ConfigNode::Form::refused) return std::nullopt;
        switch (kind_.form) {
            case Form::texts: return texts(node);
            case Form::text_map: return map<TextMap>(node, [](const ConfigNode& value) { return std::optional(value.text); });
            case Form::path_map: return map<PathMap>(node, [&](const ConfigNode& value) { return std::optional(path(value)); });
            case Form::count_map: return map<CountMap>(node, [&](const ConfigNode& value) { return whole_in_range(value.text); });
            default: break;
        }
        if (!node.is_scalar() || (node.text.empty() && kind_.form != Form::text)) return wrong(node);
        std::optional<SettingValue> value = scalar(node);
        return value ? value : wrong(node);
    }

private:
    std::optional<SettingValue> wrong(const ConfigNode& node) {
        std::string message = fmt::format("{} is {}; give {}", context_.owner, node.found(), kind_.expected());
        if (node.is_scalar() && !kind_.words.empty()) message += suggestion(node.text, kind_.words);
        problems_.add(node.problem(problem_code::value, std::move(message)));
        return std::nullopt;
    }

    std::optional<SettingValue> scalar(const ConfigNode& node) {
        const std::string& text = node.text;
        const auto as_value = [](auto parsed) { return parsed ? std::optional<SettingValue>(*parsed) : std::nullopt; };
        if (contains(kind_.words, text)) return text;
        switch (kind_.form) {
            case Form::text: return checked(node);
            case Form::boolean:
                if (contains(yes_words, text)) return true;
                if (contains(no_words, text)) return false;
                return std::nullopt;
            case Form::whole: return as_value(whole_in_range(text));
            case Form::number: {
                const std::optional<double> number = parse_decimal(text);
                return number && *number >= kind_.least && *number <= kind_.most ? as_value(number) : std::nullopt;
            }
            case Form::bytes: return as_value(parse_byte_size(text));
            case Form::duration: return as_value(parse_duration(text));
            case Form::rate: return as_value(parse_rate(text));
            case Form::path: return path(node);
            case Form::late_text:
                return LateText{node.parts.empty() ? std::vector<TextPart>{{.text = text}} : node.parts};
            default: return std::nullopt;
        }
    }

    std::optional<SettingValue> checked(const ConfigNode& node) {
        const std::vector<TextProblem> faults = kind_.check ? kind_.check(node.text) : std::vector<TextProblem>{};
        for (const TextProblem& fault : faults) problems_.add(node.problem_at(fault.offset, fault.code, fault.message));
        return node.text;
    }

    std::optional<std::int64_t> whole_in_range(std::string_view text) const {
        const std::optional<std::int64_t> number = parse_whole(text);
        const bool inside = number && static_cast<double>(*number) >= kind_.least && static_cast<double>(*number) <= kind_.most;
        return inside ? number : std::nullopt;
    }

    /// A path of the file starts from the file's folder, one of the command line from where the user stands.
    std::filesystem::path path(const ConfigNode& node) const {
        const bool elsewhere = node.text == "-" || node.text.find("://") != std::string::npos;
        return elsewhere || node.source->origin > SettingOrigin::file ? std::filesystem::path(node.text) : context_.folder / node.text;
    }

    std::optional<SettingValue> texts(const ConfigNode& node) {
        if (!node.is_scalar() && !node.is_list()) return wrong(node);
        const std::vector<ConfigNode>& items = node.is_list() ? node.items : std::vector<ConfigNode>{node};
        std::vector<std::string> texts;
        bool right = true;
        for (const ConfigNode& item : items) {
            const bool known = kind_.words.empty() || contains(kind_.words, item.text);
            if (item.form == ConfigNode::Form::refused) {
                right = false;
            } else if (!item.is_scalar() || item.text.empty() || !known) {
                wrong(item);
                right = false;
            } else {
                (void)checked(item);
            }
            texts.push_back(item.text);
        }
        return right ? std::optional<SettingValue>(std::move(texts)) : std::nullopt;
    }

    template <class Map, class Read>
    std::optional<SettingValue> map(const ConfigNode& node, Read read) {
        if (!node.is_map()) return wrong(node);
        Map map;
        bool right = true;
        for (const auto& [key, value] : node.entries) {
            if (contains_key(map, key.text)) {
                problems_.add(key.problem(problem_code::repeated_key, fmt::format("'{}' stands twice in {}", key.text, context_.owner)));
                right = false;
                continue;
            }
            auto item = value.is_scalar() && !value.text.empty() ? read(value) : decltype(read(value)){};
            if (item) {
                map.emplace_back(key.text, std::move(*item));
                continue;
            }
            right = false;
            if (value.form == ConfigNode::Form::refused) continue;
            problems_.add(value.problem(problem_code::value, fmt::format("'{}' in {} is {}; give {}", key.text, context_.owner,
                                                                         value.found(), kind_.expected())));
        }
        return right ? std::optional<SettingValue>(std::move(map)) : std::nullopt;
    }

    template <class Map>
    static bool contains_key(const Map& map, std::string_view key) {
        return std::any_of(map.begin(), map.end(), [&](const auto& entry) { return entry.first == key; });
    }

    const ValueKind& kind_;
    const ValueContext& context_;
    ProblemList& problems_;
};

}  // namespace

std::optional<SettingValue> read_value(const ConfigNode& node, const ValueKind& kind, const ValueContext& context, ProblemList& problems) {
    return ValueReader(kind, context, problems).read(node);
}

}  // namespace weft
