// What an Index holds: views of its arrays, and the memory behind them. Internal to index/.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "weft/bytes/mapped_file.hpp"
#include "weft/index/index.hpp"
#include "weft/index/index_view.hpp"
#include "weft/index/large_array.hpp"
#include "weft/index/minimizer_table.hpp"
#include "weft/index/name_table.hpp"

namespace weft {

/// The arrays of an index that was built in this process.
struct BuiltArrays {
    std::vector<std::uint64_t> contig_begin{};
    std::vector<std::uint64_t> contig_length{};
    OwnedNameTable names{};
    std::string md5s{};
    LargeArray<std::uint64_t> packed{};
    std::vector<AmbiguousRun> runs{};
    MinimizerTable table{};
};

struct Index::Content {
    IndexView view{};
    NameTable names{};
    std::string_view md5s{};                           // 32 hex digits per contig
    std::span<const OccurrenceClass> occurrences{};    // by rising occurrence, each with at least one minimizer
    std::uint64_t distinct = 0;                        // distinct minimizers
    std::uint64_t contig_bases = 0;                    // without padding
    ReferenceSource source{};

    BuiltArrays built{};   // one of these two owns what the views show
    MappedFile file{};
};

}  // namespace weft
