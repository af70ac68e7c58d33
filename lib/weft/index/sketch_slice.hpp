// The sketch of a contig in slices that know nothing of each other, so that threads can share a chromosome.
//
// A slice [begin, end) of a contig owns the windows that start in it. Neighbouring windows often share their minimizer, and
// so do the last window of one slice and the first of the next; each slice therefore looks at one window more, the one before
// its first, and leaves out what that window keeps. Over any cut into slices the result is the sketch of the whole contig.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "weft/kernel/sketch.hpp"
#include "weft/model/sequence.hpp"

namespace weft {

/// Bases [begin, end) of a contig.
struct Slice {
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// The bases that the sketch of a slice needs, out of a contig of `contig_bases`: one before it, and the last window's.
constexpr Slice bases_to_sketch(Slice slice, std::size_t contig_bases, int k, int w) {
    return {slice.begin - (slice.begin > 0), std::min(contig_bases, slice.end + static_cast<std::size_t>(k + w - 2))};
}

/// The minimizers of a slice, given the codes of `bases_to_sketch`. Positions count from slice.begin. The result lies in
/// `found`, whose content is replaced.
std::span<const Minimizer> sketch_slice(std::span<const Code> codes, Slice slice, int k, int w, std::vector<Minimizer>& found);

}  // namespace weft
