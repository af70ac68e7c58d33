// Where a run put each query: the primary alignments of a file, by name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "weft/model/cigar.hpp"
#include "weft/record/alignment_reader.hpp"
#include "weft/report/truth_table.hpp"

namespace weft {

/// The primary record of one query.
struct Placement {
    bool aligned = false;   // when false nothing below means anything
    NamedPlace place{};
    QueryInterval query{};
    int mapq = 0;
    std::optional<std::int64_t> score{};
    std::optional<std::int64_t> edit_distance{};
    Cigar cigar{};          // = and X merged to M, without clips; empty when the file has none
};

/// Queries of one alignment file.
struct Placements {
    std::vector<std::string> names{};                          // in the order of the file
    std::unordered_map<std::string, Placement> by_name{};
    std::int64_t aligned = 0;
    std::int64_t supplementary = 0;                            // records
    std::int64_t secondary = 0;                                // records
    std::int64_t repeated = 0;                                 // further primary records of a name already seen; the first counts

    const Placement* find(std::string_view name) const;
};

/// Takes up one record, in the order of the file.
void add_record(Placements& placements, const AlignmentRecord& record);

/// Reads a whole file (see AlignmentReader). Memory grows with the number of queries.
Placements read_placements(const std::string& path, const std::string& cram_reference = {});

}  // namespace weft
