// A few alignments whose every number can be counted by hand, and their analysis.
#pragma once

#include <string>

#include "support/temporary_folder.hpp"
#include "weft/report/analysis.hpp"

namespace weft::test {

inline constexpr char small_header[] = "@HD\tVN:1.6\n@SQ\tSN:c1\tLN:1000\n@SQ\tSN:c2\tLN:500\n@SQ\tSN:c3\tLN:200\n";

/// In the order of an aligner: complete, duplicate (reverse), unmapped, split, partial, low identity.
inline constexpr char small_records[] =
    "whole\t0\tc1\t101\t60\t50=1X49=\t*\t0\t0\t*\t*\tAS:i:94\tcs:Z::50*ag:49\n"
    "copy\t16\tc1\t301\t0\t200=\t*\t0\t0\t*\t*\tAS:i:200\n"
    "copy\t272\tc2\t1\t0\t200=\t*\t0\t0\t*\t*\tAS:i:200\n"
    "lost\t4\t*\t0\t0\t*\t*\t0\t0\tACGTACGTAC\t*\tzr:Z:no_seed\n"
    "parts\t0\tc1\t601\t60\t60=40S\t*\t0\t0\t*\t*\tAS:i:60\n"
    "parts\t2064\tc2\t301\t30\t40=60H\t*\t0\t0\t*\t*\tAS:i:40\n"
    "short\t0\tc2\t401\t255\t10S40=2I10=3D18=20S\t*\t0\t0\t*\t*\tAS:i:50\n"
    "far\t0\tc1\t801\t60\t80=20X\t*\t0\t0\t*\t*\tAS:i:20\n";

inline std::string small_sam(const TemporaryFolder& folder) { return folder.file("small.sam", std::string(small_header) + small_records); }

inline Analysis small_analysis(const TemporaryFolder& folder) { return analyze_alignments(small_sam(folder), {}); }

}  // namespace weft::test
