#include "help.hpp"

#include <memory>
#include <sstream>
#include <string_view>

#include <CLI/Formatter.hpp>

namespace weft {
namespace {

constexpr std::size_t text_column = 28;
constexpr std::size_t line_width = 110;

class HelpLayout : public CLI::Formatter {
public:
    HelpLayout() {
        column_width(text_column);
        label("TEXT", "");
        label("OPTIONS", "options");
        label("SUBCOMMAND", "command ...");
    }

    /// "--cs{short}" says what a bare --cs means; it is typed --cs or --cs=long.
    std::string make_option_name(const CLI::Option* option, bool is_positional) const override {
        std::string name = CLI::Formatter::make_option_name(option, is_positional);
        for (std::size_t begin = name.find('{'); begin != std::string::npos; begin = name.find('{'))
            name.erase(begin, name.find('}', begin) - begin + 1);
        return name;
    }
};

/// Breaks a long line at words; what follows stands in the column of the explanations.
void append_wrapped(std::string& text, std::string_view line) {
    for (std::size_t indent = 0; indent + line.size() > line_width; indent = text_column) {
        const std::size_t space = line.rfind(' ', line_width - indent);
        if (space == std::string_view::npos || indent + space <= text_column) break;
        text.append(line.substr(0, space)).append("\n").append(text_column, ' ');
        line.remove_prefix(space + 1);
    }
    text.append(line).append("\n");
}

}  // namespace

void use_help_layout(CLI::App& app) { app.formatter(std::make_shared<HelpLayout>()); }

std::string help_text(const CLI::App& app) {
    std::istringstream lines{app.help()};
    std::string text;
    std::string before = "\n";
    for (std::string line; std::getline(lines, line); before = line)
        if (!line.empty() || !before.empty()) append_wrapped(text, line);
    return text;
}

}  // namespace weft
