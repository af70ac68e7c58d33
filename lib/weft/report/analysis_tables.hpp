// The tables of an analysis: every number that the report shows, for people with a spreadsheet and for programs.
#pragma once

#include <string>
#include <vector>

#include "weft/report/analysis.hpp"
#include "weft/report/table.hpp"

namespace weft {

/// All tables but that of the features, which is written while the alignments are read: classes, size_classes, lost_reasons,
/// lost_features, contigs, depth, identity, coverage, length, mapq, errors, substitutions (where letters are known), gap_lengths,
/// clipped_ends, dot_plot.
std::vector<Table> analysis_tables(const Analysis& analysis);

/// Writes these tables as NAME.tsv and NAME.json, summary.json and what MultiQC reads (multiqc.hpp) into an existing folder. Each file
/// is whole or not there. Throws SystemError.
void write_tables(const Analysis& analysis, const std::string& folder);

}  // namespace weft
