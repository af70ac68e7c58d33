#include "weft/parallel/size_class.hpp"

#include <fmt/format.h>

namespace weft {

SizeClass class_of(std::int64_t length, const SizeClassTable& table) {
    std::size_t row = 0;
    while (row + 1 < table.size() && length > table[row].longest) ++row;
    return static_cast<SizeClass>(row);
}

std::vector<std::string> problems(const SizeClassTable& table) {
    std::vector<std::string> found;
    for (std::size_t row = 0; row < table.size(); ++row) {
        const SizeClassOptions& size_class = table[row];
        if (size_class.batch_features < 1)
            found.push_back(fmt::format("size class {}: {} features per batch; give at least 1", row, size_class.batch_features));
        if (size_class.batch_bases < 1)
            found.push_back(fmt::format("size class {}: {} bases per batch; give at least 1", row, size_class.batch_bases));
        if (row > 0 && size_class.longest <= table[row - 1].longest)
            found.push_back(fmt::format("size class {}: longest feature {} is not above {} of the class before", row, size_class.longest,
                                        table[row - 1].longest));
    }
    if (table.back().longest != INT64_MAX) found.push_back("the last size class must take every length");
    return found;
}

}  // namespace weft
