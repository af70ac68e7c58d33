// cs: the alignment as differences between query and reference, readable without the sequences (minimap2's format).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "weft/model/cigar.hpp"
#include "weft/record/alignment_writer.hpp"
#include "weft/record/reference_window.hpp"

namespace weft {

/// Appends the value of cs for an alignment that starts at `begin`. `query` holds its aligned letters along the forward reference,
/// upper case. brief: ":10*ag:5-ac:6", full: "=ACGTACGTAC*ag=..."; "*" has the reference letter first.
void append_cs(CsTag form, std::span<const CigarElement> cigar, std::int64_t begin, ReferenceWindow& reference,
               std::string_view query, std::string& text);

}  // namespace weft
