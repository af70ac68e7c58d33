// The shape of a graph of tasks: an order in which it can run, a cycle if there is none, and how much work hangs on each task.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace weft {

/// Who waits for whom, as lists of indices: dependencies[i] are the tasks that task i waits for, each below the number of tasks.
using Dependencies = std::vector<std::vector<std::uint32_t>>;

/// Dependencies first; among the tasks that could come next, the one that was added first. Kahn 1962. O((tasks + edges) log tasks).
/// Shorter than the list of tasks when there is a cycle: those on it and behind it are missing.
std::vector<std::uint32_t> dependency_order(const Dependencies& dependencies);

/// One cycle, each task waiting for the next and the last for the first, starting at its lowest index; empty when there is none.
std::vector<std::uint32_t> find_cycle(const Dependencies& dependencies);

/// For each task the cost of the longest path from its start to the end of the graph: start the largest first (Graham 1969).
/// `order` as from dependency_order, complete; costs in any unit, not negative.
std::vector<double> remaining_path(const Dependencies& dependencies, std::span<const std::uint32_t> order, std::span<const double> costs);

/// The longest path itself, first task first: what the whole takes however many threads there are.
std::vector<std::uint32_t> critical_path(const Dependencies& dependencies, std::span<const std::uint32_t> order, std::span<const double> costs);

}  // namespace weft
