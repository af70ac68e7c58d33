#include "weft/pipeline/value_kind.hpp"

#include <fmt/format.h>

#include <type_traits>

namespace weft {
namespace {

std::string joined(const std::vector<std::string>& words, std::string_view last) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i)
        text += fmt::format("{}{}", i == 0 ? std::string() : i + 1 == words.size() ? fmt::format(" {} ", last) : ", ", words[i]);
    return text;
}

std::string with_words(std::string text, const std::vector<std::string>& words) {
    return words.empty() ? text : text + ", or " + joined(words, "or");
}

template <class Items, class Show>
std::string bracketed(std::string_view open, const Items& items, std::string_view close, Show show) {
    std::string text;
    for (const auto& item : items) text += (text.empty() ? "" : ", ") + show(item);
    return fmt::format("{}{}{}", open, text, close);
}

template <class Map, class Show>
std::string map_text(const Map& map, Show show) {
    if (map.empty()) return "{}";
    return bracketed("{ ", map, " }", [&](const auto& entry) { return entry.first + ": " + show(entry.second); });
}

struct TextOf {
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(double value) const { return fmt::format("{}", value); }
    std::string operator()(ByteSize value) const { return text_of(value); }
    std::string operator()(std::chrono::milliseconds value) const { return text_of(value); }
    std::string operator()(const EventRate& value) const { return text_of(value); }
    std::string operator()(const std::string& value) const { return value; }
    std::string operator()(const std::filesystem::path& value) const { return value.string(); }
    std::string operator()(const std::vector<std::string>& value) const {
        return bracketed("[", value, "]", [](const std::string& item) { return item; });
    }
    std::string operator()(const TextMap& value) const { return map_text(value, *this); }
    std::string operator()(const PathMap& value) const { return map_text(value, *this); }
    std::string operator()(const CountMap& value) const { return map_text(value, *this); }
    std::string operator()(const LateText& value) const {
        std::string text;
        for (const TextPart& part : value.parts) text += part.kind == TextPart::Kind::late ? "${" + part.text + "}" : part.text;
        return text;
    }
};

}  // namespace

std::string text_of(const SettingValue& value) { return std::visit(TextOf{}, value); }

std::string ValueKind::expected() const {
    switch (form) {
        case Form::text:
        case Form::late_text: return "a text";
        case Form::boolean: return "true or false";
        case Form::whole: return with_words(fmt::format("a whole number from {:.0f} to {:.0f}", least, most), words);
        case Form::number: return fmt::format("a number from {} to {}", least, most);
        case Form::bytes: return with_words("bytes, such as 8G, 600M or 500k", words);
        case Form::duration: return "a duration, such as 30m, 5s, 500ms or 1h30m";
        case Form::rate: return "a rate, such as 5/s, 100/min or 20/h";
        case Form::choice: return joined(words, "or");
        case Form::path: return "a path";
        case Form::texts: return words.empty() ? "a list of texts" : "a list of " + joined(words, "and");
        case Form::text_map: return "a map of names to texts";
        case Form::path_map: return "a map of names to paths";
        case Form::count_map: return fmt::format("a map of names to whole numbers from {:.0f} to {:.0f}", least, most);
        case Form::group: return "a map";
    }
    return "";
}

namespace value_kind {

using Form = ValueKind::Form;

ValueKind text() { return {.form = Form::text}; }
ValueKind checked_text(TextCheck check) { return {.form = Form::text, .check = std::move(check)}; }
ValueKind late_text() { return {.form = Form::late_text}; }
ValueKind boolean() { return {.form = Form::boolean}; }
ValueKind whole(std::int64_t least, std::int64_t most, std::vector<std::string> words) {
    return {.form = Form::whole, .least = static_cast<double>(least), .most = static_cast<double>(most), .words = std::move(words)};
}
ValueKind number(double least, double most) { return {.form = Form::number, .least = least, .most = most}; }
ValueKind bytes(std::vector<std::string> words) { return {.form = Form::bytes, .words = std::move(words)}; }
ValueKind duration() { return {.form = Form::duration}; }
ValueKind rate() { return {.form = Form::rate}; }
ValueKind choice(std::vector<std::string> words) { return {.form = Form::choice, .words = std::move(words)}; }
ValueKind path() { return {.form = Form::path}; }
ValueKind texts(std::vector<std::string> words) { return {.form = Form::texts, .words = std::move(words)}; }
ValueKind checked_texts(TextCheck check) { return {.form = Form::texts, .check = std::move(check)}; }
ValueKind text_map() { return {.form = Form::text_map}; }
ValueKind path_map() { return {.form = Form::path_map}; }
ValueKind count_map(std::int64_t least, std::int64_t most) {
    return {.form = Form::count_map, .least = static_cast<double>(least), .most = static_cast<double>(most)};
}
ValueKind group() { return {.form = Form::group}; }

}  // namespace value_kind
}  // namespace weft
