#include "weft/pipeline/yaml_tree.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace weft {
namespace {

TextPosition position_of(const YAML::Mark& mark) {
    return mark.is_null() ? TextPosition{1, 1} : TextPosition{mark.line + 1, mark.column + 1};
}

/// Builds the tree from the parser's events. The open lists and maps wait on a stack.
class TreeBuilder final : public YAML::EventHandler {
public:
    TreeBuilder(std::shared_ptr<const ConfigSource> source, ProblemList& problems) : source_(std::move(source)), problems_(problems) {}

    ConfigNode take_root() { return std::move(root_); }

    /// Where the second document begins, once there is one.
    std::optional<TextPosition> second_document() const { return second_; }

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (documents_++ > 0) second_ = position_of(mark);
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t) override { close(node(mark, ConfigNode::Form::nothing)); }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
        refuse(mark, "aliases (*name) are not read; put the shared value under 'vars' and write ${name}");
        close(node(mark, ConfigNode::Form::refused));
    }
    void OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t, const std::string& value) override {
        ConfigNode scalar = node(mark, ConfigNode::Form::scalar);
        scalar.text = value;
        close(std::move(scalar));
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {
        open_.push_back({node(mark, ConfigNode::Form::list)});
    }
    void OnSequenceEnd() override { close_open(); }
    void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {
        open_.push_back({node(mark, ConfigNode::Form::map)});
    }
    void OnMapEnd() override { close_open(); }

private:
    struct Open {
        ConfigNode node{};
        ConfigNode key{};
        bool has_key = false;
    };

    ConfigNode node(const YAML::Mark& mark, ConfigNode::Form form) const {
        return {.form = form, .position = position_of(mark), .source = source_};
    }

    void refuse(const YAML::Mark& mark, std::string message) {
        problems_.add(node(mark, ConfigNode::Form::refused).problem(problem_code::refused_yaml, std::move(message)));
    }

    void close_open() {
        ConfigNode done = std::move(open_.back().node);
        open_.pop_back();
        close(std::move(done));
    }

    /// A node is complete: it goes into what is open around it.
    void close(ConfigNode done) {
        if (open_.empty()) {
            if (documents_ <= 1) root_ = std::move(done);
            return;
        }
        Open& parent = open_.back();
        if (parent.node.is_list()) {
            parent.node.items.push_back(std::move(done));
        } else if (!parent.has_key) {
            parent.key = std::move(done);
            parent.has_key = true;
        } else {
            parent.has_key = false;
            add_entry(parent, std::move(done));
        }
    }

    void add_entry(Open& parent, ConfigNode value) {
        if (parent.key.text == "<<") {
            problems_.add(parent.key.problem(problem_code::refused_yaml,
                                             "merge keys (<<) are not read; put the shared values under 'vars' and write ${name}"));
        } else if (!parent.key.is_scalar()) {
            if (parent.key.form != ConfigNode::Form::refused)
                problems_.add(parent.key.problem(problem_code::refused_yaml,
                                                 fmt::format("a key must be a word; this one is {}", parent.key.found())));
        } else {
            parent.node.entries.push_back({std::move(parent.key), std::move(value)});
        }
    }

    std::shared_ptr<const ConfigSource> source_;
    ProblemList& problems_;
    std::vector<Open> open_{};
    ConfigNode root_{};
    std::optional<TextPosition> second_{};
    int documents_ = 0;
};

ConfigProblem syntax_problem(const ConfigSource& source, TextPosition position, std::string message) {
    const TextPosition shown = source.origin == SettingOrigin::file ? position : TextPosition{};
    return {.file = source.label, .position = shown, .message = std::move(message), .code = std::string(problem_code::syntax)};
}

std::string_view line_of(std::string_view text, int line) {
    for (int number = 1; number < line; ++number)
        text.remove_prefix(std::min(text.size(), text.find('\n') + (text.find('\n') == text.npos ? 0 : 1)));
    return text.substr(0, text.find('\n'));
}

/// The parser's own word for a tab is any of five; people want to hear "tab".
bool tab_indents(std::string_view line) {
    const std::size_t begin = line.find_first_not_of(' ');
    return begin != line.npos && line[begin] == '\t';
}

/// The parser reads byte 4 as the end of the file and would drop the rest without a word, so no control character gets that far.
const char* control_character(std::string_view text) {
    const auto found = std::find_if(text.begin(), text.end(), [](char letter) {
        return (static_cast<unsigned char>(letter) < 0x20 && letter != '\t' && letter != '\n' && letter != '\r') || letter == 0x7F;
    });
    return found == text.end() ? nullptr : &*found;
}

TextPosition position_in(std::string_view text, const char* byte) {
    const std::string_view before = text.substr(0, static_cast<std::size_t>(byte - text.data()));
    const std::size_t newline = before.rfind('\n');
    const std::size_t column = newline == before.npos ? before.size() : before.size() - newline - 1;
    return {static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1, static_cast<int>(column) + 1};
}

/// Values from the command line have no place in a file.
void forget_positions(ConfigNode& node) {
    node.position = {};
    for (ConfigNode& item : node.items) forget_positions(item);
    for (ConfigEntry& entry : node.entries) {
        forget_positions(entry.key);
        forget_positions(entry.value);
    }
}

}  // namespace

std::optional<ConfigNode> parse_yaml(const std::shared_ptr<const ConfigSource>& source, ProblemList& problems) {
    if (const char* byte = control_character(source->text)) {
        problems.add(
            syntax_problem(*source, position_in(source->text, byte),
                           fmt::format("control character 0x{:02X}; a pipeline file is UTF-8 text", static_cast<unsigned char>(*byte))));
        return std::nullopt;
    }
    try {
        std::istringstream stream(source->text);
        YAML::Parser parser(stream);
        TreeBuilder builder(source, problems);
        // Before a stray comma or bracket the parser finds documents without end and never moves on, so the second is the last.
        while (!builder.second_document() && parser.HandleNextDocument(builder)) {}
        if (const std::optional<TextPosition> second = builder.second_document()) {
            if (!line_of(source->text, second->line).starts_with("---")) {
                problems.add(syntax_problem(*source, *second, "no YAML: what begins here cannot stand here"));
                return std::nullopt;
            }
            problems.add({.file = source->label,
                          .position = *second,
                          .message = "a second document begins here; a pipeline file holds one",
                          .code = std::string(problem_code::refused_yaml)});
        }
        ConfigNode root = builder.take_root();
        if (!root.source) root = {.position = {1, 1}, .source = source};
        if (source->origin != SettingOrigin::file) forget_positions(root);
        return root;
    } catch (const YAML::Exception& error) {
        const TextPosition position = position_of(error.mark);
        const bool tab = tab_indents(line_of(source->text, position.line));
        problems.add(syntax_problem(*source, position,
                                    tab ? "a tab indents this line; YAML wants blanks" : fmt::format("no YAML: {}", error.msg)));
        return std::nullopt;
    }
}

}  // namespace weft
