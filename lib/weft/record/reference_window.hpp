// Letters of a stretch of the reference, fetched piece by piece as a reader moves along it.
//
// MD and cs need the reference only at differences, so nothing is fetched between two that are far apart, and an alignment of a whole
// chromosome needs no buffer of its size.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "weft/model/reference.hpp"

namespace weft {

class ReferenceWindow {
public:
    /// `stretch` must lie on the contig; `letters` must outlive the window.
    ReferenceWindow(const ReferenceLetters& letters, ContigId contig, ReferenceInterval stretch)
        : letters_(letters), contig_(contig), stretch_(stretch) {}

    /// The letter at a position inside the stretch, upper case.
    char at(std::int64_t position) {
        if (!loaded_.contains(position)) load(position);
        return buffer_[static_cast<std::size_t>(position - loaded_.begin)];
    }

private:
    void load(std::int64_t position) {
        loaded_ = {position, std::min(position + static_cast<std::int64_t>(buffer_.size()), stretch_.end)};
        letters_(contig_, loaded_, std::span(buffer_).first(static_cast<std::size_t>(loaded_.length())));
    }

    const ReferenceLetters& letters_;
    ContigId contig_;
    ReferenceInterval stretch_;
    ReferenceInterval loaded_{};
    std::array<char, 256> buffer_;
};

}  // namespace weft
