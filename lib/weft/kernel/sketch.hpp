// Minimizer sketch: the (w,k) minimizers of a sequence, canonical over both strands.
//
// Definition (the scalar version below it is the judge of every faster one):
//   - A k-mer exists at i when bases [i, i+k) are all A, C, G, T. Its key is 2k bits, first base in the highest bits.
//   - Its canonical form is the smaller of the key and the key of its reverse complement after mixing with `mix`;
//     k-mers that equal their reverse complement do not take part.
//   - In every window of w consecutive start positions the k-mer with the smallest mixed key is kept, the rightmost of equals.
//     A sequence with fewer than w start positions is one window.
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

/// Invertible mixing of a key of `bits` = 2k bits.
std::uint64_t mix(std::uint64_t key, int bits);

/// Appends the minimizers of `codes` (below 2^32 of them) to `result`, by rising position, each once. 1 <= w < 256, 4 <= k <= 28.
void sketch(std::span<const Code> codes, int k, int w, std::vector<Minimizer>& result);

/// Appends every k-mer of `codes` that exists and is not its own reverse complement (w = 1).
inline void all_kmers(std::span<const Code> codes, int k, std::vector<Minimizer>& result) { sketch(codes, k, 1, result); }

}  // namespace weft
