// Which values a key takes. Data, so that stages describe their keys in a table and one reader checks them all.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "weft/pipeline/config_node.hpp"
#include "weft/pipeline/problem.hpp"
#include "weft/pipeline/quantity.hpp"

namespace weft {

/// A fault inside a text, as the one who checks it sees it.
struct TextProblem {
    std::size_t offset = 0;   // byte of the text
    std::string message{};
    std::string code = std::string(problem_code::checked_text);
};

/// Finds all faults of a text: how a stage checks a language of its own, such as a filter's expression.
using TextCheck = std::function<std::vector<TextProblem>(std::string_view)>;

using TextMap = std::vector<std::pair<std::string, std::string>>;                  // in the order of the file
using PathMap = std::vector<std::pair<std::string, std::filesystem::path>>;
using CountMap = std::vector<std::pair<std::string, std::int64_t>>;

/// A text whose last references are looked up when a task starts: ${input.filter.sam}, ${output.bam}, ${cpu}.
/// Parts of the kind `value` come from `vars` or `foreach`: whoever builds a shell command quotes them.
struct LateText {
    std::vector<TextPart> parts{};

    bool operator==(const LateText&) const = default;
};

/// Choices, checked texts and "auto" are texts too.
using SettingValue = std::variant<bool, std::int64_t, double, ByteSize, std::chrono::milliseconds, EventRate, std::string,
                                  std::filesystem::path, std::vector<std::string>, TextMap, PathMap, CountMap, LateText>;

/// "600M", "[oom, signal]", "{ bam: x.bam }": a value as the file would have it.
std::string text_of(const SettingValue& value);

/// Made by the functions below.
struct ValueKind {
    enum class Form {
        text,
        boolean,
        whole,
        number,
        bytes,
        duration,
        rate,
        choice,
        path,
        texts,
        text_map,
        path_map,
        count_map,
        late_text,
        group
    };

    Form form = Form::text;
    double least = 0;                     // of whole, number and the counts of a count_map; both included
    double most = 0;
    std::vector<std::string> words{};     // choice and texts: all there are; elsewhere: words beside the numbers, such as auto
    TextCheck check{};

    /// What a message asks for: "a number from 0 to 1", "bytes, such as 8G, 600M or 500k".
    std::string expected() const;
};

namespace value_kind {

ValueKind text();
ValueKind checked_text(TextCheck check);
ValueKind late_text();
ValueKind boolean();
ValueKind whole(std::int64_t least, std::int64_t most, std::vector<std::string> words = {});
ValueKind number(double least, double most);
ValueKind bytes(std::vector<std::string> words = {});
ValueKind duration();
ValueKind rate();
ValueKind choice(std::vector<std::string> words);
ValueKind path();                                      // relative to the file's folder; URLs and "-" stay as they are
ValueKind texts(std::vector<std::string> words = {});  // a list; a single word is a list of one
ValueKind checked_texts(TextCheck check);              // a list; each is checked
ValueKind text_map();
ValueKind path_map();
ValueKind count_map(std::int64_t least, std::int64_t most);
ValueKind group();                                     // a map of keys of its own: KeySpec::members

}  // namespace value_kind
}  // namespace weft
