#include "weft/record/fastq_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "weft/model/error.hpp"
#include "weft/record/sequence_text.hpp"

namespace weft {
namespace {

bool is_no_quality(char character) { return character < '!' || character > '~'; }

}  // namespace

bool FastqReader::read(Feature& feature) {
    std::optional<std::string_view> header = lines_.line();
    while (header && without_trailing_blanks(*header).empty()) header = lines_.line();
    if (!header) return false;
    if (header->front() != '@') refuse("expected a header that begins with '@', found " + shown(header->front()));
    split_header(header->substr(1), lines_.name(), lines_.line_number(), feature.name, feature.comment);
    feature.tags.clear();
    const int letter_lines = read_letters(feature);
    read_qualities(feature, letter_lines);
    return true;
}

// Reads up to and including the '+' line; returns how many lines had letters.
int FastqReader::read_letters(Feature& feature) {
    feature.sequence.clear();
    for (int letter_lines = 0;;) {
        const std::optional<std::string_view> line = lines_.line();
        if (!line) refuse_truncated(feature, "'+' line");
        if (line->starts_with('+')) {
            check_repeated_header(line->substr(1), feature);
            return letter_lines;
        }
        if (line->starts_with('@')) refuse(fmt::format("expected the '+' line of '{}', found another header", feature.name));
        const std::string_view letters = without_trailing_blanks(*line);
        append_letters(letters, lines_.name(), lines_.line_number(), feature.sequence);
        letter_lines += !letters.empty();
    }
}

// The '+' line may repeat the header, all of it or the name; anything else belongs to another record.
void FastqReader::check_repeated_header(std::string_view plus_line, const Feature& feature) const {
    const std::string_view name = plus_line.substr(0, plus_line.find_first_of(" \t"));
    if (without_trailing_blanks(plus_line).empty() || name == feature.name) return;
    refuse(fmt::format("the '+' line names '{}', the header '{}'", name, feature.name));
}

void FastqReader::read_qualities(Feature& feature, int letter_lines) {
    feature.qualities.clear();
    const std::size_t expected = feature.sequence.size();
    // A read of no bases has an empty quality line or none; blank lines are passed over before the next header anyway.
    for (int lines = 0; lines < letter_lines && feature.qualities.size() < expected; ++lines) {
        const std::optional<std::string_view> line = lines_.line();
        if (!line) refuse_truncated(feature, feature.qualities.empty() ? "quality line" : "last quality line");
        const auto wrong = std::find_if(line->begin(), line->end(), is_no_quality);
        if (wrong != line->end()) refuse(fmt::format("{} is no quality: expected '!' to '~'", shown(*wrong)));
        feature.qualities.append(*line);
    }
    if (feature.qualities.size() != expected) {
        refuse(fmt::format("quality has {} characters, sequence has {}", feature.qualities.size(), expected));
    }
}

void FastqReader::refuse(const std::string& problem) const { throw FormatError({at_line(lines_.name(), lines_.line_number()), problem}); }

void FastqReader::refuse_truncated(const Feature& feature, const std::string& missing) const {
    throw FormatError({at_line(lines_.name(), lines_.line_number()), fmt::format("the file ends before the {} of '{}'", missing, feature.name),
                       "fetch or write the file again"});
}

}  // namespace weft
