// The table with one row per feature: its columns, and a row of cells from a FeatureRow.
#pragma once

#include "weft/report/feature_row.hpp"
#include "weft/report/table.hpp"

namespace weft {

/// Positions are 0-based, half-open; what is not known, or has no meaning for an unmapped feature, is missing.
TableHead feature_table_head();

TableRow feature_table_row(const FeatureRow& row);

}  // namespace weft
