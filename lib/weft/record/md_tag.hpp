// MD: the reference letters at mismatches and deletions, so that the reference can be rebuilt from the record alone.
#pragma once

#include <span>
#include <string>

#include "weft/model/cigar.hpp"
#include "weft/record/reference_window.hpp"

namespace weft {

/// Appends the value of MD for an alignment that starts at `begin`: "10A5^AC6" (SAM optional fields specification).
/// As `samtools calmd`, which also counts a column of two equal IUPAC letters as a match but never N: the CIGAR says so already.
void append_md(std::span<const CigarElement> cigar, std::int64_t begin, ReferenceWindow& reference, std::string& text);

}  // namespace weft
