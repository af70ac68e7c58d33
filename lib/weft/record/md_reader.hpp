// Reading MD back: which reference letters stand where the query has others.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "weft/model/cigar.hpp"

namespace weft {

/// Calls visit(reference letter, query letter), both upper case, for each mismatch that an MD value lists. The CIGAR is without clips,
/// `query` holds the aligned letters along the forward reference. Throws FormatError, `where` in front, for text that is not MD or
/// does not fit the CIGAR.
void for_each_mismatch_of_md(std::string_view md, std::span<const CigarElement> cigar, std::string_view query, const std::string& where,
                             const std::function<void(char, char)>& visit);

}  // namespace weft
