// Minimizer sketch: the (w,k) minimizers of a sequence, canonical over both strands.
//
// Definition (the scalar version below it is the judge of every faster one):
//   - A k-mer exists at i when bases [i, i+k) are all A, C, G, T. Its key is 2k bits, first base in the highest bits.
//   - Its canonical form is the smaller of the key and the key of its reverse complement; the hash is `mix` of that form.
//     k-mers that equal their reverse complement do not take part.
//   - In every window of w consecutive start positions the k-mer with the smallest hash is kept, the rightmost of equals;
//     a window in which no k-mer takes part keeps none. A sequence with fewer than w start positions is one window.
// Roberts et al. 2004 (Bioinformatics 20:3363), Schleimer et al. 2003; the mixing makes the order pseudo-random, and as it is
// invertible, equal hashes mean equal k-mers.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "weft/model/sequence.hpp"

namespace weft {

struct Minimizer {
    std::uint64_t hash = 0;       // mixed canonical key, below 4^k
    std::uint32_t position = 0;   // first base of the k-mer
    bool reverse = false;         // the canonical form is the reverse complement
    bool operator==(const Minimizer&) const = default;
};

/// Invertible mixing of a key of `bits` = 2k bits: multiply, fold, multiply. Keys of up to 32 bits need only the low 32 bits of
/// each product, so a lane of 32 bits computes the same. The final complement makes poly-A, whose key is 0, the last choice
/// of every window rather than the first.
constexpr std::uint64_t mix(std::uint64_t key, int bits) {
    const std::uint64_t mask = (std::uint64_t{1} << bits) - 1;
    key = (key * 0xC2B2AE3D27D4EB4Fu) & mask;
    key ^= key >> bits / 2;
    return ~(key * 0x9E3779B185EBCA87u) & mask;
}

/// Key of a k-mer of codes 0 to 3, and the key of its reverse complement.
constexpr std::uint64_t key_of(std::span<const Code> kmer) {
    std::uint64_t key = 0;
    for (const Code code : kmer) key = key << 2 | code;
    return key;
}
constexpr std::uint64_t reverse_complement_key(std::uint64_t key, int k) {
    std::uint64_t result = 0;
    for (int i = 0; i < k; ++i, key >>= 2) result = result << 2 | (3 - (key & 3));
    return result;
}

/// Appends the minimizers of `codes` (below 2^32 of them) to `result`, by rising position, each once. 1 <= w < 256, 4 <= k <= 28.
void sketch(std::span<const Code> codes, int k, int w, std::vector<Minimizer>& result);

/// Appends every k-mer of `codes` that exists and is not its own reverse complement (w = 1).
inline void all_kmers(std::span<const Code> codes, int k, std::vector<Minimizer>& result) { sketch(codes, k, 1, result); }

}  // namespace weft
