// The slices of the region view as a document (docs/report-data.md), so that a page can be made again without the alignments.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "weft/report/region_slice.hpp"

namespace weft {

/// The same slices give the same bytes.
std::string regions_json(std::span<const RegionSlice> slices);

/// What the tables of the page show; letters and records stay in the document. Throws FormatError for anything that is no such
/// document.
std::vector<RegionSlice> read_regions_document(std::string_view json);

/// What the page's script draws: places, letters and records, without the rows.
std::string regions_browser_json(std::string_view json);

}   // namespace weft
