// The help texts: CLI11's layout, with lines that fit a terminal and option names as they are typed.
#pragma once

#include <string>

#include <CLI/App.hpp>

namespace weft {

/// Sets the layout for `app` and the subcommands that are added to it afterwards.
void use_help_layout(CLI::App& app);

/// The help of the chosen subcommand, of `app` itself when none is chosen.
std::string help_text(const CLI::App& app);

}  // namespace weft
