// An analysis as a JSON document: what the report page draws, and what other programs read.
//
// The form is version 1 of the report's data: counts are integers, fractions go from 0 to 1 and have six digits, a value that is not
// known is absent. No plot has more than some thousand points, so the document stays small whatever was analyzed.
#pragma once

#include <string>

#include "weft/report/analysis.hpp"

namespace weft {

/// The whole document, on one line. Names that are not UTF-8 get replacement characters.
std::string analysis_json(const Analysis& analysis);

/// The document without its plots and lists: what a person or a script looks at first, over several lines.
std::string summary_json(const Analysis& analysis);

}  // namespace weft
