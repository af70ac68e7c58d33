#include "weft/stages/filter_expression.hpp"

#include <cassert>
#include <numeric>
#include <utility>

namespace weft {

FilterExpression::FilterExpression(FilterNode tree) : tree_(std::move(tree)) {}

std::span<const FilterNode> FilterExpression::terms() const {
    return tree_.kind == FilterNode::Kind::all ? std::span<const FilterNode>(tree_.parts) : std::span<const FilterNode>(&tree_, 1);
}

std::optional<std::size_t> FilterExpression::rejecting_term(const FilterFields& record) const {
    const std::span<const FilterNode> all = terms();
    for (std::size_t i = 0; i < all.size(); ++i)
        if (!holds(all[i], record)) return i;
    return std::nullopt;
}

void FilterCounts::add(std::optional<std::size_t> rejecting_term) {
    assert(!rejecting_term || *rejecting_term < rejected.size());
    ++(rejecting_term ? rejected[*rejecting_term] : passed);
}

std::uint64_t FilterCounts::records() const { return std::accumulate(rejected.begin(), rejected.end(), passed); }

FilterCounts& FilterCounts::operator+=(const FilterCounts& other) {
    assert(rejected.size() == other.rejected.size());
    passed += other.passed;
    for (std::size_t i = 0; i < rejected.size(); ++i) rejected[i] += other.rejected[i];
    return *this;
}

}  // namespace weft
