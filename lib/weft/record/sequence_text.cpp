#include "weft/record/sequence_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "weft/model/error.hpp"

namespace weft {
namespace {

constexpr std::array<bool, 256> make_foreign() {
    std::array<bool, 256> foreign{};
    foreign.fill(true);
    for (const char letter : std::string_view("ACGTURYKMSWBDHVNacgturykmswbdhvn")) foreign[static_cast<unsigned char>(letter)] = false;
    return foreign;
}

constexpr std::array<bool, 256> is_foreign = make_foreign();

bool foreign(char letter) { return is_foreign[static_cast<unsigned char>(letter)]; }

bool is_blank(char character) { return character == ' ' || character == '\t'; }

bool is_control(char character) {
    const auto code = static_cast<unsigned char>(character);
    return code < 0x20 || code == 0x7f;
}

[[noreturn]] void refuse_letter(char letter, const std::string& file, std::uint64_t line) {
    const std::string where = at_line(file, line);
    switch (letter) {
        case '-':
        case '.': throw FormatError({where, shown(letter) + " stands for a gap, not for a base", "give the sequences unaligned"});
        case '*': throw FormatError({where, "'*' is not a nucleotide letter", "weft aligns DNA and RNA, not proteins"});
        case ' ':
        case '\t': throw FormatError({where, "white space inside a sequence", "remove it"});
        case '\r': throw FormatError({where, "a carriage return inside a sequence", "convert the line ends (mac2unix)"});
        case 'X':
        case 'x': throw FormatError({where, shown(letter) + " is not a nucleotide letter", "mask with N"});
        default: break;
    }
    const bool protein = (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z');
    throw FormatError({where, shown(letter) + " is not a nucleotide letter", protein ? "weft aligns DNA and RNA, not proteins" : ""});
}

}  // namespace

bool are_letters(std::string_view text) { return std::none_of(text.begin(), text.end(), foreign); }

std::string at_line(const std::string& file, std::uint64_t line) { return fmt::format("{}:{}", file, line); }

std::string shown(char character) {
    const auto code = static_cast<unsigned char>(character);
    return code > 0x20 && code < 0x7f ? fmt::format("'{}'", character) : fmt::format("character 0x{:02x}", code);
}

void split_header(std::string_view header, const std::string& file, std::uint64_t line, std::string& name, std::string& comment) {
    const std::size_t name_end = std::min(header.find_first_of(" \t"), header.size());
    const std::string_view found = header.substr(0, name_end);
    if (found.empty()) {
        const bool nothing = without_trailing_blanks(header).empty();
        throw FormatError({at_line(file, line), nothing ? "the header has no name" : "the header has white space before its name",
                           "write a name directly behind the first character"});
    }
    const auto control = std::find_if(found.begin(), found.end(), is_control);
    if (control != found.end()) throw FormatError({at_line(file, line), shown(*control) + " inside a name"});
    name.assign(found);
    const std::size_t comment_begin = std::min(header.find_first_not_of(" \t", name_end), header.size());
    comment.assign(header.substr(comment_begin));
}

std::string_view without_trailing_blanks(std::string_view text) {
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

void append_letters(std::string_view letters, const std::string& file, std::uint64_t line, std::string& sequence) {
    bool any = false;   // no early exit: the loop runs faster without, and a foreign letter ends the run anyway
    for (const char letter : letters) any |= foreign(letter);
    if (any) refuse_letter(*std::find_if(letters.begin(), letters.end(), foreign), file, line);
    sequence.append(letters);
}

}  // namespace weft
