// Reading cs back: the differences between query and reference as text, from which an alignment can be rebuilt.
//
// The format is minimap2's: ":6" or "=ACGTAC" match, "*ag" reference a, query g, "+ac" inserted, "-ac" deleted, "~gt120ag" intron.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "weft/model/cigar.hpp"

namespace weft {

/// The CIGAR that a cs value describes, with =, X, I, D and N, along the forward reference. Throws FormatError, `where` in
/// front, for text that is not cs.
Cigar cigar_of_cs(std::string_view cs, const std::string& where);

/// Calls visit(reference letter, query letter), both upper case, for each mismatch of a cs value. Throws as cigar_of_cs.
void for_each_mismatch_of_cs(std::string_view cs, const std::string& where, const std::function<void(char, char)>& visit);

/// The query's aligned letters along the forward reference, upper case. The brief form (":6") leaves matching letters out, so they
/// are taken from `reference`, the reference letters that the alignment covers. Throws FormatError when the two do not fit.
std::string query_of_cs(std::string_view cs, std::string_view reference, const std::string& where);

}  // namespace weft
