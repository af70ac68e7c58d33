// What an Index holds: views of its arrays, and the memory behind them. Internal to index/.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "weft/index/index.hpp"
#include "weft/index/index_view.hpp"
#include "weft/index/name_table.hpp"

namespace weft {

/// How many distinct minimizers occur so often.
struct OccurrenceClass {
    std::uint64_t occurrences = 0;
    std::uint64_t minimizers = 0;
};
static_assert(sizeof(OccurrenceClass) == 16);

/// The arrays of an index that was built in this process.
struct BuiltArrays {
    std::vector<std::uint64_t> contig_begin{};
    std::vector<std::uint64_t> contig_length{};
    OwnedNameTable names{};
    std::string md5s{};
    std::vector<std::uint64_t> packed{};
    std::vector<AmbiguousRun> runs{};
    std::vector<std::uint32_t> directory{};
    std::vector<std::uint64_t> entries{};
    std::vector<OccurrenceClass> histogram{};
};

struct Index::Content {
    IndexView view{};
    NameTable names{};
    std::string_view md5s{};                           // 32 hex digits per contig
    std::span<const OccurrenceClass> histogram{};      // by rising occurrence, each with at least one minimizer
    std::uint64_t distinct = 0;                        // distinct minimizers
    std::uint64_t contig_bases = 0;                    // without padding
    ReferenceSource source{};

    BuiltArrays built{};   // owns what the views show, unless it is a file
};

}  // namespace weft
