#include "weft/align/left_align.hpp"

#include <algorithm>

#include "weft/align/reference_bases.hpp"

namespace weft {
namespace {

bool is_gap(CigarOp op) { return op == CigarOp::insertion || op == CigarOp::deletion; }

}  // namespace

void left_align(const IndexView& index, std::span<const Code> query, std::uint64_t reference, Cigar& cigar) {
    if (std::none_of(cigar.begin(), cigar.end(), [](const CigarElement& element) { return is_gap(element.op); })) return;
    ReferenceBases bases(index);
    Cigar result;
    result.reserve(cigar.size() + 2);
    std::size_t q = 0;             // query and reference position behind `result`
    std::uint64_t r = reference;
    for (const CigarElement& element : cigar) {
        if (!is_gap(element.op)) {
            append(result, element.op, element.length);
            q += element.length;
            r += element.length;
            continue;
        }
        const bool insertion = element.op == CigarOp::insertion;
        std::uint32_t length = element.length;
        std::uint32_t carried = 0;   // match columns that have moved from the left of the gap to its right
        for (;;) {
            // The gap stands at (q - carried, r - carried): it may move over the match before it when the base that leaves the
            // gap on its right equals the one that enters on its left.
            const bool before_is_match = !result.empty() && result.back().op == CigarOp::match;
            const bool keeps_first_column = result.size() > 1 || (result.size() == 1 && result.back().length > 1);
            if (!before_is_match || !keeps_first_column) break;
            const Code entering = query[q - carried - 1];   // a match column: the same on the reference
            const Code leaving = insertion ? query[q - carried + length - 1] : bases.at(r - carried + length - 1);
            if (entering != leaving) break;
            if (--result.back().length == 0) {
                result.pop_back();
                ++carried;
                if (!result.empty() && result.back().op == element.op) {   // met an earlier gap of its kind: one gap from here on
                    length += result.back().length;
                    if (insertion)
                        q -= result.back().length;
                    else
                        r -= result.back().length;
                    result.pop_back();
                }
                continue;
            }
            ++carried;
        }
        append(result, element.op, length);
        append(result, CigarOp::match, carried);
        (insertion ? q : r) += length;
    }
    cigar = std::move(result);
}

}  // namespace weft
