// Positions in weft are 0-based, half-open, in bases, and typed by the sequence they lie on.
//
// A reference interval does not convert to a query interval, and a contig is not a number one can add 1 to: the
// compiler finds the mix-ups that a code review misses. 1-based numbers exist only in record/, where the formats
// that use them are read and written.
#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>

namespace weft {

/// A contig of a reference: its rank in the FASTA, from 0. Names and lengths are in `Index`.
enum class ContigId : std::uint32_t {};

constexpr std::size_t rank(ContigId contig) { return static_cast<std::size_t>(contig); }

/// The strand of the reference on which a query reads forward.
enum class Strand : std::uint8_t { forward = 0, reverse = 1 };

constexpr Strand opposite(Strand strand) { return strand == Strand::forward ? Strand::reverse : Strand::forward; }
constexpr char symbol(Strand strand) { return strand == Strand::forward ? '+' : '-'; }

/// Bases [begin, end) of one sequence; empty when begin == end.
template <class Sequence>
struct Interval {
    std::int64_t begin = 0;   // first base
    std::int64_t end = 0;     // one past the last base

    constexpr std::int64_t length() const { return end - begin; }
    constexpr bool empty() const { return end <= begin; }
    constexpr bool contains(std::int64_t position) const { return begin <= position && position < end; }
    auto operator<=>(const Interval&) const = default;
};

/// Bases shared by two intervals of the same sequence.
template <class Sequence>
constexpr std::int64_t overlap(Interval<Sequence> a, Interval<Sequence> b) {
    return std::max<std::int64_t>(0, std::min(a.end, b.end) - std::max(a.begin, b.begin));
}

struct OnReference;
struct OnQuery;

/// Bases of one contig, on its forward strand.
using ReferenceInterval = Interval<OnReference>;
/// Bases of one query as it was given, whatever strand it aligns to.
using QueryInterval = Interval<OnQuery>;

}  // namespace weft
