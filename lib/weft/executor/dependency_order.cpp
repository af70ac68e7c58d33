#include "weft/executor/dependency_order.hpp"

#include <algorithm>
#include <functional>
#include <queue>

namespace weft {
namespace {

Dependencies dependents_of(const Dependencies& dependencies) {
    Dependencies dependents(dependencies.size());
    for (std::uint32_t i = 0; i < dependencies.size(); ++i)
        for (const std::uint32_t other : dependencies[i]) dependents[other].push_back(i);
    return dependents;
}

}  // namespace

std::vector<std::uint32_t> dependency_order(const Dependencies& dependencies) {
    const Dependencies dependents = dependents_of(dependencies);
    std::vector<std::size_t> waiting_for(dependencies.size());
    std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>> ready;
    for (std::uint32_t i = 0; i < dependencies.size(); ++i) {
        waiting_for[i] = dependencies[i].size();
        if (waiting_for[i] == 0) ready.push(i);
    }
    std::vector<std::uint32_t> order;
    order.reserve(dependencies.size());
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
    const Dependencies dependents = dependents_of(dependencies);
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
