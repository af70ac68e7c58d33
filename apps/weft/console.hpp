// How weft talks to the shell: one line per error on standard error, and an exit code that scripts can rely on.
#pragma once

#include <string>

#include <CLI/App.hpp>

namespace weft {

/// Exit codes: 0 all done, 1 failed, 2 wrong usage or configuration, 3 done in part (what failed is listed).
/// A run that a signal ended exits with 128 + the signal's number.
enum class ExitCode : int { done = 0, failed = 1, usage = 2, partial = 3 };

/// Thrown by a command that ends with an exit code of its own after it has said why.
struct EndCommand {
    ExitCode code = ExitCode::done;
};

/// Parses the arguments, runs the chosen subcommand, and turns whatever it throws into one line on standard error and the
/// exit code. Without arguments the help is shown.
int run_command_line(CLI::App& app, int argc, char** argv);

/// The arguments of this process as one line that a shell would read the same way, for @PG records.
std::string command_line();

/// Prints "weft: MESSAGE" and a line end on standard error, in one write.
void say(const std::string& message);

/// Whether a file descriptor is a terminal.
bool is_terminal(int file_descriptor);

}  // namespace weft
