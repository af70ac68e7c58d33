#include "weft/align/align_chain.hpp"

#include <algorithm>
#include <limits>

#include "weft/align/cut_pieces.hpp"
#include "weft/align/left_align.hpp"
#include "weft/align/measure.hpp"

namespace weft {
namespace {

constexpr std::size_t pieces_per_task = 256;   // of a huge query, for one turn of a thread
constexpr std::int64_t longest_flank = 50'000;  // bases past a chain's end that an extension looks at
constexpr std::int64_t shortest_bridged = 20;  // unaligned bases at an end that are worth a search beyond a gap

struct FilledPiece {
    Cigar cigar{};
    bool broken = false;   // not to be crossed
};

/// Whether the running score along a piece falls by more than `drop` for other reasons than one long gap.
bool falls(std::span<const CigarElement> cigar, const AlignOptions& options) {
    std::int64_t score = 0, best = 0;
    for (const CigarElement& element : cigar) {
        switch (element.op) {
            case CigarOp::match: score += static_cast<std::int64_t>(element.length) * options.scoring.match; break;
            case CigarOp::mismatch: score -= static_cast<std::int64_t>(element.length) * options.scoring.mismatch; break;
            default:   // a long gap is one event: its length beyond the opening is no evidence against the place
                score -= std::min<std::int64_t>(options.scoring.gap(element.length), options.scoring.gap_open2);
        }
        best = std::max(best, score);
        if (best - score > options.drop) return true;
    }
    return false;
}

/// Conducts the alignment of one chain.
class ChainAligner {
public:
    ChainAligner(const IndexView& index, const Query& query, const Chain& chain, const AlignOptions& options, AlignScratch& scratch)
        : index_(index), chain_(chain), options_(options), scratch_(scratch), query_(query), codes_(query.codes(chain.strand)),
          contig_begin_(index.contig_begin[rank(chain.contig)]), contig_end_(index.contig_end(chain.contig)),
          pins_(cut_pieces(chain, options)) {}

    void run(const ForEach& for_each, std::vector<Alignment>& alignments) {
        fill_pieces(for_each);
        for (std::size_t first = 0; first < pins_.size();) {   // invariant: pins before `first` are part of an alignment already
            std::size_t last = first;
            while (last + 1 < pins_.size() && !pieces_[last].broken) ++last;
            add_alignment(first, last, alignments);
            first = last + 1;
        }
    }

private:
    void fill_pieces(const ForEach& for_each) {
        pieces_.resize(pins_.size() - 1);
        if (pieces_.size() <= pieces_per_task) {
            for (std::size_t i = 0; i < pieces_.size(); ++i) fill(i, scratch_.fill, scratch_.reference);
            return;
        }
        const std::size_t tasks = (pieces_.size() + pieces_per_task - 1) / pieces_per_task;
        for_each(tasks, [&](std::size_t task) {
            FillScratch fill_scratch;
            std::vector<Code> reference;
            const std::size_t end = std::min(pieces_.size(), (task + 1) * pieces_per_task);
            for (std::size_t i = task * pieces_per_task; i < end; ++i) fill(i, fill_scratch, reference);
        });
    }

    void fill(std::size_t i, FillScratch& fill_scratch, std::vector<Code>& reference) {
        const Pin& left = pins_[i];
        const Pin& right = pins_[i + 1];
        reference.resize(right.reference - left.reference_end());
        index_.decode(left.reference_end(), reference);
        const std::span<const Code> query = codes_.subspan(left.query_end(), right.query - left.query_end());
        FilledPiece& piece = pieces_[i];
        piece.broken = !fill_piece(query, reference, options_, fill_scratch, piece.cigar) || falls(piece.cigar, options_);
    }

    /// Bases past a pin that an extension may use.
    struct Room {
        std::int64_t query = 0;
        std::int64_t reference = 0;
        bool to_query_end = false;   // nothing but the end of the query limits it
    };

    std::span<const Code> flank_query(const Pin& pin, bool leftward, std::int64_t length) {
        const auto bases = static_cast<std::size_t>(length);
        if (!leftward) return codes_.subspan(pin.query_end(), bases);
        const auto before = codes_.subspan(pin.query - bases, bases);
        scratch_.query.assign(before.rbegin(), before.rend());
        return scratch_.query;
    }

    std::span<const Code> flank_reference(const Pin& pin, bool leftward, std::int64_t length) {
        scratch_.reference.resize(static_cast<std::size_t>(length));
        index_.decode(leftward ? pin.reference - static_cast<std::uint64_t>(length) : pin.reference_end(), scratch_.reference);
        if (leftward) std::reverse(scratch_.reference.begin(), scratch_.reference.end());
        return scratch_.reference;
    }

