// The shapes of graphs on which executors are compared, as lists of dependencies on earlier tasks.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

namespace weft::bench {

using Shape = std::vector<std::vector<std::uint32_t>>;

/// Each waits for the one before.
inline Shape linear_chain(std::uint32_t tasks) {
    Shape shape(tasks);
    for (std::uint32_t i = 1; i < tasks; ++i) shape[i] = {i - 1};
    return shape;
}

/// Each but the root waits for its parent.
inline Shape binary_tree(std::uint32_t tasks) {
    Shape shape(tasks);
    for (std::uint32_t i = 1; i < tasks; ++i) shape[i] = {(i - 1) / 2};
    return shape;
}

/// A square in which each waits for its upper and its left neighbour.
inline Shape wavefront(std::uint32_t tasks) {
    const auto side = static_cast<std::uint32_t>(std::sqrt(tasks));
    Shape shape(side * side);
    for (std::uint32_t i = 0; i < side * side; ++i) {
        if (i % side > 0) shape[i].push_back(i - 1);
        if (i >= side) shape[i].push_back(i - side);
    }
    return shape;
}

/// Each waits for up to four random ones among the 1,000 before it.
inline Shape traversal(std::uint32_t tasks) {
    std::mt19937 random(1);
    Shape shape(tasks);
    for (std::uint32_t i = 1; i < tasks; ++i)
        for (std::uint32_t edges = 1 + static_cast<std::uint32_t>(random() % 4); edges > 0; --edges)
            shape[i].push_back(i - 1 - static_cast<std::uint32_t>(random() % std::min(i, 1'000U)));
    return shape;
}

/// One, then all others, then one that waits for them.
inline Shape wide_fan_out(std::uint32_t tasks) {
    Shape shape(tasks);
    for (std::uint32_t i = 1; i + 1 < tasks; ++i) {
        shape[i] = {0};
        shape[tasks - 1].push_back(i);
    }
    return shape;
}

}  // namespace weft::bench
