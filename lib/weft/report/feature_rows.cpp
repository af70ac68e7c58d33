#include "weft/report/feature_rows.hpp"

#include <utility>

namespace weft {
namespace {

std::uint64_t hash_of(const std::string& name) { return std::hash<std::string>{}(name); }

}  // namespace

RecordOrder order_of(const AlignmentReader& reader) {
    return {reader.sorted_by_place() ? Grouping::by_name : Grouping::neighbours, reader.roles_marked()};
}

FeatureRows::FeatureRows(const RecordOrder& order, const ClassThresholds& thresholds, TakeRow take)
    : order_(order), thresholds_(thresholds), take_(std::move(take)) {}

std::optional<std::int64_t> FeatureRows::add(const AlignmentRecord& record) {
    if (order_.grouping == Grouping::neighbours) return add_neighbour(record);
    return add_by_name(record);
}

std::optional<std::int64_t> FeatureRows::add_neighbour(const AlignmentRecord& record) {
    const bool primary = record.role == Role::primary;
    if (open_.empty() || record.name != open_.front().name || (primary && open_.front().builder.has_primary())) {
        if (!open_.empty()) close_neighbours();
        // A name that comes back is a second feature if both bring their own primary record, and else a part of the first.
        const auto earlier = seen_.find(hash_of(record.name));
        if (earlier != seen_.end() && !(primary && order_.roles_marked && earlier->second)) return std::nullopt;
        open_.assign(1, {record.name, {}});
    }
    open_.front().builder.add(record);
    return given_;
}

void FeatureRows::close_neighbours() {
    const OpenRow& open = open_.front();
    seen_[hash_of(open.name)] = open.builder.has_primary();
    give(open);
}

std::int64_t FeatureRows::add_by_name(const AlignmentRecord& record) {
    const auto [entry, is_new] = by_name_.try_emplace(record.name, open_.size());
    const bool second = order_.roles_marked && !is_new && record.role == Role::primary && open_[entry->second].builder.has_primary();
    if (is_new || second) open_.push_back({record.name, {}});
    const std::size_t rank = second ? open_.size() - 1 : entry->second;
    open_[rank].builder.add(record);
    return static_cast<std::int64_t>(rank);
}

void FeatureRows::finish() {
    for (const OpenRow& open : open_) give(open);
    open_.clear();
    by_name_.clear();
}

void FeatureRows::give(const OpenRow& open) {
    FeatureRow row = open.builder.row(thresholds_);
    row.name = open.name;
    take_(row);
    ++given_;
}

}  // namespace weft
