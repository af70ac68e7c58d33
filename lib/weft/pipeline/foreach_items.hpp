// What a stage with `foreach:` is made once for: the entries of a map, the items of a list, or the files that a pattern finds.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "weft/pipeline/references.hpp"

namespace weft {

/// ${strain.key} and ${strain.value}.
struct ForeachItem {
    std::string key{};
    std::string value{};

    bool operator==(const ForeachItem&) const = default;
};

struct ForeachItems {
    std::string variable{};             // "strain"
    std::vector<ForeachItem> items{};   // in the order of the file; those of a pattern by name
};

/// Reads `foreach: { strain: ... }`. Nothing when it is wrong; then `problems` says why.
std::optional<ForeachItems> read_foreach(const ConfigNode& node, const std::string& stage, const std::filesystem::path& folder,
                                         References& references, ProblemList& problems);

/// The files that a pattern such as "strains/*.fa.gz" finds, sorted by name. * and ? may stand in the last part of the path only and do
/// not find hidden files. Keys are what the wildcards stood for: SK1 of strains/SK1.fa.gz.
/// Throws SystemError when the folder cannot be read.
std::vector<ForeachItem> files_like(const std::string& pattern, const std::filesystem::path& folder);

/// Whether a name fits a pattern of letters, * and ?.
bool fits(std::string_view pattern, std::string_view name);

}  // namespace weft
