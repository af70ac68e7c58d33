// The scalar sketch: constant work per base whatever w, and hardly a branch.
//
// Every k-mer becomes a rank, one number with the hash on top, below it the start counted backwards, and the strand last. The
// smaller rank is then the smaller hash and, of equals, the one further right, and a window's minimum is a plain minimum.
// The starts are cut into blocks of w. A window that begins inside a block is the rest of that block followed by the beginning
// of the next one, so its minimum is the smaller of a suffix minimum and a prefix minimum, both of them running minima (the
// two-stack queue with blocks as stacks; van Herk 1992, Pattern Recognit. Lett. 13:517).
//
// Sequences are worked off in stretches of windows, so that starts within a stretch are small enough for a rank of 64 bits.
// Only k above 24 needs 128.
#include "weft/kernel/sketch.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <functional>
#include <numeric>

namespace weft {
namespace {

constexpr std::size_t longest_window = 255;
constexpr std::size_t stretch_windows = 1'024;
constexpr std::size_t stretch_starts = stretch_windows + 2 * longest_window;   // room for one whole block behind the last start

constexpr int start_bits = 15;   // of a rank
constexpr std::uint64_t last_start = (1u << start_bits) - 1;
static_assert(stretch_starts <= last_start);

__extension__ using Wide = unsigned __int128;

template <class Rank>
constexpr Rank no_kmer = ~Rank{0};   // above every rank, as no start is counted backwards as last_start
template <class Rank>
constexpr Rank rank_of(std::uint64_t hash, std::size_t start, bool reverse) {
    return static_cast<Rank>(hash) << (start_bits + 1) | (last_start - 1 - start) << 1 | static_cast<std::uint64_t>(reverse);
}

/// Ranks of all k-mers of `codes`; `clean` promises that no code is ambiguous.
template <bool clean, class Rank>
void rank_kmers(std::span<const Code> codes, int k, Rank* ranks) {
    const std::uint64_t mask = (std::uint64_t{1} << 2 * k) - 1;
    const int top = 2 * (k - 1);
    std::uint64_t forward = 0;
    std::uint64_t backward = 0;
    std::size_t unambiguous = 0;   // bases since the last ambiguous one
    const auto add = [&](Code code) {
        if constexpr (!clean) unambiguous = code < 4 ? unambiguous + 1 : 0;
        const std::uint64_t base = clean ? code : code & 3;
        forward = (forward << 2 | base) & mask;
        backward = backward >> 2 | (3 - base) << top;
    };
    const std::size_t before = static_cast<std::size_t>(k) - 1;
    for (std::size_t i = 0; i < before; ++i) add(codes[i]);
    for (std::size_t start = 0; start + before < codes.size(); ++start) {
        add(codes[start + before]);
        const bool reverse = backward < forward;
        const Rank rank = rank_of<Rank>(mix(std::min(forward, backward), 2 * k), start, reverse);
        const bool takes_part = (clean || unambiguous > before) && forward != backward;
        ranks[start] = takes_part ? rank : no_kmer<Rank>;
    }
}

template <class Rank>
constexpr Rank smaller(Rank a, Rank b) {   // by value, which the compiler turns into a conditional move
    return a < b ? a : b;
}

template <class Rank>
class Sketcher {
public:
    Sketcher(int k, int w) : k_(k), w_(static_cast<std::size_t>(w)) {}

