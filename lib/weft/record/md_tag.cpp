#include "weft/record/md_tag.hpp"

#include "weft/record/decimal.hpp"

namespace weft {

void append_md(std::span<const CigarElement> cigar, std::int64_t begin, ReferenceWindow& reference, std::string& text) {
    std::int64_t matches = 0;   // since the last letter; written before each difference and at the end, even when 0
    std::int64_t position = begin;
    for (const CigarElement& element : cigar) {
        switch (element.op) {
            case CigarOp::match:
                matches += element.length;
                break;
            case CigarOp::mismatch:
                for (std::int64_t i = 0; i < element.length; ++i) {
                    append_decimal(text, matches);
                    text += reference.at(position + i);
                    matches = 0;
                }
                break;
            case CigarOp::deletion:
                append_decimal(text, matches);
                text += '^';
                for (std::int64_t i = 0; i < element.length; ++i) text += reference.at(position + i);
                matches = 0;
                break;
            default: break;   // insertions and introns leave no trace in MD
        }
        if (consumes_reference(element.op)) position += element.length;
    }
    append_decimal(text, matches);
}

}  // namespace weft
