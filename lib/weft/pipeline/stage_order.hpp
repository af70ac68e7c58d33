// Order of stages that need each other: cycles, and an order in which all needs come first.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace weft {

/// For each stage the stages that it needs, by index.
using NeedsLists = std::vector<std::vector<std::size_t>>;

/// Each cycle that a search along the needs runs into, as the stages on it beginning with the lowest index; none when there is no cycle.
/// O(stages + needs).
std::vector<std::vector<std::size_t>> find_cycles(const NeedsLists& needs);

/// All stages, what is needed before what needs it, and of those that are free the lowest index first (Kahn 1962).
/// Stages on a cycle, and behind one, are left out. O((stages + needs) log stages).
std::vector<std::size_t> topological_order(const NeedsLists& needs);

}  // namespace weft
