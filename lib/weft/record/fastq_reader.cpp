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
    lines_.mark();   // a record that is bad may have taken lines of the next one with it
    std::optional<std::string_view> header = lines_.line();
    while (header && without_trailing_blanks(*header).empty()) header = lines_.line();
    if (!header) return false;
    if (header->front() != '@') refuse("expected a header that begins with '@', found " + shown(header->front()));
    split_header(header->substr(1), lines_.name(), lines_.line_number(), feature.name, feature.comment);
    feature.tags.clear();
    read_letters(feature);
    read_qualities(feature);
    return true;
}

bool FastqReader::skip_record() {
    lines_.rewind();
    (void)lines_.line();
    while (lines_.peek() && !at_record()) (void)lines_.line();
    return true;
}

// Whether a record seems to begin here. Takes nothing. A record with a wrong letter is one too, and has to be told of, if its four lines
// leave no doubt: a line of qualities may begin with '@' and look like a header.
bool FastqReader::at_record() {
    if (lines_.peek() != '@') return false;
    lines_.mark();
    (void)lines_.line();
    std::size_t letters = 0;
    bool sound = true;
    std::optional<std::string_view> line = lines_.line();
    for (; line && !line->starts_with('+') && !line->starts_with('@'); line = lines_.line()) {
        if (!sound || (letters > 0 && !are_letters(without_trailing_blanks(*line)))) break;
        sound = are_letters(without_trailing_blanks(*line));
        letters += without_trailing_blanks(*line).size();
    }
    bool found = line && line->starts_with('+') && letters > 0;
    if (found && !sound) {
        line = lines_.line();
        found = line && line->size() == letters;
    }
    lines_.rewind();
    return found;
}

// Reads up to and including the '+' line.
void FastqReader::read_letters(Feature& feature) {
    feature.sequence.clear();
    for (;;) {
        const std::optional<std::string_view> line = lines_.line();
        if (!line) refuse_truncated(feature, "'+' line");
        if (line->starts_with('+')) return check_repeated_header(line->substr(1), feature);
        if (line->starts_with('@')) refuse(fmt::format("expected the '+' line of '{}', found another header", feature.name));
        append_letters(without_trailing_blanks(*line), lines_.name(), lines_.line_number(), feature.sequence);
    }
}

// The '+' line may repeat the header, all of it or the name; anything else belongs to another record.
void FastqReader::check_repeated_header(std::string_view plus_line, const Feature& feature) const {
    const std::string_view name = plus_line.substr(0, plus_line.find_first_of(" \t"));
    if (without_trailing_blanks(plus_line).empty() || name == feature.name) return;
    refuse(fmt::format("the '+' line names '{}', the header '{}'", name, feature.name));
}

// Takes quality lines until there are as many characters as letters. When some are missing, that swallows the next header:
// the first line that could be one is remembered, and the count before it reported if things do not come out.
void FastqReader::read_qualities(Feature& feature) {
    const std::size_t expected = feature.sequence.size();
    std::string& qualities = feature.qualities;
    qualities.clear();
    std::uint64_t last_line = lines_.line_number();
    struct Before {
        std::size_t characters;
        std::uint64_t line;
    };
    std::optional<Before> before_header;
    while (qualities.size() < expected) {
        const std::optional<std::string_view> line = lines_.line();
        if (line && line->starts_with('@') && !qualities.empty() && !before_header) before_header = {qualities.size(), last_line};
        const auto wrong = line ? std::find_if(line->begin(), line->end(), is_no_quality) : nullptr;
        if (line && !line->empty() && wrong == line->end()) {
            qualities.append(*line);
            last_line = lines_.line_number();
            continue;
        }
        if (before_header) break;
        if (!line && qualities.empty()) refuse_truncated(feature, "quality line");
        if (line && !line->empty()) refuse(fmt::format("{} is no quality: expected '!' to '~'", shown(*wrong)));
        last_line = lines_.line_number();
        break;
    }
    const char next = lines_.peek().value_or('@');
    const bool record_ends = next == '@' || next == '\n';
    if (qualities.size() == expected && (record_ends || !before_header)) return;
    const auto [characters, line] = before_header.value_or(Before{qualities.size(), last_line});
    throw FormatError({at_line(lines_.name(), line), fmt::format("quality has {} characters, sequence has {}", characters, expected)});
}

void FastqReader::refuse(const std::string& problem) const { throw FormatError({at_line(lines_.name(), lines_.line_number()), problem}); }

void FastqReader::refuse_truncated(const Feature& feature, const std::string& missing) const {
    throw FormatError({at_line(lines_.name(), lines_.line_number()), fmt::format("the file ends before the {} of '{}'", missing, feature.name),
                       "fetch or write the file again"});
}

}  // namespace weft
