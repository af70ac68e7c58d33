#include "weft/record/cs_tag.hpp"

#include "weft/record/decimal.hpp"

namespace weft {
namespace {

constexpr char lower(char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter; }

}  // namespace

void append_cs(CsTag form, std::span<const CigarElement> cigar, std::int64_t begin, ReferenceWindow& reference,
               std::string_view query, std::string& text) {
    std::int64_t position = begin;
    for (const CigarElement& element : cigar) {
        const std::int64_t length = element.length;
        const std::string_view letters = consumes_query(element.op) ? query.substr(0, element.length) : std::string_view{};
        switch (element.op) {
            case CigarOp::match:
                if (form == CsTag::full) {
                    text += '=';
                    text += letters;
                } else {
                    text += ':';
                    append_decimal(text, length);
                }
                break;
            case CigarOp::mismatch:
                for (std::int64_t i = 0; i < length; ++i) {
                    text += '*';
                    text += lower(reference.at(position + i));
                    text += lower(letters[static_cast<std::size_t>(i)]);
                }
                break;
            case CigarOp::insertion:
                text += '+';
                for (const char letter : letters) text += lower(letter);
                break;
            case CigarOp::deletion:
                text += '-';
                for (std::int64_t i = 0; i < length; ++i) text += lower(reference.at(position + i));
                break;
            case CigarOp::skip:   // the two bases of the intron at each end tell its kind
                text += '~';
                text += lower(reference.at(position));
                text += lower(reference.at(position + 1));
                append_decimal(text, length);
                text += lower(reference.at(position + length - 2));
                text += lower(reference.at(position + length - 1));
                break;
            default: break;
        }
        query.remove_prefix(letters.size());
        if (consumes_reference(element.op)) position += length;
    }
}

}  // namespace weft
