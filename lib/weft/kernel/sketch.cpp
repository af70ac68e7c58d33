// The scalar sketch, constant work per base whatever w.
//
// The start positions are cut into blocks of w. A window that starts inside a block is the rest of that block followed by the
// beginning of the next one, so its minimum is the smaller of a suffix minimum and a prefix minimum: both are running minima,
// nothing is searched again and hardly anything branches. (The two-stack queue, with the blocks as stacks; van Herk 1992.)
//
// A k-mer is ranked by one word: its hash in the upper 56 bits, and below it a byte that falls with the place in the block, so
// that the smaller rank is the smaller hash and, of equals, the one further right.
#include "weft/kernel/sketch.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace weft {
namespace {

constexpr int longest_window = 255;
constexpr std::uint64_t no_kmer = ~std::uint64_t{0};   // above every rank, as the low byte of a rank is at most 254

constexpr std::uint64_t rank_of(std::uint64_t hash, int place) { return hash << 8 | static_cast<std::uint64_t>(254 - place); }
constexpr int place_of(std::uint64_t rank) { return 254 - static_cast<int>(rank & 255); }

/// The k-mers of a sequence one after the other, on both strands.
class RollingKmer {
public:
    RollingKmer(std::span<const Code> codes, int k) : codes_(codes), k_(k), mask_((std::uint64_t{1} << 2 * k) - 1) {
        for (int i = 0; i + 1 < k && static_cast<std::size_t>(i) < codes.size(); ++i) add(codes[static_cast<std::size_t>(i)]);
    }

    /// Moves on by one base; the first call reaches the k-mer at 0.
    void advance() { add(codes_[next_start_++ + static_cast<std::size_t>(k_) - 1]); }
    bool takes_part() const { return unambiguous_ >= k_ && forward_ != backward_; }
    bool reverse() const { return backward_ < forward_; }
    std::uint64_t hash() const { return mix(std::min(forward_, backward_), 2 * k_); }

private:
    void add(Code code) {
        unambiguous_ = code < 4 ? unambiguous_ + 1 : 0;
        forward_ = (forward_ << 2 | (code & 3)) & mask_;
        backward_ = backward_ >> 2 | static_cast<std::uint64_t>(3 - (code & 3)) << 2 * (k_ - 1);
    }

    std::span<const Code> codes_;
    int k_;
    std::uint64_t mask_;
    std::size_t next_start_ = 0;
    std::int64_t unambiguous_ = 0;   // bases since the last ambiguous one
    std::uint64_t forward_ = 0;
    std::uint64_t backward_ = 0;
};

void append_every_kmer(RollingKmer kmer, std::size_t starts, std::vector<Minimizer>& result) {
    for (std::size_t start = 0; start < starts; ++start) {
        kmer.advance();
        if (kmer.takes_part()) result.push_back({kmer.hash(), static_cast<std::uint32_t>(start), kmer.reverse()});
    }
}

/// A block of w start positions: ranks, and whether each k-mer is canonical as its reverse complement.
struct Block {
    std::array<std::uint64_t, longest_window> rank;
    std::array<bool, longest_window> reverse;

    void fill(RollingKmer& kmer, int existing, int window) {
        for (int place = 0; place < existing; ++place) {
            kmer.advance();
            rank[static_cast<std::size_t>(place)] = kmer.takes_part() ? rank_of(kmer.hash(), place) : no_kmer;
            reverse[static_cast<std::size_t>(place)] = kmer.reverse();
        }
        std::fill(rank.begin() + existing, rank.begin() + window, no_kmer);
    }
    void turn_into_suffix_minima(int window) {
        for (int place = window - 2; place >= 0; --place) {
            auto& here = rank[static_cast<std::size_t>(place)];
            here = std::min(here, rank[static_cast<std::size_t>(place) + 1]);
        }
    }
};

}  // namespace

void sketch(std::span<const Code> codes, int k, int w, std::vector<Minimizer>& result) {
    assert(k >= 4 && k <= 28 && w >= 1 && w <= longest_window && codes.size() < std::uint64_t{1} << 32);
    if (codes.size() < static_cast<std::size_t>(k)) return;
    const std::size_t starts = codes.size() - static_cast<std::size_t>(k) + 1;
    RollingKmer kmer(codes, k);
    if (w == 1) return append_every_kmer(kmer, starts, result);

    const int window = static_cast<int>(std::min(starts, static_cast<std::size_t>(w)));
    const std::size_t windows = starts - static_cast<std::size_t>(window) + 1;
    std::array<Block, 2> blocks;
    blocks[0].fill(kmer, window, window);
    blocks[0].turn_into_suffix_minima(window);

    std::array<Minimizer, longest_window> kept;
    std::uint64_t last_kept = no_kmer;
    for (std::size_t begin = 0; begin < windows; begin += static_cast<std::size_t>(window)) {
        Block& left = blocks[begin / static_cast<std::size_t>(window) % 2];
        Block& right = blocks[1 - begin / static_cast<std::size_t>(window) % 2];
        const std::size_t right_begin = begin + static_cast<std::size_t>(window);
        const int existing = static_cast<int>(std::min(starts - right_begin, static_cast<std::size_t>(window)));
        right.fill(kmer, existing, window);

        const int windows_here = static_cast<int>(std::min(windows - begin, static_cast<std::size_t>(window)));
        std::size_t count = 0;
        std::uint64_t prefix = no_kmer;   // minimum of the part of the window that lies in the right block
        for (int place = 0; place < windows_here; ++place) {
            const std::uint64_t suffix = left.rank[static_cast<std::size_t>(place)];
            // Of equal hashes the right block's wins: any low byte of a real rank is at most 254.
            const bool in_right = prefix <= (suffix & ~std::uint64_t{255}) + 254;
            const std::uint64_t smallest = in_right ? prefix : suffix;
            const int at = place_of(smallest);
            const std::uint64_t position = (in_right ? right_begin : begin) + static_cast<std::uint64_t>(at);
            if (smallest != no_kmer && position != last_kept) {
                const bool reverse = (in_right ? right : left).reverse[static_cast<std::size_t>(at)];
                kept[count++] = {smallest >> 8, static_cast<std::uint32_t>(position), reverse};
                last_kept = position;
            }
            prefix = std::min(prefix, right.rank[static_cast<std::size_t>(place)]);
        }
        result.insert(result.end(), kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(count));
        right.turn_into_suffix_minima(window);
    }
}

}  // namespace weft
