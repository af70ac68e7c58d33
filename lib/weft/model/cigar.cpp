#include "weft/model/cigar.hpp"

namespace weft {

std::int64_t query_length(std::span<const CigarElement> cigar) {
    std::int64_t total = 0;
    for (const CigarElement& element : cigar)
        if (consumes_query(element.op)) total += element.length;
    return total;
}

std::int64_t reference_length(std::span<const CigarElement> cigar) {
    std::int64_t total = 0;
    for (const CigarElement& element : cigar)
        if (consumes_reference(element.op)) total += element.length;
    return total;
}

Cigar with_merged_matches(std::span<const CigarElement> cigar) {
    Cigar merged;
    merged.reserve(cigar.size());
    for (const CigarElement& element : cigar) {
        const bool aligned = element.op == CigarOp::match || element.op == CigarOp::mismatch;
        append(merged, aligned ? CigarOp::match_or_mismatch : element.op, element.length);
    }
    return merged;
}

std::string to_string(std::span<const CigarElement> cigar) {
    if (cigar.empty()) return "*";
    std::string text;
    for (const CigarElement& element : cigar) {
        text += std::to_string(element.length);
        text += symbol(element.op);
    }
    return text;
}

}  // namespace weft
