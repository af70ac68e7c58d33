#include "weft/executor/dependency_order.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <queue>
#include <utility>

namespace weft {

/// A counting sort of the edges, from behind: where the list of a task begins is known once its last edge is placed.
Dependencies Dependencies::turned() const {
    Dependencies result;
    std::vector<std::uint32_t> begins(size() + 1, 0);
    for (const std::uint32_t other : others_) ++begins[other];
    std::partial_sum(begins.begin(), begins.end(), begins.begin());
    result.others_.resize(others_.size());
    for (auto task = static_cast<std::uint32_t>(size()); task-- > 0;)
        for (const std::uint32_t other : (*this)[task]) result.others_[--begins[other]] = task;
    begins.erase(begins.begin());   // each begins where the one before it ends
    result.ends_ = std::move(begins);
    return result;
}

std::vector<std::uint32_t> dependency_order(const Dependencies& dependencies) {
    std::vector<std::uint32_t> order;
    order.reserve(dependencies.size());
    // Most graphs are added in such an order.
    const auto comes_after_all = [&](std::uint32_t task) {
        return std::all_of(dependencies[task].begin(), dependencies[task].end(), [&](std::uint32_t other) { return other < task; });
    };
    while (order.size() < dependencies.size() && comes_after_all(static_cast<std::uint32_t>(order.size())))
        order.push_back(static_cast<std::uint32_t>(order.size()));
    if (order.size() == dependencies.size()) return order;
    order.clear();

    const Dependencies dependents = dependencies.turned();
    std::vector<std::size_t> waiting_for(dependencies.size());
    std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>> ready;
    for (std::uint32_t i = 0; i < dependencies.size(); ++i) {
        waiting_for[i] = dependencies[i].size();
        if (waiting_for[i] == 0) ready.push(i);
    }
    while (!ready.empty()) {
        order.push_back(ready.top());
        ready.pop();
        for (const std::uint32_t dependent : dependents[order.back()])
            if (--waiting_for[dependent] == 0) ready.push(dependent);
    }
    return order;
}

std::vector<std::uint32_t> find_cycle(const Dependencies& dependencies) {
    std::vector<bool> ordered(dependencies.size(), false);
    for (const std::uint32_t task : dependency_order(dependencies)) ordered[task] = true;
    const auto first = std::find(ordered.begin(), ordered.end(), false);
    if (first == ordered.end()) return {};

    // What has no place in the order waits for something else without a place: following that must come back.
    std::vector<std::uint32_t> walk;
    std::vector<bool> seen(dependencies.size(), false);
    auto task = static_cast<std::uint32_t>(first - ordered.begin());
    while (!seen[task]) {
        seen[task] = true;
        walk.push_back(task);
        task = *std::find_if(dependencies[task].begin(), dependencies[task].end(), [&](std::uint32_t other) { return !ordered[other]; });
    }
    walk.erase(walk.begin(), std::find(walk.begin(), walk.end(), task));
    std::rotate(walk.begin(), std::min_element(walk.begin(), walk.end()), walk.end());
    return walk;
}

std::vector<double> remaining_path(const Dependencies& dependencies, std::span<const std::uint32_t> order, std::span<const double> costs) {
    std::vector<double> behind(dependencies.size(), 0);   // the longest path of what waits for a task
    for (std::size_t i = order.size(); i-- > 0;)
        for (const std::uint32_t other : dependencies[order[i]]) behind[other] = std::max(behind[other], behind[order[i]] + costs[order[i]]);
    for (std::size_t i = 0; i < behind.size(); ++i) behind[i] += costs[i];
    return behind;
}

std::vector<std::uint32_t> critical_path(const Dependencies& dependencies, std::span<const std::uint32_t> order, std::span<const double> costs) {
    if (order.empty()) return {};
    const std::vector<double> remaining = remaining_path(dependencies, order, costs);
    const Dependencies dependents = dependencies.turned();
    const auto longest = [&](std::span<const std::uint32_t> among) {   // ties to the task that was added first
        return *std::max_element(among.begin(), among.end(), [&](std::uint32_t a, std::uint32_t b) {
            return remaining[a] < remaining[b] || (remaining[a] == remaining[b] && a > b);
        });
    };
    std::vector<std::uint32_t> path{longest(order)};
    while (!dependents[path.back()].empty()) path.push_back(longest(dependents[path.back()]));
    return path;
}

}  // namespace weft