    /// Appends the minimizers of the windows of one stretch whose first base is base `origin` of the sequence.
    void add_stretch(std::span<const Code> codes, std::size_t origin, std::vector<Minimizer>& result) {
        const std::size_t starts = codes.size() - static_cast<std::size_t>(k_) + 1;
        const bool clean = std::accumulate(codes.begin(), codes.end(), Code{0}, std::bit_or<>()) < 4;
        clean ? rank_kmers<true>(codes, k_, ranks_.data()) : rank_kmers<false>(codes, k_, ranks_.data());
        std::fill_n(ranks_.begin() + static_cast<std::ptrdiff_t>(starts), w_, no_kmer<Rank>);
        if (w_ == 1) return keep({ranks_.data(), starts}, origin, result);
        keep({minima_.data(), select(starts - w_ + 1)}, origin, result);
    }

private:
    /// Puts the distinct minima of the windows into `minima_`; windows that share a minimum are neighbours.
    std::size_t select(std::size_t windows) {
        const std::size_t w = w_;   // the compiler cannot know that no rank is stored into w_
        std::array<Rank, longest_window> suffix;
        Rank* next = minima_.data();
        Rank last = no_kmer<Rank>;
        for (std::size_t block = 0; block < windows; block += w) {
            const Rank* const left = ranks_.data() + block;
            const Rank* const right = left + w;
            Rank smallest = no_kmer<Rank>;
            for (std::size_t place = w; place-- > 0;) suffix[place] = smallest = smaller(left[place], smallest);
            Rank prefix = no_kmer<Rank>;
            const std::size_t here = std::min(w, windows - block);
            for (std::size_t place = 0; place < here; ++place) {
                const Rank minimum = smaller(suffix[place], prefix);
                *next = minimum;
                next += minimum != last;
                last = minimum;
                prefix = smaller(right[place], prefix);
            }
        }
        return static_cast<std::size_t>(next - minima_.data());
    }

    void keep(std::span<const Rank> minima, std::size_t origin, std::vector<Minimizer>& result) {
        const std::size_t before = result.size();
        result.resize(before + minima.size());
        Minimizer* next = result.data() + before;
        std::size_t next_position = next_position_;
        for (const Rank rank : minima) {
            const std::size_t position = origin + (last_start - 1 - (static_cast<std::uint64_t>(rank) >> 1 & last_start));
            *next = {static_cast<std::uint64_t>(rank >> (start_bits + 1)), static_cast<std::uint32_t>(position), (rank & 1) != 0};
            // The first one may be the last minimizer of the stretch before.
            const bool is_new = rank != no_kmer<Rank> && position >= next_position;
            next += is_new;
            next_position = is_new ? position + 1 : next_position;
        }
        next_position_ = next_position;
        result.resize(static_cast<std::size_t>(next - result.data()));
    }

    int k_;
    std::size_t w_;
    std::size_t next_position_ = 0;
    std::array<Rank, stretch_starts> ranks_;
    std::array<Rank, stretch_windows + 1> minima_;   // one place more, as each minimum is written before it is known to be new
};

template <class Rank>
void sketch_stretches(std::span<const Code> codes, int k, int w, std::vector<Minimizer>& result) {
    const std::size_t window_bases = static_cast<std::size_t>(w) + static_cast<std::size_t>(k) - 1;
    const std::size_t windows = codes.size() - window_bases + 1;
    Sketcher<Rank> sketcher(k, w);
    for (std::size_t begin = 0; begin < windows; begin += stretch_windows) {
        const std::size_t here = std::min(stretch_windows, windows - begin);
        sketcher.add_stretch(codes.subspan(begin, here + window_bases - 1), begin, result);
    }
}

}  // namespace

void sketch(std::span<const Code> codes, int k, int w, std::vector<Minimizer>& result) {
    assert(k >= 4 && k <= 28 && w >= 1 && w <= static_cast<int>(longest_window) && codes.size() < std::uint64_t{1} << 32);
    if (codes.size() < static_cast<std::size_t>(k)) return;
    const std::size_t starts = codes.size() - static_cast<std::size_t>(k) + 1;
    const int window = static_cast<int>(std::min(starts, static_cast<std::size_t>(w)));
    if (2 * k + start_bits + 1 <= 64) {
        sketch_stretches<std::uint64_t>(codes, k, window, result);
    } else {
        sketch_stretches<Wide>(codes, k, window, result);
    }
}

}  // namespace weft
