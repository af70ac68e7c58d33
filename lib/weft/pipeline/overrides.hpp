// What the environment and the command line put over the values of a file.
//
// They are put into the tree before anything is read, so that a value from the command line is looked at like any other and its
// messages name the option instead of a line.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "weft/pipeline/config_node.hpp"
#include "weft/pipeline/problem.hpp"

namespace weft {

struct ConfigOverrides {
    std::map<std::string, std::string> environment{};   // all of it: only names that begin with WEFT_ count
    std::vector<std::string> settings{};                // "align.cpu=2", "vars.target=x.fa", "threads=4": of `--set`, in their order
};

/// An environment variable that some part of weft reads.
struct KnownVariable {
    std::string_view name{};
    std::string_view key{};       // of the file, which it sets; empty: read elsewhere
    std::string_view meaning{};
    bool read = true;             // false: it has a meaning in later versions alone
};
std::span<const KnownVariable> known_variables();

/// Puts the environment, then the settings, into a pipeline's tree. `key=[a, b]` and `key={ a: b }` are read as YAML, any other value
/// is a text. A variable WEFT_* that nobody knows gets a warning.
void apply_overrides(ConfigNode& root, const ConfigOverrides& overrides, ProblemList& problems);

}  // namespace weft
