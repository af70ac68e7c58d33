// What the engine sees of an index: plain arrays, in memory or in a mapped file, and the look-ups on them.
//
// All positions here are linear: the contigs laid end to end, each starting on a multiple of 32 bases (one word of packed
// bases). Bases between contigs belong to none. Internal header: public code uses `Index`.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "weft/model/coordinates.hpp"
#include "weft/model/sequence.hpp"

namespace weft {

struct OnLinear;
/// Bases of the whole reference, contigs laid end to end.
using LinearInterval = Interval<OnLinear>;

/// A run of reference letters that are not A, C, G, T (upper-cased; U is stored as T), in linear coordinates.
struct AmbiguousRun {
    std::uint64_t begin = 0;
    std::uint32_t length = 0;
    std::uint8_t letter = 'N';
    std::uint8_t unused[3] = {};
};
static_assert(sizeof(AmbiguousRun) == 16);

/// The places of one minimizer: entries of the table, sorted by position.
struct Occurrences {
    const std::uint64_t* first = nullptr;
    std::uint32_t count = 0;
};

/// Read-only arrays of an index. Valid as long as the `Index` it came from. Safe to share between threads.
struct IndexView {
    int k = 0;
    int w = 0;
    int directory_bits = 0;   // top bits of a slot (a scattered hash, see `slot`) that select its bucket
    int position_bits = 0;    // bits of a linear position inside an entry
    std::uint64_t bases = 0;  // length of the linear coordinate, padding included

    std::span<const std::uint64_t> contig_begin{};    // contigs + 1 linear starts, all multiples of 32; last == bases
    std::span<const std::uint64_t> contig_length{};   // bases per contig, without padding
    std::span<const std::uint64_t> packed{};          // 2 bits per base, base i at bits 2(i % 32) of word i / 32; padding is 0,
                                                      // and one more word of 0 follows the last base
    std::span<const AmbiguousRun> runs{};             // sorted, disjoint; their packed bases are 0
    std::span<const std::uint32_t> directory{};       // first entry of each bucket, 2^directory_bits + 1 values
    std::span<const std::uint64_t> entries{};         // [ slot remainder | linear position | strand ], sorted by (slot, position)

    /// Minimizer table look-up: where a k-mer with this mixed hash (see kernel/sketch.hpp) lies on the reference.
    Occurrences find(std::uint64_t hash) const;
    /// Bring the bucket of `hash` closer in two steps: first where it lies, some look-ups later its entries, and some look-ups
    /// later again `find`. Both steps wait for memory otherwise, one after the other.
    /// (GCC takes a function that only prefetches for one without effect and drops its calls, unless it is inlined by force.)
    [[gnu::always_inline]] void prefetch(std::uint64_t hash) const { __builtin_prefetch(&directory[bucket(hash)]); }
    [[gnu::always_inline]] void prefetch_entries(std::uint64_t hash) const { __builtin_prefetch(entries.data() + directory[bucket(hash)]); }

    /// Linear position of the first base of an entry's k-mer, and whether its canonical form is the reverse complement.
    std::uint64_t position(std::uint64_t entry) const { return (entry >> 1) & ((std::uint64_t{1} << position_bits) - 1); }
    static bool is_reverse(std::uint64_t entry) { return entry & 1; }

    /// Where a hash stands in the table. Minimizers are the small hashes of their windows; an invertible multiplication
    /// spreads them evenly over the buckets again.
    std::uint64_t slot(std::uint64_t hash) const { return (hash * 0x9FB21C651E98DF25u) & ((std::uint64_t{1} << 2 * k) - 1); }
    std::size_t bucket(std::uint64_t hash) const { return static_cast<std::size_t>(slot(hash) >> (2 * k - directory_bits)); }

    /// The contig that holds a linear position (which must not lie in padding).
    ContigId contig_of(std::uint64_t linear) const;
    /// End of the last base of the contig, linear.
    std::uint64_t contig_end(ContigId contig) const { return contig_begin[rank(contig)] + contig_length[rank(contig)]; }

    /// Codes of linear [begin, begin + codes.size()), 4 inside runs. Must lie within one contig.
    void decode(std::uint64_t begin, std::span<Code> codes) const;
    /// Upper-case letters of the same, with the true letter inside runs.
    void letters(std::uint64_t begin, std::span<char> letters) const;
    /// 32 packed bases from any linear position below `bases` (ambiguous bases read as A, bases past the end as A).
    std::uint64_t packed_word(std::uint64_t linear) const;
    /// Largest [begin, end) around `linear` without ambiguous bases and inside its contig; empty when `linear` is ambiguous.
    LinearInterval unambiguous_stretch(std::uint64_t linear) const;
};

inline Occurrences IndexView::find(std::uint64_t hash) const {
    constexpr std::size_t short_bucket = 16;   // longer ones hold a frequent minimizer and are searched by halving
    const int remainder_bits = 2 * k - directory_bits;
    const std::uint64_t place = slot(hash);
    const std::uint64_t remainder = place & ((std::uint64_t{1} << remainder_bits) - 1);
    const std::uint64_t* const table = entries.data();
    // A damaged file may hold any numbers here; they never lead outside the entries.
    const std::size_t bucket_end = std::min<std::size_t>(directory[(place >> remainder_bits) + 1], entries.size());
    const std::size_t bucket_begin = std::min<std::size_t>(directory[place >> remainder_bits], bucket_end);
    const std::uint64_t* first = table + bucket_begin;
    const std::uint64_t* last = table + bucket_end;
    const int shift = position_bits + 1;
    if (bucket_end - bucket_begin > short_bucket) {
        // Mostly the minimizer itself fills the bucket, and its two ends tell.
        if (*first >> shift != remainder) first = std::partition_point(first, last, [&](std::uint64_t entry) { return entry >> shift < remainder; });
        if (last[-1] >> shift != remainder) last = std::partition_point(first, last, [&](std::uint64_t entry) { return entry >> shift == remainder; });
    } else {
        while (first != last && *first >> shift < remainder) ++first;
        const std::uint64_t* end = first;
        while (end != last && *end >> shift == remainder) ++end;
        last = end;
    }
    return {first, static_cast<std::uint32_t>(last - first)};
}

inline std::uint64_t IndexView::packed_word(std::uint64_t linear) const {
    const std::uint64_t* const word = packed.data() + linear / 32;
    const int shift = static_cast<int>(linear % 32) * 2;
    return word[0] >> shift | word[1] << 1 << (63 - shift);
}

inline ContigId IndexView::contig_of(std::uint64_t linear) const {
    const auto next = std::upper_bound(contig_begin.begin(), contig_begin.end() - 1, linear);
    return static_cast<ContigId>(next - contig_begin.begin() - 1);
}

}  // namespace weft
