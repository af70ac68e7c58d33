#include "weft/index/sketch_slice.hpp"

namespace weft {

std::span<const Minimizer> sketch_slice(std::span<const Code> codes, Slice slice, int k, int w, std::vector<Minimizer>& found) {
    found.clear();
    if (slice.begin == 0) {
        sketch(codes, k, w, found);
        return found;
    }
    const std::size_t window_bases = static_cast<std::size_t>(k + w - 1);
    if (codes.size() <= window_bases) return {};   // the end of the contig: no window starts here
    sketch(codes, k, w, found);
    // A k-mer inside the window before the slice means that this window keeps one; it comes first.
    const bool kept_before = !found.empty() && found.front().position < static_cast<std::size_t>(w);
    const std::span<Minimizer> kept = std::span(found).subspan(kept_before ? 1 : 0);
    for (Minimizer& minimizer : kept) --minimizer.position;
    return kept;
}

}  // namespace weft
