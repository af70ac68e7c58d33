// From a stream of records to rows of features, whatever the order of the file.
//
// Where the records of a query are neighbours, a row is done when the next query begins, and nothing is kept. In a file sorted by place
// they lie anywhere, so every row stays open until the end: some hundred bytes per feature, never letters or CIGARs.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "weft/report/feature_row.hpp"

namespace weft {

enum class Grouping : std::uint8_t {
    neighbours,   // records of one query stand one behind the other
    by_name,      // they stand anywhere
};

/// How the records of a file stand.
struct RecordOrder {
    Grouping grouping = Grouping::neighbours;
    bool roles_marked = true;   // false for PAF, where a primary record is one that no record of its query stands in front of
};

/// As far as the kind of the file and its header tell.
RecordOrder order_of(const AlignmentReader& reader);

using TakeRow = std::function<void(const FeatureRow&)>;

/// Turns records into rows; both ways give the rows in the order in which the features appear first. Not thread-safe.
/// Two primary records of one name are two features, where roles are marked. By name, the other records of that name then belong to the
/// first of them. Where roles are not marked, a name is one feature.
class FeatureRows {
public:
    FeatureRows(const RecordOrder& order, const ClassThresholds& thresholds, TakeRow take);

    /// Takes the next record of the file and returns the rank of its feature, from 0 in the order of the rows. Nothing when grouping by
    /// neighbours turns out wrong: records of this query came already, with other queries in between. The rows are then worth nothing,
    /// and the file has to be read again, by name.
    [[nodiscard]] std::optional<std::int64_t> add(const AlignmentRecord& record);

    /// Gives the rows that are still open. To be called once, after the last record.
    void finish();

private:
    struct OpenRow {
        std::string name{};
        FeatureRowBuilder builder{};
    };

    std::optional<std::int64_t> add_neighbour(const AlignmentRecord& record);
    void close_neighbours();
    std::int64_t add_by_name(const AlignmentRecord& record);
    void give(const OpenRow& open);

    RecordOrder order_;
    ClassThresholds thresholds_;
    TakeRow take_;
    std::int64_t given_ = 0;                                   // rows
    std::vector<OpenRow> open_{};                              // by neighbours: at most one
    std::unordered_map<std::uint64_t, bool> seen_{};           // by neighbours: hashes of earlier names; whether with a primary record
    std::unordered_map<std::string, std::size_t> by_name_{};   // by name: rank in open_ of the first of that name
};

}  // namespace weft
