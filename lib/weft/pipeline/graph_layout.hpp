// Where the boxes of a graph go: in layers along the direction of reading, with few crossings and straight edges.
//
// The method of Sugiyama, Tagawa and Toda (1981): layers by the longest path, points in place of edges where they pass a layer,
// order within layers by the barycentres of neighbours, then places that pull neighbours together without changing the order.
#pragma once

#include <cstddef>
#include <vector>

namespace weft {

/// A box by its sizes: along the direction in which edges run, and across.
struct BoxSize {
    double along = 0;
    double across = 0;
};

struct LayoutOptions {
    double between_layers = 56;
    double between_boxes = 18;
    double between_edges = 12;   // where edges pass a layer
};

/// Middle of a box or point.
struct LayoutPlace {
    double along = 0;
    double across = 0;
};

struct LayoutEdge {
    std::size_t from = 0;
    std::size_t to = 0;
    std::vector<std::size_t> layers{};       // that it passes between the two
    std::vector<LayoutPlace> points{};       // its place in each of them
};

/// Where the boxes of one layer begin and end along the edges.
struct LayoutLayer {
    double begin = 0;
    double end = 0;
};

struct GraphLayout {
    std::vector<LayoutPlace> boxes{};
    std::vector<LayoutEdge> edges{};
    std::vector<LayoutLayer> layers{};
    double along = 0;                        // of the whole
    double across = 0;
};

/// `needs` has no cycle: those on one are not placed. The same input gives the same layout. O(sweeps (boxes + crossings of layers)).
GraphLayout layout_of(const std::vector<std::vector<std::size_t>>& needs, const std::vector<BoxSize>& sizes,
                      const LayoutOptions& options = {});

}  // namespace weft
