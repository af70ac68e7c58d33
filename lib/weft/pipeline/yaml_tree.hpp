// Reads YAML into a ConfigNode. The only file that knows the YAML library.
//
// A part of YAML is refused on purpose: anchors, aliases and merge keys (shared values stand in `vars:`, so every value has one
// place and no file can multiply itself), several documents, and control characters.
#pragma once

#include <memory>
#include <optional>

#include "weft/pipeline/config_node.hpp"
#include "weft/pipeline/problem.hpp"

namespace weft {

/// The tree of the source's text. Nothing, and a problem, when it is no YAML at all; an empty text is a node of the form `nothing`.
std::optional<ConfigNode> parse_yaml(const std::shared_ptr<const ConfigSource>& source, ProblemList& problems);

}  // namespace weft
