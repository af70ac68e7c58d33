#include "weft/select/select_alignments.hpp"

#include <algorithm>
#include <span>
#include <tuple>

#include "weft/select/mapq.hpp"

namespace weft {
namespace {

auto place_of(const Alignment& a) { return std::tie(a.contig, a.reference, a.strand, a.query); }

/// Two chains can grow into the same alignment, or into two that share an end; the better one stays.
bool is_duplicate(const Alignment& a, const Alignment& b) {
    if (a.contig != b.contig || a.strand != b.strand) return false;
    const bool same_begin = a.reference.begin == b.reference.begin && a.query.begin == b.query.begin;
    const bool same_end = a.reference.end == b.reference.end && a.query.end == b.query.end;
    const bool crosswise = a.reference.begin == b.reference.begin && a.query.end == b.query.end;
    const bool crosswise_end = a.reference.end == b.reference.end && a.query.begin == b.query.begin;
    return a.strand == Strand::forward ? same_begin || same_end : crosswise || crosswise_end;
}

constexpr std::int64_t long_insertion = 1'000;   // query bases that an alignment jumps over rather than explains

/// The query bases that an alignment explains: its interval without long insertions.
std::vector<QueryInterval> explained_by(const Alignment& alignment) {
    if (alignment.inserted <= long_insertion) return {alignment.query};
    std::vector<QueryInterval> explained;
    QueryInterval oriented{0, 0};
    for (const CigarElement& element : alignment.cigar) {
        if (!consumes_query(element.op)) continue;
        if (element.op == CigarOp::insertion && element.length > long_insertion) {
            explained.push_back(oriented);
            oriented.begin = oriented.end + element.length;
        }
        oriented.end = std::max(oriented.begin, oriented.end + element.length);
    }
    explained.push_back(oriented);
    for (QueryInterval& interval : explained)
        interval = alignment.strand == Strand::forward
                       ? QueryInterval{alignment.query.begin + interval.begin, alignment.query.begin + interval.end}
                       : QueryInterval{alignment.query.end - interval.end, alignment.query.end - interval.begin};
    return explained;
}

/// Whether `other` competes with the part of the query that a better alignment explains.
bool same_part(std::span<const QueryInterval> explained, const Alignment& other, double share) {
    std::int64_t shared = 0, length = 0;
    for (const QueryInterval& interval : explained) {
        shared += overlap(interval, other.query);
        length += interval.length();
    }
    return static_cast<double>(shared) > share * static_cast<double>(std::min(length, other.query.length()));
}

void drop_duplicates(std::vector<Alignment>& alignments) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < alignments.size(); ++i) {
        const bool known = std::any_of(alignments.begin(), alignments.begin() + static_cast<std::ptrdiff_t>(kept),
                                       [&](const Alignment& better) { return is_duplicate(better, alignments[i]); });
        if (known) continue;
        if (kept != i) alignments[kept] = std::move(alignments[i]);
        ++kept;
    }
    alignments.resize(kept);
}

/// Sets role and, in `parent`, the better alignment of the same part (itself for primary and supplementary ones).
void assign_roles(std::vector<Alignment>& alignments, const SelectOptions& options, std::vector<std::size_t>& parent) {
    struct Part {
        std::size_t owner;
        std::vector<QueryInterval> explained;
    };
    std::vector<Part> parts;
    parent.resize(alignments.size());
    for (std::size_t i = 0; i < alignments.size(); ++i) {
        const auto part = std::find_if(parts.begin(), parts.end(), [&](const Part& one) {
            return same_part(one.explained, alignments[i], options.mask_overlap);
        });
        if (part != parts.end()) {
            parent[i] = part->owner;
            alignments[i].role = Role::secondary;
            continue;
        }
        parent[i] = i;
        alignments[i].role = i == 0 ? Role::primary : Role::supplementary;
        parts.push_back({i, explained_by(alignments[i])});
    }
}

void rate(std::int32_t repeat_length, const Scoring& scoring, const std::vector<std::size_t>& parent,
          std::vector<Alignment>& alignments) {
    std::int64_t chained = 0;
    for (std::size_t i = 0; i < alignments.size(); ++i)
        if (parent[i] == i) chained += alignments[i].chain_score;
    const double unique_share =
        static_cast<double>(chained) / static_cast<double>(std::max<std::int64_t>(1, chained + repeat_length));
    for (std::size_t i = 0; i < alignments.size(); ++i) {
        Alignment& own = alignments[i];
        if (parent[i] != i) {
            own.mapq = 0;
            own.second_chain_score = 0;
            continue;
        }
        Competition competition{.second_chain_score = own.second_chain_score, .unique_share = unique_share};
        own.ties = 0;
        for (std::size_t j = i + 1; j < alignments.size(); ++j) {
            if (parent[j] != i) continue;
            const Alignment& other = alignments[j];
            own.ties += other.placement_score == own.placement_score;
            competition.second_score = std::max(competition.second_score, other.best_segment_score);
            competition.near_ties += other.placement_score + scoring.match + scoring.mismatch >= own.placement_score;
        }
        own.mapq = mapping_quality(own, competition, scoring);
    }
}

/// Applies -p and -N to the secondary alignments, without cutting inside a tie.
void drop_secondaries(const SelectOptions& options, const std::vector<std::size_t>& parent, std::vector<Alignment>& alignments) {
    std::vector<std::uint8_t> drop(alignments.size(), 0);
    int reported = 0;
    std::int32_t last_score = 0;
    for (std::size_t i = 0; i < alignments.size(); ++i) {
        if (parent[i] == i) continue;
        const bool tied = reported > 0 && alignments[i].placement_score == last_score;
        const bool good = alignments[i].placement_score >= options.secondary_ratio * alignments[parent[i]].placement_score;
        drop[i] = !options.secondary || !good || (reported >= options.max_secondary && !tied);
        if (drop[i]) continue;
        ++reported;
        last_score = alignments[i].placement_score;
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < alignments.size(); ++i) {
        if (drop[i]) continue;
        if (kept != i) alignments[kept] = std::move(alignments[i]);
        ++kept;
    }
    alignments.resize(kept);
}

}  // namespace

bool better_alignment(const Alignment& a, const Alignment& b) {
    if (a.placement_score != b.placement_score) return a.placement_score > b.placement_score;
    return a.score != b.score ? a.score > b.score : place_of(a) < place_of(b);
}

void select_alignments(const Scoring& scoring, const SelectOptions& options, FeatureAlignments& result) {
    std::vector<Alignment>& alignments = result.alignments;
    std::sort(alignments.begin(), alignments.end(), better_alignment);
    drop_duplicates(alignments);
    std::vector<std::size_t> parent;
    assign_roles(alignments, options, parent);   // from here on a secondary stands behind its parent
    rate(result.repeat_length, scoring, parent, alignments);
    if (options.neighbours) {
        for (std::size_t i = 1; i < alignments.size(); ++i) {
            const bool near = alignments[i].placement_score + options.neighbour_margin >= alignments.front().placement_score;
            if (parent[i] == 0 && near) result.alternatives.push_back(alignments[i]);
        }
    }
    drop_secondaries(options, parent, alignments);
    std::stable_sort(alignments.begin(), alignments.end(), [](const Alignment& a, const Alignment& b) { return a.role < b.role; });
}

}  // namespace weft
