#include "weft/align/align_chain.hpp"

#include <algorithm>

#include "weft/align/cut_pieces.hpp"
#include "weft/align/left_align.hpp"
#include "weft/align/measure.hpp"

namespace weft {
namespace {

constexpr std::size_t pieces_per_task = 256;   // of a huge query, for one turn of a thread
constexpr std::int64_t longest_flank = 50'000; // bases past a chain's end that an extension looks at

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
          pins_(cut_pieces(chain, options.scoring)) {}

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

    /// Query and reference bases that an extension to the left (or right) of a pin may use.
    struct Flank {
        std::int64_t query = 0;
        std::int64_t reference = 0;
    };

    Flank flank(std::int64_t query_room, std::int64_t reference_room) const {
        const std::int64_t query_bases = std::min(query_room, longest_flank);
        // A deletion longer than this costs more than all the flank can bring.
        const std::int64_t slack = std::min<std::int64_t>(
            options_.bandwidth, (options_.scoring.match * query_bases + options_.end_bonus) / std::max(1, options_.scoring.gap_extend2) + 8);
        return {query_bases, std::min(reference_room, query_bases + slack)};
    }

    /// Extends over a flank; `bonus` is what reaching the far end of `query` is worth.
    void extend(std::span<const Code> query, std::span<const Code> reference, bool to_query_end) {
        ExtensionOptions extension{.end_bonus = to_query_end ? options_.end_bonus : 0, .drop = options_.drop, .band = {}};
        const auto m = static_cast<std::int64_t>(query.size());
        const auto n = static_cast<std::int64_t>(reference.size());
        extension.band.low = -std::min<std::int64_t>(options_.bandwidth, m);
        extension.band.high = std::min<std::int64_t>(options_.bandwidth, n);
        // Where both ends of the query are wanted, a short flank is always aligned to its end before the two ways are compared.
        if (options_.end_to_end && to_query_end && m <= options_.bandwidth) extension.drop = -1;
        align_extension(query, reference, options_.scoring, extension, scratch_.fill.band, scratch_.extension);
    }

    void extend_left(const Pin& pin, std::uint64_t reference_limit, std::uint32_t query_limit, Alignment& alignment, std::uint64_t& begin,
                     std::int64_t& query_begin) {
        const Flank room = flank(pin.query - query_limit, static_cast<std::int64_t>(pin.reference - reference_limit));
        begin = pin.reference;
        query_begin = pin.query;
        if (room.query == 0 || room.reference == 0) return;
        const auto before = codes_.subspan(pin.query - static_cast<std::size_t>(room.query), static_cast<std::size_t>(room.query));
        scratch_.query.assign(before.rbegin(), before.rend());
        scratch_.reference.resize(static_cast<std::size_t>(room.reference));
        index_.decode(pin.reference - static_cast<std::uint64_t>(room.reference), scratch_.reference);
        std::reverse(scratch_.reference.begin(), scratch_.reference.end());
        extend(scratch_.query, scratch_.reference, query_limit == 0 && room.query == pin.query);
        const Extension& found = scratch_.extension;
        append_exact(found.cigar, scratch_.query, scratch_.reference, alignment.cigar);
        std::reverse(alignment.cigar.begin(), alignment.cigar.end());
        begin -= static_cast<std::uint64_t>(found.reference_end);
        query_begin -= found.query_end;
    }

    void extend_right(const Pin& pin, std::uint64_t reference_limit, std::uint32_t query_limit, Alignment& alignment,
                      std::uint64_t& end, std::int64_t& query_end) {
        const Flank room = flank(query_limit - pin.query_end(), static_cast<std::int64_t>(reference_limit - pin.reference_end()));
        end = pin.reference_end();
        query_end = pin.query_end();
        if (room.query == 0 || room.reference == 0) return;
        const auto behind = codes_.subspan(pin.query_end(), static_cast<std::size_t>(room.query));
        scratch_.reference.resize(static_cast<std::size_t>(room.reference));
        index_.decode(pin.reference_end(), scratch_.reference);
        extend(behind, scratch_.reference, query_limit == codes_.size() && pin.query_end() + room.query == query_.length());
        const Extension& found = scratch_.extension;
        append_exact(found.cigar, behind, scratch_.reference, alignment.cigar);
        end += static_cast<std::uint64_t>(found.reference_end);
        query_end += found.query_end;
    }

    /// The alignment through pins first .. last, whose neighbours (if any) lie behind broken pieces.
    void add_alignment(std::size_t first, std::size_t last, std::vector<Alignment>& alignments) {
        Alignment alignment;
        std::uint64_t begin = 0, end = 0;
        std::int64_t query_begin = 0, query_end = 0;
        extend_left(pins_[first], first == 0 ? contig_begin_ : pins_[first - 1].reference_end(), first == 0 ? 0 : pins_[first - 1].query_end(),
                    alignment, begin, query_begin);
        for (std::size_t i = first; i <= last; ++i) {
            append(alignment.cigar, CigarOp::match, pins_[i].length);
            if (i == last) break;
            for (const CigarElement& element : pieces_[i].cigar) append(alignment.cigar, element.op, element.length);
        }
        const bool to_end = last + 1 == pins_.size();
        extend_right(pins_[last], to_end ? contig_end_ : pins_[last + 1].reference,
                     to_end ? static_cast<std::uint32_t>(codes_.size()) : pins_[last + 1].query, alignment, end, query_end);
        finish(alignment, begin, end, {query_begin, query_end});
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
        measure(index_, codes_.subspan(first_base), begin, options_.scoring, alignment);
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
