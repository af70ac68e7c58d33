// The content of a pipeline file as a tree that knows where each word stands.
//
// It is a tree of our own and not the YAML library's, because that one merges what we must tell apart: a file's own values and those
// that the command line or the environment put over them, a text as written and as its references made it, a key that stands twice.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "weft/pipeline/problem.hpp"

namespace weft {

/// Where a value comes from, weakest first.
enum class SettingOrigin { built_in, file, environment, command_line };

/// "built-in", "file", "environment" or "command line".
std::string_view name_of(SettingOrigin origin);

/// The text that nodes were read from.
struct ConfigSource {
    std::string label{};    // file, "--set align.cpu=2" or variable: the beginning of a message
    std::string text{};
    SettingOrigin origin = SettingOrigin::file;
};

/// A stretch of a text whose references were looked up.
struct TextPart {
    enum class Kind { literal, value, late };

    Kind kind = Kind::literal;
    std::string text{};         // for `late` the name alone: "output.bam"
    std::size_t offset = 0;     // where it begins in the text as written
    TextPosition position{};    // of a `late` one in the file

    bool operator==(const TextPart&) const = default;
};

struct ConfigEntry;

struct ConfigNode {
    /// `refused` was complained of when it was read, so nobody else complains of it.
    enum class Form { nothing, scalar, list, map, refused };

    Form form = Form::nothing;
    std::string text{};                             // of a scalar
    TextPosition position{};
    std::shared_ptr<const ConfigSource> source{};
    std::vector<ConfigNode> items{};                // of a list
    std::vector<ConfigEntry> entries{};             // of a map, in the order of the file; keys may repeat
    std::string written{};                          // a scalar's text before its references were looked up
    std::vector<TextPart> parts{};                  // and what it consists of since

    bool is_scalar() const noexcept { return form == Form::scalar; }
    bool is_map() const noexcept { return form == Form::map; }
    bool is_list() const noexcept { return form == Form::list; }

    /// The first entry of a map with this key, or null.
    const ConfigNode* find(std::string_view key) const;
    ConfigNode* find(std::string_view key);

    /// Where byte `offset` of `text` stands in the file, also behind quotes, escapes, folded lines and references.
    TextPosition position_of(std::size_t offset) const;

    /// A problem at this node, or at byte `offset` of its text.
    ConfigProblem problem(std::string_view code, std::string message) const;
    ConfigProblem problem_at(std::size_t offset, std::string_view code, std::string message) const;

    /// "'8X'", "a list", "a map" or "empty": what a message says was found. Long texts are cut.
    std::string found() const;
};

struct ConfigEntry {
    ConfigNode key{};
    ConfigNode value{};
};

}  // namespace weft
