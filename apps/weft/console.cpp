#include "console.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <fstream>
#include <new>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "help.hpp"
#include "signals.hpp"
#include "weft/model/error.hpp"

namespace weft {
namespace {

constexpr int closed_pipe_code = 128 + 13;   // as a shell reports a process that SIGPIPE ended

constexpr int exit_code(ExitCode code) { return static_cast<int>(code); }

/// Edits between two words, neighbours that changed places counted once (Damerau 1964); for suggestions only.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> edits(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i)
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                edits[i][j] = i + j;
                continue;
            }
            edits[i][j] = std::min({edits[i - 1][j] + 1, edits[i][j - 1] + 1, edits[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) edits[i][j] = std::min(edits[i][j], edits[i - 2][j - 2] + 1);
        }
    return edits[a.size()][b.size()];
}

/// The candidate that `word` was probably meant to be, or nothing when none is near.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
    std::string best;
    std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
    for (const std::string& candidate : candidates) {
        const std::size_t distance = edit_distance(word, candidate);
        if (distance < best_distance) {
            best_distance = distance;
            best = candidate;
        }
    }
    return best;
}

std::vector<std::string> long_option_names(const CLI::App& command) {
    std::vector<std::string> names;
    for (const CLI::Option* option : command.get_options())
        for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    return names;
}

std::vector<std::string> command_names(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) names.push_back(command->get_name());
    return names;
}

/// What CLI11 could not make sense of, told by its first left-over word; its own message when nothing is left over.
Complaint complaint_of(const CLI::ParseError& error, const CLI::App& app) {
    const std::vector<CLI::App*> chosen = app.get_subcommands();
    const CLI::App& command = chosen.empty() ? app : *chosen.front();
    const std::string where = chosen.empty() ? "" : command.get_name();
    const std::string help = chosen.empty() ? "see `weft --help`" : fmt::format("see `weft {} --help`", command.get_name());

    const std::vector<std::string> left_over = app.remaining(true);
    const auto option = std::find_if(left_over.begin(), left_over.end(), [](const std::string& word) { return word.starts_with('-'); });
    if (option != left_over.end()) {
        const std::string suggestion = option->starts_with("--") ? nearest(option->substr(0, option->find('=')), long_option_names(command)) : "";
        return {where, "unknown option " + *option, suggestion.empty() ? help : fmt::format("did you mean {}? {}", suggestion, help)};
    }
    if (!left_over.empty() && chosen.empty()) {
        const std::string suggestion = nearest(left_over.front(), command_names(app));
        return {"", "unknown command " + left_over.front(), suggestion.empty() ? help : fmt::format("did you mean {}? {}", suggestion, help)};
    }
    if (!left_over.empty()) return {where, "unexpected argument " + left_over.front(), help};
    return {where, error.what(), help};
}

/// Standard output may be a full disk: what is left in its buffer is written and checked here.
int flushed(int code) {
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return code;
    if (caught_signal() == 0) say("standard output: the text could not be written");
    return exit_code(ExitCode::failed);
}

int show(const std::string& text) {
    std::fputs(text.c_str(), stdout);
    return flushed(exit_code(ExitCode::done));
}

int run_chosen_command(CLI::App& app, int argc, char** argv) {
    try {
        app.parse(argc, argv);   // also runs the callback of the subcommand
        return flushed(exit_code(ExitCode::done));
    } catch (const CLI::CallForHelp&) {
        return show(help_text(app));
    } catch (const CLI::CallForVersion& version) {
        return show(std::string{version.what()} + "\n");
    } catch (const CLI::ParseError& error) {
        throw UsageError{complaint_of(error, app)};
    }
}

}  // namespace

void say(const std::string& message) {
    const std::string line = "weft: " + message + "\n";
    std::fwrite(line.data(), 1, line.size(), stderr);
}

std::string command_line() {
    constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+:,./@%^";
    std::ifstream arguments{"/proc/self/cmdline", std::ios::binary};
    std::string line;
    for (std::string word; std::getline(arguments, word, '\0');) {
        if (!line.empty()) line += ' ';
        if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) {
            line += word;
            continue;
        }
        line += '\'';
        for (const char letter : word) line += letter == '\'' ? std::string{"'\\''"} : std::string{letter};
        line += '\'';
    }
    return line;
}

bool is_terminal(int file_descriptor) { return ::isatty(file_descriptor) == 1; }

int run_command_line(CLI::App& app, int argc, char** argv) {
    app.require_subcommand(0, 1);
    int code = exit_code(ExitCode::failed);
    try {
        code = argc <= 1 ? show(help_text(app)) : run_chosen_command(app, argc, argv);
    } catch (const EndCommand& end) {
        code = flushed(exit_code(end.code));
    } catch (const ClosedPipe&) {
        code = closed_pipe_code;   // whoever reads has seen enough: no complaint
    } catch (const std::exception& error) {
        // After a signal every complaint is only a consequence of it.
        if (caught_signal() == 0) {
            if (dynamic_cast<const UsageError*>(&error) != nullptr) code = exit_code(ExitCode::usage);
            const bool no_memory = dynamic_cast<const std::bad_alloc*>(&error) != nullptr;
            say(no_memory ? "the memory is not sufficient; use fewer threads (-t)" : error.what());
        }
    }
    return caught_signal() == 0 ? code : end_by_signal();
}

}  // namespace weft
