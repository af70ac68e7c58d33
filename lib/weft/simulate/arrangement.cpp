#include "weft/simulate/arrangement.hpp"

#include <algorithm>
#include <numeric>

#include "weft/simulate/random.hpp"

namespace weft {
namespace {

using Pieces = std::vector<Piece>;

// Index of the piece that begins at `position` of the contig, after cutting the piece that spans it.
std::size_t split_at(Pieces& pieces, std::int64_t position) {
    std::size_t i = 0;
    while (i < pieces.size() && position >= pieces[i].interval.length()) position -= pieces[i++].interval.length();
    if (position == 0) return i;
    Piece left = pieces[i];
    Piece right = pieces[i];
    if (pieces[i].strand == Strand::forward) {
        left.interval.end = right.interval.begin = pieces[i].interval.begin + position;
    } else {
        left.interval.begin = right.interval.end = pieces[i].interval.end - position;
    }
    pieces[i] = left;
    pieces.insert(pieces.begin() + static_cast<std::ptrdiff_t>(i) + 1, right);
    return i + 1;
}

void insert_at(Pieces& pieces, std::int64_t position, std::span<const Piece> added) {
    const auto i = static_cast<std::ptrdiff_t>(split_at(pieces, position));
    pieces.insert(pieces.begin() + i, added.begin(), added.end());
}

bool continues(const Piece& left, const Piece& right) {
    if (!left.source || left.source != right.source || left.strand != right.strand) return false;
    return left.strand == Strand::forward ? left.interval.end == right.interval.begin : right.interval.end == left.interval.begin;
}

void join_neighbours(Pieces& pieces) {
    Pieces joined;
    for (const Piece& piece : pieces) {
        if (piece.interval.empty()) continue;
        if (joined.empty() || !continues(joined.back(), piece)) {
            joined.push_back(piece);
            continue;
        }
        SourceInterval& whole = joined.back().interval;
        whole = {std::min(whole.begin, piece.interval.begin), std::max(whole.end, piece.interval.end)};
    }
    pieces = std::move(joined);
}

// The genome under rearrangement, its contigs visited in the order of their names so that the order of the file has no influence.
class Shuffler {
public:
    Shuffler(Arrangement& arrangement, const EventOptions& options, std::uint64_t seed)
        : arrangement_(arrangement), options_(options), random_(seed, "events"), by_name_(arrangement.contigs.size()) {
        std::iota(by_name_.begin(), by_name_.end(), std::size_t{0});
        std::sort(by_name_.begin(), by_name_.end(),
                  [&](std::size_t a, std::size_t b) { return arrangement.contigs[a].name < arrangement.contigs[b].name; });
    }

    void apply(EventKind kind) {
        ArrangedContig& contig = pick_contig();
        const std::int64_t length = contig.length();
        const std::int64_t longest = std::min(options_.longest, length / 4);
        if (longest < options_.shortest) return;
        const std::int64_t size = random_.over_magnitudes(options_.shortest, longest);
        const std::int64_t at = random_.between(0, length - size);
        if (kind == EventKind::insertion) {
            const Piece novel{{}, {0, size}, Strand::forward, ++novelties_};
            insert_at(contig.pieces, at, {&novel, 1});
        } else {
            move_block(kind, contig.pieces, at, size);
        }
        ++arrangement_.events[static_cast<std::size_t>(kind)];
    }

private:
    ArrangedContig& pick_contig() {
        std::int64_t total = 0;
        for (const ArrangedContig& contig : arrangement_.contigs) total += contig.length();
        std::int64_t at = random_.between(0, std::max<std::int64_t>(total - 1, 0));
        for (const std::size_t i : by_name_) {
            at -= arrangement_.contigs[i].length();
            if (at < 0) return arrangement_.contigs[i];
        }
        return arrangement_.contigs[by_name_.back()];
    }

    void move_block(EventKind kind, Pieces& pieces, std::int64_t at, std::int64_t size) {
        const auto first = pieces.begin() + static_cast<std::ptrdiff_t>(split_at(pieces, at));
        const auto from = first - pieces.begin();
        const auto until = static_cast<std::ptrdiff_t>(split_at(pieces, at + size));
        Pieces block(pieces.begin() + from, pieces.begin() + until);
        if (kind == EventKind::deletion || kind == EventKind::inversion || kind == EventKind::relocation)
            pieces.erase(pieces.begin() + from, pieces.begin() + until);
        switch (kind) {
            case EventKind::inversion:
                std::reverse(block.begin(), block.end());
                for (Piece& piece : block) piece.strand = opposite(piece.strand);
                insert_at(pieces, at, block);
                break;
            case EventKind::tandem_duplication:
                for (std::int64_t copy = random_.between(1, 3); copy > 0; --copy) insert_at(pieces, at + size, block);
                break;
            case EventKind::relocation:
            case EventKind::duplication: {
                ArrangedContig& goal = pick_contig();
                insert_at(goal.pieces, random_.between(0, goal.length()), block);
                break;
            }
            case EventKind::deletion:
            case EventKind::insertion: break;
        }
    }

    Arrangement& arrangement_;
    const EventOptions& options_;
    Random random_;
    std::vector<std::size_t> by_name_;
    std::uint32_t novelties_ = 0;
};

}  // namespace

std::int64_t ArrangedContig::length() const {
    return std::accumulate(pieces.begin(), pieces.end(), std::int64_t{0},
                           [](std::int64_t sum, const Piece& piece) { return sum + piece.interval.length(); });
}

std::string_view name_of(EventKind kind) {
    switch (kind) {
        case EventKind::deletion: return "deletion";
        case EventKind::insertion: return "insertion";
        case EventKind::inversion: return "inversion";
        case EventKind::relocation: return "relocation";
        case EventKind::duplication: return "duplication";
        case EventKind::tandem_duplication: return "tandem duplication";
    }
    return "unknown";
}

std::vector<std::string> EventOptions::problems() const {
    std::vector<std::string> found;
    if (count < 0 || count > 1'000'000) found.push_back("--events is " + std::to_string(count) + "; give 0 to 1,000,000");
    if (shortest < 1 || longest < shortest)
        found.push_back("--event-sizes is " + std::to_string(shortest) + "," + std::to_string(longest) +
                        "; give the shortest and the longest block, at least 1 base");
    return found;
}

Arrangement rearrange(std::span<const ReferenceContig> source, const EventOptions& options, std::uint64_t seed) {
    Arrangement arrangement;
    for (std::size_t i = 0; i < source.size(); ++i) {
        const auto length = static_cast<std::int64_t>(source[i].sequence.size());
        arrangement.contigs.push_back({source[i].name, {Piece{static_cast<ContigId>(i), {0, length}, Strand::forward, 0}}});
    }
    if (source.empty()) return arrangement;
    Shuffler shuffler(arrangement, options, seed);
    for (int i = 0; i < options.count; ++i) shuffler.apply(static_cast<EventKind>(static_cast<std::size_t>(i) % event_kinds));
    for (ArrangedContig& contig : arrangement.contigs) join_neighbours(contig.pieces);
    return arrangement;
}

}  // namespace weft
