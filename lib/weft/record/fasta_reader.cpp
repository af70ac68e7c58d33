#include "weft/record/fasta_reader.hpp"

#include "weft/model/error.hpp"
#include "weft/record/sequence_text.hpp"

namespace weft {

bool FastaReader::read(Feature& feature) {
    // Whatever stands between records is blank: sequence lines end where a header begins.
    std::optional<std::string_view> header = lines_.line();
    while (header && without_trailing_blanks(*header).empty()) header = lines_.line();
    if (!header) return false;
    header_line_ = lines_.line_number();
    if (header->front() != '>') {
        throw FormatError({at_line(lines_.name(), header_line_), "expected a header that begins with '>', found " + shown(header->front())});
    }
    split_header(header->substr(1), lines_.name(), header_line_, feature.name, feature.comment);
    feature.sequence.clear();
    feature.qualities.clear();
    feature.tags.clear();
    for (std::optional<char> first = lines_.peek(); first && *first != '>'; first = lines_.peek()) read_sequence_line(feature.sequence);
    return true;
}

bool FastaReader::skip_record() {
    lines_.finish_line();
    while (lines_.peek().value_or('>') != '>') (void)lines_.line();
    return true;
}

void FastaReader::read_sequence_line(std::string& sequence) {
    std::optional<LineReader::Part> part = lines_.part();
    while (part) {
        if (part->ends_line) return append_letters(without_trailing_blanks(part->text), lines_.name(), lines_.line_number(), sequence);
        append_letters(part->text, lines_.name(), lines_.line_number(), sequence);
        part = lines_.part();
    }
}

}  // namespace weft
