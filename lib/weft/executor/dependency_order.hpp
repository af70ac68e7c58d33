// The shape of a graph of tasks: an order in which it can run, a cycle if there is none, and how much work hangs on each task.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <span>
#include <stdexcept>
#include <vector>

namespace weft {

/// Who waits for whom, as lists of indices: dependencies[i] are the tasks that task i waits for. All lists lie in one array, since
/// graphs may have a million tasks.
class Dependencies {
public:
    Dependencies() = default;
    Dependencies(std::initializer_list<std::initializer_list<std::uint32_t>> lists) {
        for (const auto& list : lists) add(list);
    }

    /// The list of the next task.
    void add(std::span<const std::uint32_t> list) {
        if (others_.size() + list.size() > std::numeric_limits<std::uint32_t>::max())
            throw std::length_error("a graph has 4 billion dependencies at most");
        others_.insert(others_.end(), list.begin(), list.end());
        ends_.push_back(static_cast<std::uint32_t>(others_.size()));
    }
    void add(std::initializer_list<std::uint32_t> list) { add(std::span(list.begin(), list.size())); }

    void reserve(std::size_t lists) { ends_.reserve(lists); }
    std::size_t size() const { return ends_.size(); }
    std::span<const std::uint32_t> operator[](std::size_t task) const {
        const std::size_t begin = task == 0 ? 0 : ends_[task - 1];
        return {others_.data() + begin, ends_[task] - begin};
    }

    /// The same graph from the other side: who waits for each task, in the order in which they were added.
    Dependencies turned() const;

private:
    std::vector<std::uint32_t> others_{};
    std::vector<std::uint32_t> ends_{};   // of each list, in others_
};

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