    /// Extends past a pin, away from the chain, and appends what was aligned to `cigar`, in the order away from the pin.
    /// Returns the query and reference bases used.
    std::pair<std::int64_t, std::int64_t> extend(const Pin& pin, bool leftward, const Room& room, Cigar& cigar) {
        const std::int64_t query_bases = std::min(room.query, longest_flank);
        if (query_bases == 0 || room.reference == 0) return {0, 0};
        const bool to_end = room.to_query_end && query_bases == room.query;
        const std::span<const Code> query = flank_query(pin, leftward, query_bases);
        // A deletion longer than `slack` costs more than all the flank can bring.
        const std::int64_t worth = options_.scoring.match * query_bases + options_.end_bonus;
        const std::int64_t slack = std::min<std::int64_t>(options_.bandwidth, worth / std::max(1, options_.scoring.gap_extend2) + 8);
        std::span<const Code> reference = flank_reference(pin, leftward, std::min(room.reference, query_bases + slack));
        const auto reference_bases = static_cast<std::int64_t>(reference.size());
        // Where the contig ends before the query does, only a gap could bring the query to its end: nothing to give a bonus for.
        const bool fits = room.reference >= query_bases;
        ExtensionOptions extension{.end_bonus = to_end && fits ? options_.end_bonus : 0, .drop = options_.drop, .band = {}};
        extension.band = {-std::min<std::int64_t>(options_.bandwidth, query_bases), std::min<std::int64_t>(options_.bandwidth, reference_bases)};
        // Where both ends of the query are wanted, a short flank is aligned to its end before the two ways are compared.
        const bool wanted = options_.end_to_end && to_end;
        if (wanted && query_bases <= options_.bandwidth) extension.drop = -1;
        Extension& found = scratch_.extension;
        align_extension(query, reference, options_.scoring, extension, scratch_.fill.band, found);
        if (found.reaches_query_end && !found.cigar.empty() && found.cigar.back().op == CigarOp::insertion)
            replace_outer_insertion(query, reference, extension);
        if (wanted && !found.reaches_query_end && query_bases <= options_.max_bridge &&
            query_bases - found.query_end >= shortest_bridged) {
            reference = flank_reference(pin, leftward, std::min(room.reference, query_bases + options_.max_bridge));
            bridge(query, reference);
        }
        append_exact(found.cigar, query, reference, cigar);
        return {found.query_end, found.reference_end};
    }

    /// An insertion at the very end is a clip in disguise, and cheaper than a few substitutions: the end bonus is for columns. Puts
    /// columns in its place where they earn the bonus, else takes the best path anywhere.
    void replace_outer_insertion(std::span<const Code> query, std::span<const Code> reference, ExtensionOptions extension) {
        Extension& found = scratch_.extension;
        const std::uint32_t bases = found.cigar.back().length;
        if (static_cast<std::int64_t>(reference.size()) - found.reference_end >= bases) {
            std::int64_t score = found.score + options_.scoring.gap(bases);
            const auto outer_query = query.last(bases);
            const auto outer_reference = reference.subspan(static_cast<std::size_t>(found.reference_end), bases);
            for (std::uint32_t i = 0; i < bases; ++i) score += options_.scoring.substitution(outer_query[i], outer_reference[i]);
            if (score + extension.end_bonus >= found.best_score) {
                found.cigar.pop_back();
                append(found.cigar, CigarOp::match_or_mismatch, bases);
                found.reference_end += bases;
                found.score = score;
                return;
            }
        }
        extension.end_bonus = std::numeric_limits<std::int32_t>::min();
        align_extension(query, reference, options_.scoring, extension, scratch_.fill.band, found);
    }

    /// Looks for the far end of a flank beyond one long gap: clipping a feature needs evidence against its end, and a stretch that
    /// aligns well a few hundred bases on is evidence for it. The gap is one event, whatever its length.
    void bridge(std::span<const Code> query, std::span<const Code> reference) {
        Scoring scoring = options_.scoring;
        scoring.gap_open2 = std::max(scoring.gap_open, options_.bridge_cost);
        scoring.gap_extend2 = 0;
        const ExtensionOptions extension{.end_bonus = 0,
                                         .drop = -1,
                                         .band = {-static_cast<std::int64_t>(query.size()), static_cast<std::int64_t>(reference.size())}};
        align_extension(query, reference, scoring, extension, scratch_.fill.band, scratch_.bridged);
        if (scratch_.bridged.reaches_query_end) std::swap(scratch_.extension, scratch_.bridged);
    }

