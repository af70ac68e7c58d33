// The large events of evolution: whole blocks that are lost, gained, turned, moved and copied.
//
// A target contig is first a list of pieces of the source genome. Events cut and reorder that list; letters are looked at
// only later (mutation.hpp). So the events cost nothing per base, and the truth of every piece is known by construction.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "weft/model/coordinates.hpp"
#include "weft/model/reference.hpp"

namespace weft {

struct OnSource;
/// Bases of one contig of the source genome, on its forward strand. The evolved genome is the reference.
using SourceInterval = Interval<OnSource>;

/// A stretch of the target: bases of the source on either strand, or new sequence that the source does not have.
struct Piece {
    std::optional<ContigId> source{};   // nothing: new sequence
    SourceInterval interval{};          // on the source; of new sequence only the length means something
    Strand strand = Strand::forward;
    std::uint32_t novelty = 0;          // number of the insertion that made new sequence: names its random stream

    bool operator==(const Piece&) const = default;
};

/// A contig of the target before small changes. It keeps the name of the source contig that it descends from.
struct ArrangedContig {
    std::string name{};
    std::vector<Piece> pieces{};

    std::int64_t length() const;
};

enum class EventKind : std::uint8_t { deletion, insertion, inversion, relocation, duplication, tandem_duplication };
inline constexpr std::size_t event_kinds = 6;
std::string_view name_of(EventKind kind);

struct EventOptions {
    int count = 40;                  // events in all, the kinds in turn
    std::int64_t shortest = 500;     // bases of a block
    std::int64_t longest = 15'000;   // short blocks are more frequent than long ones

    std::vector<std::string> problems() const;
};

struct Arrangement {
    std::vector<ArrangedContig> contigs{};                    // in the order of the source
    std::array<std::int64_t, event_kinds> events{};           // how many of each kind took place
};

/// Applies events to a genome. A block is at most a quarter of its contig: events that find no place are left out of the counts.
/// The result for a contig does not depend on the order in which the contigs are given. Neighbouring pieces that continue
/// each other are one piece.
Arrangement rearrange(std::span<const ReferenceContig> source, const EventOptions& options, std::uint64_t seed);

}  // namespace weft
