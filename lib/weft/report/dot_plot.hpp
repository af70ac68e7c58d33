// The lines of a dot plot: where which stretch of a feature lies on the reference.
//
// A picture shows some ten thousand lines at most, and short ones would be points. So the longest are kept, whatever comes, and it is
// said how many there were.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "weft/model/coordinates.hpp"
#include "weft/record/alignment_reader.hpp"

namespace weft {

/// A stretch of an alignment without gaps above 1 kb.
struct DotPlotSegment {
    std::int64_t feature = 0;   // rank in the file
    std::size_t contig = 0;     // rank
    QueryInterval query{};
    ReferenceInterval reference{};
    Strand strand = Strand::forward;
    std::optional<double> identity{};   // of the whole alignment

    bool operator==(const DotPlotSegment&) const = default;
};

/// A feature that has a segment.
struct DotPlotQuery {
    std::string name{};
    std::int64_t length = 0;
    std::int64_t segments = 0;   // kept
};

/// The longest segments of all that were added. Where several are as long as the last one that has room, the first ones stay.
class DotPlot {
public:
    explicit DotPlot(std::size_t most) : most_(most) {}

    void add(std::int64_t feature, std::size_t contig, const AlignmentRecord& record);
    /// Takes up what comes behind in the file; the ranks of both must be of one count.
    void merge(const DotPlot& other);

    std::vector<DotPlotSegment> segments() const;   // those kept, in the order of features, then of records
    const std::map<std::int64_t, DotPlotQuery>& queries() const { return queries_; }   // by rank, those of the segments
    std::int64_t total() const { return total_; }   // segments, kept or not

private:
    struct Kept {
        DotPlotSegment segment;
        std::int64_t number;   // of all segments, from 0
        bool operator<(const Kept& other) const;   // what is dropped first is greatest
    };

    void keep(DotPlotSegment segment, const std::string& name, std::int64_t length);

    std::size_t most_;
    std::int64_t total_ = 0;
    std::vector<Kept> kept_{};                       // a heap
    std::map<std::int64_t, DotPlotQuery> queries_{};
};

}  // namespace weft
