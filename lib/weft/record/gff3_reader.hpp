// Lines of a GFF3 annotation, one by one and strictly; no tree of parents and children is built here.
//
// Sequence Ontology's GFF3 1.26. Positions become 0-based and half-open; the 1-based closed ones exist only in the file.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "weft/model/coordinates.hpp"

namespace weft {

/// One feature line. Text is unescaped (%09 and the like).
struct Gff3Line {
    std::string sequence_id{};
    std::string source{};
    std::string type{};
    std::int64_t begin = 0;   // 0-based
    std::int64_t end = 0;     // one past the last base
    std::optional<double> score{};
    std::optional<Strand> strand{};   // nothing for "." and "?"
    std::optional<int> phase{};       // 0 to 2
    std::vector<std::pair<std::string, std::string>> attributes{};   // in the order of the file; several values stay joined by ','

    /// Value of an attribute, empty when there is none.
    std::string_view attribute(std::string_view name) const;
};

/// Parses one feature line. Throws FormatError, `where` in front, that says what is wrong with which column.
Gff3Line parse_gff3_line(std::string_view text, const std::string& where);

/// A stream of feature lines, plain or compressed. Comments and directives are passed over; "##FASTA" or a ">" ends it.
/// Not thread-safe.
class Gff3Reader {
public:
    /// "-" is standard input. Throws SystemError when the file cannot be opened.
    explicit Gff3Reader(const std::string& path);
    ~Gff3Reader();

    /// Next feature line, or false at the end. Throws FormatError with file:line.
    bool read(Gff3Line& line);

    /// "file:line" of the line read last, for complaints about its meaning.
    std::string where() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace weft
