// Single bases of the reference, for code that walks along an alignment a base at a time.
#pragma once

#include <cstdint>

#include "weft/index/index_view.hpp"

namespace weft {

/// Codes at linear positions; remembers the stretch it is in, so that runs of N cost nothing where there are none.
/// Cheap to make, not thread-safe.
class ReferenceBases {
public:
    explicit ReferenceBases(const IndexView& index) : index_(index) {}

    Code at(std::uint64_t linear) {
        const auto position = static_cast<std::int64_t>(linear);
        if (!stretch_.contains(position)) {
            stretch_ = index_.unambiguous_stretch(linear);
            if (stretch_.empty()) return ambiguous_code;
        }
        return static_cast<Code>(index_.packed[linear >> 5] >> (2 * (linear & 31)) & 3);
    }

private:
    const IndexView& index_;
    LinearInterval stretch_{0, 0};
};

}  // namespace weft
