// Says what is wrong with an alignment: everything an alignment claims is counted again from the letters, without the engine.
#pragma once

#include <string>
#include <string_view>

#include "weft/align/options.hpp"
#include "weft/index/index.hpp"
#include "weft/model/alignment.hpp"

namespace weft::test {

/// Every fault found, one per line; empty for a sound alignment: intervals inside contig and query and as long as the CIGAR says,
/// = where the letters are equal bases and X elsewhere, columns at both ends, no gap that could stand further left, score and
/// counts as recounted.
std::string faults_of(const Index& index, std::string_view query, const Alignment& alignment, const Scoring& scoring);

/// The stretch of the query that is aligned, as it reads along the reference, and the stretch of the reference.
std::string aligned_query(std::string_view query, const Alignment& alignment);
std::string aligned_reference(const Index& index, const Alignment& alignment);

/// "c0+[10,60) of [0,50) 50= AS 100", for messages.
std::string text_of(const Index& index, const Alignment& alignment);

}   // namespace weft::test
