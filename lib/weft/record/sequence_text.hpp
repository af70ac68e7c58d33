// What FASTA and FASTQ share: header lines, and letters that must be nucleotides.
//
// Whatever is no IUPAC letter is refused here, with file and line, because further in it would only be one more mismatch:
// a protein, a gapped alignment or a damaged file would "work" and give nonsense.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace weft {

/// "file:line", the `where` of messages about text.
std::string at_line(const std::string& file, std::uint64_t line);

/// Splits what follows '>' or '@' into the name (up to the first space or tab) and the comment behind the white space.
/// Throws FormatError when there is no name directly behind the mark, or when the name holds a control character.
void split_header(std::string_view header, const std::string& file, std::uint64_t line, std::string& name, std::string& comment);

/// `text` without spaces and tabs at its end.
std::string_view without_trailing_blanks(std::string_view text);

/// Appends letters of a sequence. Throws FormatError for the first character that is no IUPAC nucleotide letter (A C G T U R
/// Y K M S W B D H V N in either case), with advice for what it probably is.
void append_letters(std::string_view letters, const std::string& file, std::uint64_t line, std::string& sequence);

/// Whether all characters are IUPAC nucleotide letters.
bool are_letters(std::string_view text);

/// A character as messages show it: 'x', or its number when it is not printable.
std::string shown(char character);

}  // namespace weft
