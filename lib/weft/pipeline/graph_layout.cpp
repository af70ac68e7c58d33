#include "weft/pipeline/graph_layout.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "weft/pipeline/stage_order.hpp"

namespace weft {
namespace {

constexpr int order_sweeps = 24;
constexpr int place_sweeps = 60;
constexpr double steepest = 8;          // how far an edge may go across for each pixel that the gap between its layers gets wider
constexpr double widest_extra_gap = 90;

/// A box, or the point in which an edge passes a layer.
struct Item {
    std::size_t layer = 0;
    double across = 0;                      // size
    bool is_box = true;
    std::vector<std::size_t> before{};      // neighbours in the layers beside its own
    std::vector<std::size_t> after{};
    double place = 0;
};

/// A position for each with gaps between neighbours of at least `gaps`, as near to what each wants as that allows (weighted least
/// squares: Barlow et al. 1972, pool adjacent violators).
std::vector<double> spread(const std::vector<double>& wanted, const std::vector<double>& weights, const std::vector<double>& gaps) {
    struct Pool {
        double mean, weight;
        std::size_t count;
    };
    std::vector<Pool> pools;
    std::vector<double> offsets(wanted.size());
    for (std::size_t i = 1; i < wanted.size(); ++i) offsets[i] = offsets[i - 1] + gaps[i - 1];
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        pools.push_back({wanted[i] - offsets[i], weights[i], 1});
        while (pools.size() > 1 && pools[pools.size() - 2].mean > pools.back().mean) {
            const Pool last = pools.back();
            pools.pop_back();
            Pool& pool = pools.back();
            pool.mean = (pool.mean * pool.weight + last.mean * last.weight) / (pool.weight + last.weight);
            pool.weight += last.weight;
            pool.count += last.count;
        }
    }
    std::vector<double> places;
    for (const Pool& pool : pools)
        for (std::size_t i = 0; i < pool.count; ++i) places.push_back(pool.mean + offsets[places.size()]);
    return places;
}

class Layouter {
public:
    Layouter(const std::vector<std::vector<std::size_t>>& needs, const std::vector<BoxSize>& sizes, const LayoutOptions& options)
        : needs_(needs), sizes_(sizes), options_(options), items_(sizes.size()) {}

    GraphLayout layout() {
        choose_layers();
        add_edges();
        order_layers();
        place_across();
        return result();
    }

private:
    using Order = std::vector<std::vector<std::size_t>>;   // items of each layer

    /// Behind the last of what it needs; what needs nothing goes right before the first that needs it.
    void choose_layers() {
        const std::vector<std::size_t> order = topological_order(needs_);
        std::vector<std::size_t> first_consumer(items_.size(), std::numeric_limits<std::size_t>::max());
        for (const std::size_t i : order)
            for (const std::size_t needed : needs_[i]) items_[i].layer = std::max(items_[i].layer, items_[needed].layer + 1);
        for (const std::size_t i : order)
            for (const std::size_t needed : needs_[i]) first_consumer[needed] = std::min(first_consumer[needed], items_[i].layer);
        std::size_t layers = 0;
        for (const std::size_t i : order) {
            items_[i].across = sizes_[i].across;
            if (needs_[i].empty() && first_consumer[i] != std::numeric_limits<std::size_t>::max()) items_[i].layer = first_consumer[i] - 1;
            layers = std::max(layers, items_[i].layer + 1);
        }
        order_.resize(layers);
        for (const std::size_t i : order) order_[items_[i].layer].push_back(i);
    }

    void add_edges() {
        for (std::size_t to = 0; to < needs_.size(); ++to)
            for (const std::size_t from : needs_[to]) {
                Path path{from, to, {}};
                std::size_t last = from;
                for (std::size_t layer = items_[from].layer + 1; layer < items_[to].layer; ++layer) {
                    const std::size_t point = items_.size();
                    items_.push_back({.layer = layer, .is_box = false, .before = {last}});
                    items_[last].after.push_back(point);
                    order_[layer].push_back(point);
                    path.points.push_back(point);
                    last = point;
                }
                items_[last].after.push_back(to);
                items_[to].before.push_back(last);
                paths_.push_back(std::move(path));
            }
    }

