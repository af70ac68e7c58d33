#include "weft/pipeline/config_node.hpp"

#include <algorithm>
#include <utility>

namespace weft {
namespace {

constexpr std::size_t longest_shown = 40;   // bytes of a text in a message

bool is_space(char letter) { return letter == ' ' || letter == '\n' || letter == '\r' || letter == '\t'; }

bool is_continuation(char letter) { return (static_cast<unsigned char>(letter) & 0xC0) == 0x80; }

/// The byte of a text at a line and a column, or its end.
std::size_t byte_at(std::string_view text, TextPosition position) {
    std::size_t begin = 0;
    for (int line = 1; line < position.line && begin < text.size(); ++line) {
        const std::size_t end = text.find('\n', begin);
        begin = end == std::string_view::npos ? text.size() : end + 1;
    }
    return std::min(text.size(), begin + static_cast<std::size_t>(position.column - 1));
}

TextPosition position_at(std::string_view text, std::size_t byte) {
    const std::string_view before = text.substr(0, byte);
    const auto lines = static_cast<int>(std::count(before.begin(), before.end(), '\n'));
    const std::size_t newline = before.rfind('\n');
    return {lines + 1, static_cast<int>(byte - (newline == std::string_view::npos ? 0 : newline + 1)) + 1};
}

/// Walks a value along the file's text from `byte` on: blanks stand for any run of blanks, and what is not part of the value
/// (quotes, backslashes, the indicator of a block) is stepped over. Gives `byte` when they have nothing in common.
std::size_t walk(std::string_view file, std::size_t byte, std::string_view value, std::size_t offset) {
    std::size_t at = byte;
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (is_space(value[i])) {
            if (i == offset) return at;
            continue;
        }
        at = file.find(value[i], at);
        if (at == std::string_view::npos) return byte;
        if (i == offset) return at;
        ++at;
    }
    return at;
}

}  // namespace

std::string_view name_of(SettingOrigin origin) {
    switch (origin) {
        case SettingOrigin::built_in: return "built-in";
        case SettingOrigin::file: return "file";
        case SettingOrigin::environment: return "environment";
        case SettingOrigin::command_line: return "command line";
    }
    return "";
}

const ConfigNode* ConfigNode::find(std::string_view key) const {
    const auto found = std::find_if(entries.begin(), entries.end(), [&](const ConfigEntry& entry) { return entry.key.text == key; });
    return found == entries.end() ? nullptr : &found->value;
}

ConfigNode* ConfigNode::find(std::string_view key) { return const_cast<ConfigNode*>(std::as_const(*this).find(key)); }

TextPosition ConfigNode::position_of(std::size_t offset) const {
    if (position.line == 0) return position;
    if (!parts.empty()) {
        std::size_t begin = 0;
        std::size_t as_written = written.size();
        for (const TextPart& part : parts) {
            const std::size_t length = part.kind == TextPart::Kind::late ? part.text.size() + 3 : part.text.size();
            if (offset < begin + length) {
                as_written = part.offset + (part.kind == TextPart::Kind::literal ? offset - begin : 0);
                break;
            }
            begin += length;
        }
        offset = as_written;
    }
    if (offset == 0) return position;
    const std::size_t first = byte_at(source->text, position);
    return position_at(source->text, walk(source->text, first, parts.empty() ? text : written, offset));
}

ConfigProblem ConfigNode::problem(std::string_view code, std::string message) const {
    return {.file = source->label, .position = position, .message = std::move(message), .code = std::string(code)};
}

ConfigProblem ConfigNode::problem_at(std::size_t offset, std::string_view code, std::string message) const {
    return {.file = source->label, .position = position_of(offset), .message = std::move(message), .code = std::string(code)};
}

std::string ConfigNode::found() const {
    if (form == Form::list) return "a list";
    if (form == Form::map) return "a map";
    if (form != Form::scalar || text.empty()) return "empty";
    if (text.size() <= longest_shown) return "'" + text + "'";
    std::size_t end = longest_shown;
    while (end > 0 && is_continuation(text[end])) --end;   // letters stay whole
    return "'" + text.substr(0, end) + "...'";
}

}  // namespace weft
