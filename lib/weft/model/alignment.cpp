#include "weft/model/alignment.hpp"

namespace weft {

double Alignment::gap_compressed_divergence() const {
    const std::int64_t differences = mismatches - ambiguous + gap_opens;
    const std::int64_t counted = matches + differences;
    return counted == 0 ? 0.0 : static_cast<double>(differences) / static_cast<double>(counted);
}

const char* reason(Unaligned why) {
    switch (why) {
        case Unaligned::no: return "aligned";
        case Unaligned::empty_sequence: return "empty sequence";
        case Unaligned::too_short: return "too short";
        case Unaligned::no_seed: return "no seed";
        case Unaligned::low_score: return "low score";
        case Unaligned::failed: return "failed";
    }
    return "unknown";
}

}  // namespace weft
