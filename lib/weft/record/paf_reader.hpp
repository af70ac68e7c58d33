// Reads PAF, the tab-separated alignment format of long-read tools. Internal to record/: the public door is AlignmentReader.
#pragma once

#include <string>
#include <string_view>

#include "weft/bytes/line_reader.hpp"
#include "weft/record/alignment_reader.hpp"

namespace weft {

/// Parses one line into `record`; the role is primary, or secondary where the tp tag says so. The CIGAR comes from cg, else from cs.
/// Throws FormatError, `where` in front, that says which column or tag is wrong.
void parse_paf_line(std::string_view text, const std::string& where, bool keep_difference, AlignmentRecord& record);

/// Lines of one PAF file. Not thread-safe.
class PafReader {
public:
    PafReader(LineReader lines, bool keep_difference);

    bool read(AlignmentRecord& record);

private:
    LineReader lines_;
    bool keep_difference_;
    std::string current_{};        // name of the query whose lines are being read
    bool primary_seen_ = false;    // of this query
};

}  // namespace weft