    std::vector<std::size_t> positions(const Order& order) const {
        std::vector<std::size_t> position(items_.size());
        for (const auto& layer : order)
            for (std::size_t i = 0; i < layer.size(); ++i) position[layer[i]] = i;
        return position;
    }

    /// Crossings of the edges between neighbouring layers: inversions, counted pair by pair of edges.
    std::size_t crossings(const Order& order) const {
        const std::vector<std::size_t> position = positions(order);
        std::size_t count = 0;
        for (const auto& layer : order) {
            std::vector<std::size_t> ends;   // in the next layer, by begin
            for (const std::size_t item : layer) {
                std::vector<std::size_t> own;
                for (const std::size_t next : items_[item].after) own.push_back(position[next]);
                std::sort(own.begin(), own.end());
                for (const std::size_t end : own)
                    count +=
                        static_cast<std::size_t>(std::count_if(ends.begin(), ends.end(), [&](std::size_t other) { return other > end; }));
                ends.insert(ends.end(), own.begin(), own.end());
            }
        }
        return count;
    }

    /// Sweeps forth and back, each layer sorted by the mean position of its neighbours in the layer before; the best order seen stays.
    void order_layers() {
        Order best = order_;
        std::size_t least = crossings(best);
        for (int sweep = 0; sweep < order_sweeps && least > 0; ++sweep) {
            const bool forth = sweep % 2 == 0;
            std::vector<std::size_t> position = positions(order_);
            for (std::size_t step = 1; step < order_.size(); ++step) {
                auto& layer = order_[forth ? step : order_.size() - 1 - step];
                std::vector<std::pair<double, std::size_t>> keyed;
                for (const std::size_t item : layer) {
                    const auto& neighbours = forth ? items_[item].before : items_[item].after;
                    double sum = 0;
                    for (const std::size_t other : neighbours) sum += static_cast<double>(position[other]);
                    keyed.emplace_back(
                        neighbours.empty() ? static_cast<double>(position[item]) : sum / static_cast<double>(neighbours.size()), item);
                }
                // Equal ones keep their order, every other time round the other way, so that the search does not stick.
                if (sweep % 4 >= 2) std::reverse(keyed.begin(), keyed.end());
                std::stable_sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
                for (std::size_t i = 0; i < layer.size(); ++i) position[layer[i] = keyed[i].second] = i;
            }
            exchange_neighbours();
            if (const std::size_t now = crossings(order_); now < least) {
                least = now;
                best = order_;
            }
        }
        order_ = std::move(best);
    }

    /// Pairs of neighbours change places where that leaves fewer crossings.
    void exchange_neighbours() {
        std::vector<std::size_t> position = positions(order_);
        const auto crossed = [&](const std::vector<std::size_t>& left, const std::vector<std::size_t>& right) {
            std::size_t count = 0;
            for (const std::size_t a : left)
                for (const std::size_t b : right) count += position[a] > position[b] ? 1 : 0;
            return count;
        };
        for (auto& layer : order_)
            for (std::size_t i = 1; i < layer.size(); ++i) {
                const Item& left = items_[layer[i - 1]];
                const Item& right = items_[layer[i]];
                const std::size_t now = crossed(left.before, right.before) + crossed(left.after, right.after);
                if (crossed(right.before, left.before) + crossed(right.after, left.after) >= now) continue;
                std::swap(layer[i - 1], layer[i]);
                std::swap(position[layer[i - 1]], position[layer[i]]);
            }
    }

    double gap(std::size_t a, std::size_t b) const {
        const bool boxes = items_[a].is_box && items_[b].is_box;
        return (items_[a].across + items_[b].across) / 2 + (boxes ? options_.between_boxes : options_.between_edges);
    }

