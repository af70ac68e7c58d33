#include "weft/report/alignment_part.hpp"

#include <algorithm>
#include <limits>

namespace weft {
namespace {

constexpr std::int64_t longest_element = (1 << 28) - 1;   // of a CIGAR in BAM

// Elements within the window, what was passed over of the query in front of them, and where they begin.
struct CutCigar {
    Cigar cigar{};
    std::int64_t position = 0;
    std::int64_t query_before = 0;
    std::int64_t query_bases = 0;
};

bool is_gap(CigarOp op) { return !(consumes_query(op) && consumes_reference(op)); }

CutCigar cut(const Cigar& cigar, std::int64_t begin, ReferenceInterval window) {
    CutCigar part;
    std::int64_t at = begin;
    for (const CigarElement& element : cigar) {
        const bool on_reference = consumes_reference(element.op), on_query = consumes_query(element.op);
        const ReferenceInterval covered{at, at + (on_reference ? element.length : 0)};
        if (on_reference) at = covered.end;
        const bool begun = !part.cigar.empty();
        if (!begun && is_gap(element.op)) {   // a gap in front of the first base within
            if (on_query) part.query_before += element.length;
            continue;
        }
        if (!on_reference) {
            if (covered.begin >= window.end) break;
            append(part.cigar, element.op, element.length);
            if (on_query) part.query_bases += element.length;
            continue;
        }
        const std::int64_t within = overlap(covered, window);
        if (!begun && within == 0) {
            if (on_query) part.query_before += element.length;
            continue;
        }
        if (!begun) {
            part.position = std::max(covered.begin, window.begin);
            part.query_before += part.position - covered.begin;
        }
        if (within == 0) break;
        append(part.cigar, element.op, static_cast<std::uint32_t>(within));
        if (on_query) part.query_bases += within;
    }
    for (; !part.cigar.empty() && is_gap(part.cigar.back().op); part.cigar.pop_back())
        if (consumes_query(part.cigar.back().op)) part.query_bases -= part.cigar.back().length;
    return part;
}

void clip(Cigar& cigar, std::int64_t bases) {
    append(cigar, CigarOp::hard_clip, static_cast<std::uint32_t>(std::clamp<std::int64_t>(bases, 0, longest_element)));
}

}   // namespace

std::optional<SmallBamRecord> part_in_window(const AlignmentRecord& record, std::string letters, ReferenceInterval window) {
    const bool plain = record.cigar.empty();
    const std::int64_t length = std::min(record.reference.length(), longest_element);
    const Cigar whole{{static_cast<std::uint32_t>(length), CigarOp::match_or_mismatch}};
    const CutCigar part = cut(plain ? whole : record.cigar, record.reference.begin, window);
    if (part.cigar.empty()) return std::nullopt;
    const std::int64_t aligned = plain ? length : record.query.length();
    const bool reverse = record.strand == Strand::reverse;
    const std::int64_t left_clip = reverse ? record.query_length - record.query.end : record.query.begin;
    const std::int64_t right_clip = reverse ? record.query.begin : record.query_length - record.query.end;

    SmallBamRecord made{
        .name = record.name, .role = record.role, .strand = record.strand, .position = part.position, .mapq = record.mapq};
    clip(made.cigar, left_clip + part.query_before);
    made.cigar.insert(made.cigar.end(), part.cigar.begin(), part.cigar.end());
    clip(made.cigar, right_clip + aligned - part.query_before - part.query_bases);
    if (!plain && std::ssize(letters) == record.query.length())
        made.letters = letters.substr(static_cast<std::size_t>(part.query_before), static_cast<std::size_t>(part.query_bases));
    if (part.query_bases == aligned) made.edit_distance = record.edit_distance;
    return made;
}

}   // namespace weft
