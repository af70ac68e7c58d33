#include "weft/report/dot_plot.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "weft/report/record_counts.hpp"

namespace weft {
namespace {

constexpr std::uint32_t longest_gap = 1'000;   // bases inside one segment

// Calls take(query, reference) for each stretch between long gaps; the query's positions count along the reference from 0.
template <class Take>
void for_each_stretch(const AlignmentRecord& record, Take&& take) {
    QueryInterval query{0, 0};
    ReferenceInterval reference{record.reference.begin, record.reference.begin};
    for (const CigarElement& element : record.cigar) {
        const std::int64_t on_query = consumes_query(element.op) ? element.length : 0;
        const std::int64_t on_reference = consumes_reference(element.op) ? element.length : 0;
        const bool gap = on_query == 0 || on_reference == 0;
        if (gap && element.length > longest_gap) {
            take(query, reference);
            query.begin = query.end + on_query;
            reference.begin = reference.end + on_reference;
            query.end = query.begin;
            reference.end = reference.begin;
        } else {
            query.end += on_query;
            reference.end += on_reference;
        }
    }
    take(query, reference);
}

}  // namespace

bool DotPlot::Kept::operator<(const Kept& other) const {
    return std::tuple(-segment.query.length(), number) < std::tuple(-other.segment.query.length(), other.number);
}

void DotPlot::add(std::int64_t feature, std::size_t contig, const AlignmentRecord& record) {
    const std::optional<double> identity = identity_of(counts_of(record));
    if (record.cigar.empty())
        return keep({feature, contig, record.query, record.reference, record.strand, identity}, record.name, record.query_length);
    for_each_stretch(record, [&](QueryInterval stretch, ReferenceInterval reference) {
        if (stretch.empty() || reference.empty()) return;
        const bool forward = record.strand == Strand::forward;
        const QueryInterval query = forward ? QueryInterval{record.query.begin + stretch.begin, record.query.begin + stretch.end}
                                            : QueryInterval{record.query.end - stretch.end, record.query.end - stretch.begin};
        keep({feature, contig, query, reference, record.strand, identity}, record.name, record.query_length);
    });
}

void DotPlot::keep(DotPlotSegment segment, const std::string& name, std::int64_t length) {
    const std::int64_t number = total_++;
    if (kept_.size() == most_ && (most_ == 0 || segment.query.length() <= kept_.front().segment.query.length())) return;
    if (kept_.size() == most_) {
        std::pop_heap(kept_.begin(), kept_.end());
        const auto dropped = queries_.find(kept_.back().segment.feature);
        kept_.pop_back();
        if (--dropped->second.segments == 0) queries_.erase(dropped);
    }
    DotPlotQuery& query = queries_[segment.feature];
    if (query.name.empty()) query.name = name;
    query.length = std::max(query.length, length);
    ++query.segments;
    kept_.push_back({std::move(segment), number});
    std::push_heap(kept_.begin(), kept_.end());
}

void DotPlot::merge(const DotPlot& other) {
    std::vector<Kept> more = other.kept_;
    std::sort(more.begin(), more.end(), [](const Kept& a, const Kept& b) { return a.number < b.number; });
    for (Kept& kept : more) {
        const DotPlotQuery& query = other.queries_.at(kept.segment.feature);
        keep(std::move(kept.segment), query.name, query.length);
    }
    total_ += other.total_ - static_cast<std::int64_t>(more.size());
}

std::vector<DotPlotSegment> DotPlot::segments() const {
    std::vector<Kept> kept = kept_;
    std::sort(kept.begin(), kept.end(),
              [](const Kept& a, const Kept& b) { return std::tie(a.segment.feature, a.number) < std::tie(b.segment.feature, b.number); });
    std::vector<DotPlotSegment> segments;
    for (Kept& one : kept) segments.push_back(std::move(one.segment));
    return segments;
}

}  // namespace weft
