#include "weft/pipeline/graph_layout.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>

using namespace weft;

namespace {

using Needs = std::vector<std::vector<std::size_t>>;

std::vector<BoxSize> sizes_for(const Needs& needs) {
    std::vector<BoxSize> sizes;
    for (std::size_t i = 0; i < needs.size(); ++i)
        sizes.push_back({80 + 10 * static_cast<double>(i % 3), 30 + 5 * static_cast<double>(i % 2)});
    return sizes;
}

Needs random_graph(std::mt19937& random, std::size_t size) {
    Needs needs(size);
    for (std::size_t i = 1; i < size; ++i)
        for (std::size_t count = random() % 4; count > 0; --count) {
            const std::size_t needed = random() % i;
            if (std::find(needs[i].begin(), needs[i].end(), needed) == needs[i].end()) needs[i].push_back(needed);
        }
    return needs;
}

/// Crossings of straight lines between the places that edges visit: two pieces of the same gap in different orders at its sides.
int crossings(const GraphLayout& layout) {
    struct Piece {
        double from_along, from, to_along, to;
    };
    std::vector<Piece> pieces;
    for (const LayoutEdge& edge : layout.edges) {
        LayoutPlace last = layout.boxes[edge.from];
        std::vector<LayoutPlace> places = edge.points;
        places.push_back(layout.boxes[edge.to]);
        for (const LayoutPlace& place : places) {
            pieces.push_back({last.along, last.across, place.along, place.across});
            last = place;
        }
    }
    int count = 0;
    for (std::size_t i = 0; i < pieces.size(); ++i)
        for (std::size_t j = i + 1; j < pieces.size(); ++j) {
            if (pieces[i].from_along != pieces[j].from_along) continue;
            count += (pieces[i].from - pieces[j].from) * (pieces[i].to - pieces[j].to) < 0 ? 1 : 0;
        }
    return count;
}

}  // namespace

TEST_CASE("edges run forward, boxes do not touch, and all lies within the size that is told", "[pipeline]") {
    std::mt19937 random(11);
    for (int round = 0; round < 100; ++round) {
        const Needs needs = random_graph(random, 1 + random() % 40);
        const std::vector<BoxSize> sizes = sizes_for(needs);
        const GraphLayout layout = layout_of(needs, sizes);
        REQUIRE(layout.boxes.size() == needs.size());
        std::size_t edges = 0;
        for (std::size_t i = 0; i < needs.size(); ++i) {
            const LayoutPlace& box = layout.boxes[i];
            REQUIRE(box.along - sizes[i].along / 2 >= -1e-6);
            REQUIRE(box.along + sizes[i].along / 2 <= layout.along + 1e-6);
            REQUIRE(box.across - sizes[i].across / 2 >= -1e-6);
            REQUIRE(box.across + sizes[i].across / 2 <= layout.across + 1e-6);
            for (const std::size_t needed : needs[i])
                REQUIRE(layout.boxes[needed].along + sizes[needed].along / 2 < box.along - sizes[i].along / 2);
            for (std::size_t j = 0; j < i; ++j) {
                const bool apart = std::abs(layout.boxes[j].along - box.along) >= (sizes[i].along + sizes[j].along) / 2 ||
                                   std::abs(layout.boxes[j].across - box.across) >= (sizes[i].across + sizes[j].across) / 2;
                REQUIRE(apart);
            }
            edges += needs[i].size();
        }
        REQUIRE(layout.edges.size() == edges);
        for (const LayoutEdge& edge : layout.edges) {
            REQUIRE(edge.points.size() == edge.layers.size());
            double last = layout.boxes[edge.from].along;
            for (const LayoutPlace& point : edge.points) {
                REQUIRE(point.along > last);
                last = point.along;
                // An edge passes no box of the layer.
                for (std::size_t i = 0; i < needs.size(); ++i)
                    if (std::abs(layout.boxes[i].along - point.along) < 1e-9)
                        REQUIRE(std::abs(layout.boxes[i].across - point.across) >= sizes[i].across / 2);
            }
            REQUIRE(layout.boxes[edge.to].along > last);
        }
    }
}

TEST_CASE("graphs that can be drawn without crossings are", "[pipeline]") {
    const Needs graphs[] = {
        {{}, {0}, {1}, {2}},                                            // a chain
        {{}, {0}, {0}, {1, 2}},                                         // a diamond
        {{}, {}, {}, {2}, {1}, {0}},                                    // three chains, turned round
        {{}, {0}, {0}, {0}, {3}, {2}, {1}, {4, 5, 6}},                  // fan out and in, turned round
        {{}, {0}, {1}, {2}, {3, 0}},                                    // an edge that passes three layers
        {{}, {0}, {0}, {1}, {1}, {2}, {2}, {6}, {5}, {4}, {3}},         // a tree
    };
    for (const Needs& needs : graphs) CHECK(crossings(layout_of(needs, sizes_for(needs))) == 0);
}

TEST_CASE("a chain is straight, and what is needed late stands late", "[pipeline]") {
    const GraphLayout chain = layout_of({{}, {0}, {1}, {2}}, std::vector<BoxSize>(4, BoxSize{80, 30}));
    for (const LayoutPlace& box : chain.boxes) CHECK(box.across == Approx(15));
    const GraphLayout layout = layout_of({{}, {0}, {1}, {}, {2, 3}}, std::vector<BoxSize>(5, BoxSize{80, 30}));
    CHECK(layout.boxes[3].along == layout.boxes[2].along);
    CHECK(layout.layers.size() == 4);
    CHECK(layout.edges.size() == 4);
}

TEST_CASE("the same graph has the same layout; an empty one has none", "[pipeline]") {
    std::mt19937 random(3);
    const Needs needs = random_graph(random, 60);
    const GraphLayout one = layout_of(needs, sizes_for(needs)), other = layout_of(needs, sizes_for(needs));
    for (std::size_t i = 0; i < needs.size(); ++i) REQUIRE(one.boxes[i].across == other.boxes[i].across);
    const GraphLayout none = layout_of({}, {});
    CHECK(none.boxes.empty());
    CHECK(none.across == 0);
}