    /// The alignment through pins first .. last, whose neighbours (if any) lie behind broken pieces.
    void add_alignment(std::size_t first, std::size_t last, std::vector<Alignment>& alignments) {
        Alignment alignment;
        const Pin& left = pins_[first];
        const Pin& right = pins_[last];
        const bool whole_left = first == 0, whole_right = last + 1 == pins_.size();
        const Room left_room{left.query - (whole_left ? 0 : pins_[first - 1].query_end()),
                             static_cast<std::int64_t>(left.reference - (whole_left ? contig_begin_ : pins_[first - 1].reference_end())),
                             whole_left};
        const auto [query_left, reference_left] = extend(left, true, left_room, alignment.cigar);
        std::reverse(alignment.cigar.begin(), alignment.cigar.end());
        for (std::size_t i = first; i <= last; ++i) {
            append(alignment.cigar, CigarOp::match, pins_[i].length);
            if (i == last) break;
            for (const CigarElement& element : pieces_[i].cigar) append(alignment.cigar, element.op, element.length);
        }
        const Room right_room{(whole_right ? query_.length() : pins_[last + 1].query) - right.query_end(),
                              static_cast<std::int64_t>((whole_right ? contig_end_ : pins_[last + 1].reference) - right.reference_end()),
                              whole_right};
        Cigar tail;
        const auto [query_right, reference_right] = extend(right, false, right_room, tail);
        for (const CigarElement& element : tail) append(alignment.cigar, element.op, element.length);
        finish(alignment, left.reference - static_cast<std::uint64_t>(reference_left),
               right.reference_end() + static_cast<std::uint64_t>(reference_right),
               {left.query - query_left, right.query_end() + query_right});
        alignments.push_back(std::move(alignment));
    }

    /// An alignment begins and ends with columns: gaps at its ends become clips.
    static void drop_outer_gaps(Cigar& cigar, std::uint64_t& begin, std::uint64_t& end, QueryInterval& oriented) {
        const auto is_column = [](const CigarElement& element) {
            return element.op == CigarOp::match || element.op == CigarOp::mismatch;
        };
        const auto first = std::find_if(cigar.begin(), cigar.end(), is_column);
        for (auto gap = cigar.begin(); gap != first; ++gap) {
            if (gap->op == CigarOp::insertion) oriented.begin += gap->length;
            if (gap->op == CigarOp::deletion) begin += gap->length;
        }
        cigar.erase(cigar.begin(), first);
        for (; !cigar.empty() && !is_column(cigar.back()); cigar.pop_back()) {
            if (cigar.back().op == CigarOp::insertion) oriented.end -= cigar.back().length;
            if (cigar.back().op == CigarOp::deletion) end -= cigar.back().length;
        }
    }

    /// Normal form, counts, and coordinates on contig and query as given.
    void finish(Alignment& alignment, std::uint64_t begin, std::uint64_t end, QueryInterval oriented) {
        drop_outer_gaps(alignment.cigar, begin, end, oriented);
        const auto first_base = static_cast<std::size_t>(oriented.begin);
        left_align(index_, codes_.subspan(first_base), begin, alignment.cigar);
        measure(index_, codes_.subspan(first_base), begin, options_, alignment);
        alignment.contig = chain_.contig;
        alignment.strand = chain_.strand;
        alignment.reference = {static_cast<std::int64_t>(begin - contig_begin_), static_cast<std::int64_t>(end - contig_begin_)};
        alignment.query = query_.turned(chain_.strand, oriented);
        alignment.chain_score = chain_.score;
        alignment.minimizers = chain_.minimizers;
    }

    const IndexView& index_;
    const Chain& chain_;
    const AlignOptions& options_;
    AlignScratch& scratch_;
    const Query& query_;
    std::span<const Code> codes_;   // of the query along the chain's strand
    std::uint64_t contig_begin_;
    std::uint64_t contig_end_;
    std::vector<Pin> pins_;
    std::vector<FilledPiece> pieces_{};   // pieces_[i] lies between pins_[i] and pins_[i + 1]
};

}  // namespace

void align_chain(const IndexView& index, const Query& query, const Chain& chain, const AlignOptions& options, AlignScratch& scratch,
                 const ForEach& for_each, std::vector<Alignment>& alignments) {
    ChainAligner(index, query, chain, options, scratch).run(for_each, alignments);
}

}  // namespace weft
