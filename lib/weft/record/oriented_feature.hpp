// The letters and qualities of a feature in both directions, each made at most once, as all its records show slices of them.
//
// SEQ is written the way BAM stores it whatever the format: upper case, U as T, letters that are not IUPAC as N. So SAM, BAM
// and CRAM output of one run hold the same records.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "weft/model/coordinates.hpp"
#include "weft/model/feature.hpp"

namespace weft {

class OrientedFeature {
public:
    /// The feature must stay where it is until the next call.
    void assign(const Feature& feature);

    /// The whole sequence as it reads along the forward reference when the feature lies on `strand`.
    std::string_view letters(Strand strand);
    /// The same for the qualities (phred + 33); empty when there are none.
    std::string_view qualities(Strand strand);

private:
    const Feature* feature_ = nullptr;
    std::array<std::string, 2> letters_{};
    std::array<bool, 2> ready_{};
    std::string reversed_qualities_{};
    bool qualities_ready_ = false;
};

}  // namespace weft