    /// Sweeps forth and back, each item drawn to the middle of its neighbours; edges that pass layers pull most, to be straight.
    void place_across() {
        for (const auto& layer : order_) {
            double place = 0;
            for (std::size_t i = 0; i < layer.size(); ++i) items_[layer[i]].place = i == 0 ? 0 : (place += gap(layer[i - 1], layer[i]));
            for (const std::size_t item : layer) items_[item].place -= place / 2;
        }
        for (int sweep = 0; sweep < place_sweeps; ++sweep) {
            const bool forth = sweep % 2 == 0, last = sweep + 2 >= place_sweeps;
            for (std::size_t step = 0; step < order_.size(); ++step) {
                const auto& layer = order_[forth ? step : order_.size() - 1 - step];
                std::vector<double> wanted, weights, gaps;
                for (std::size_t i = 0; i < layer.size(); ++i) {
                    const Item& item = items_[layer[i]];
                    const auto [mean, count] = middle_of(item, last || forth, last || !forth);
                    wanted.push_back(count == 0 ? item.place : mean);
                    weights.push_back(count == 0 ? 0.1 : item.is_box ? 1 : 8);
                    if (i > 0) gaps.push_back(gap(layer[i - 1], layer[i]));
                }
                const std::vector<double> places = spread(wanted, weights, gaps);
                for (std::size_t i = 0; i < layer.size(); ++i) items_[layer[i]].place = places[i];
            }
        }
    }

    std::pair<double, std::size_t> middle_of(const Item& item, bool before, bool after) const {
        double sum = 0;
        std::size_t count = 0;
        const auto add = [&](const std::vector<std::size_t>& neighbours) {
            for (const std::size_t other : neighbours) sum += items_[other].place;
            count += neighbours.size();
        };
        if (before) add(item.before);
        if (after) add(item.after);
        return {count == 0 ? 0 : sum / static_cast<double>(count), count};
    }

    GraphLayout result() const {
        GraphLayout layout;
        double least = std::numeric_limits<double>::max(), most = std::numeric_limits<double>::lowest();
        for (const auto& layer : order_) {
            double depth = 0, across = 0;
            for (const std::size_t item : layer) {
                if (items_[item].is_box) depth = std::max(depth, sizes_[item].along);
                for (const std::size_t other : items_[item].before)
                    across = std::max(across, std::abs(items_[other].place - items_[item].place));
                least = std::min(least, items_[item].place - items_[item].across / 2);
                most = std::max(most, items_[item].place + items_[item].across / 2);
            }
            if (!layout.layers.empty()) layout.along += options_.between_layers + std::min(widest_extra_gap, across / steepest);
            layout.layers.push_back({layout.along, layout.along + depth});
            layout.along += depth;
        }
        layout.across = order_.empty() ? 0 : most - least;
        const auto place = [&](std::size_t item) {
            const LayoutLayer& layer = layout.layers[items_[item].layer];
            return LayoutPlace{(layer.begin + layer.end) / 2, items_[item].place - least};
        };
        for (std::size_t i = 0; i < sizes_.size(); ++i) layout.boxes.push_back(order_.empty() ? LayoutPlace{} : place(i));
        for (const Path& path : paths_) {
            LayoutEdge edge{path.from, path.to, {}, {}};
            for (const std::size_t point : path.points) {
                edge.layers.push_back(items_[point].layer);
                edge.points.push_back(place(point));
            }
            layout.edges.push_back(std::move(edge));
        }
        return layout;
    }

    struct Path {
        std::size_t from, to;
        std::vector<std::size_t> points;   // items
    };

    const std::vector<std::vector<std::size_t>>& needs_;
    const std::vector<BoxSize>& sizes_;
    const LayoutOptions& options_;
    std::vector<Item> items_;   // the boxes, then the points
    std::vector<Path> paths_{};
    Order order_{};
};

}  // namespace

GraphLayout layout_of(const std::vector<std::vector<std::size_t>>& needs, const std::vector<BoxSize>& sizes, const LayoutOptions& options) {
    return Layouter(needs, sizes, options).layout();
}

}  // namespace weft
