// An alignment as people read it: reference above, query below, a bar for every match between them.
//
// Pure rendering: values in, lines out. Positions shown are 1-based and inclusive, as in SAM and in genome browsers; this
// file and the formats are the only places with such numbers.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "weft/model/alignment.hpp"
#include "weft/model/cigar.hpp"
#include "weft/model/coordinates.hpp"
#include "weft/record/alignment_reader.hpp"

namespace weft {

/// One alignment with the letters it needs. Letters may be in any case; the case is shown and ignored in comparisons.
struct ShownAlignment {
    AlignmentRecord record{};
    std::string reference{};   // letters of record.reference, forward strand
    std::string query{};       // letters of record.query along the forward reference
};

/// What the columns of an alignment add up to.
struct AlignmentSummary {
    std::int64_t matches = 0;
    std::int64_t mismatches = 0;
    std::int64_t insertions = 0;        // runs
    std::int64_t inserted_bases = 0;
    std::int64_t deletions = 0;         // runs
    std::int64_t deleted_bases = 0;
    std::int64_t introns = 0;           // runs
    std::int64_t intron_bases = 0;

    std::int64_t columns() const { return matches + mismatches + inserted_bases + deleted_bases; }   // without introns
    double identity() const;   // matches per column, 0 to 1
};

/// Counts the columns. Throws FormatError when CIGAR, intervals and letters do not fit together.
AlignmentSummary summarize(const ShownAlignment& alignment);

struct AlignmentTextOptions {
    int width = 80;        // columns of the terminal; at least 40 are used
    bool color = false;    // ANSI colours: mismatches, insertions and deletions
    bool fold = false;     // leave out the middle of long identical stretches
    int context = 20;      // identical bases kept on each side of a fold
};

/// Lines of one alignment, without line ends: two lines of heading, an empty one, and blocks of reference, bars and query
/// with the position of their first and last base. On the reverse strand the query is complemented and its positions fall.
/// Introns are always folded. Throws as `summarize`.
std::vector<std::string> alignment_text(const ShownAlignment& alignment, const AlignmentTextOptions& options);

/// What the colours mean, in one line; for the head of the output.
std::string color_legend();

}  // namespace weft
