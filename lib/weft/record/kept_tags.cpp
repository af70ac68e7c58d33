#include "weft/record/kept_tags.hpp"

#include <algorithm>
#include <optional>

#include "weft/record/alignment_fields.hpp"
#include "weft/record/optional_fields.hpp"

namespace weft {

bool append_kept_tags(std::string_view tags, Strand strand, std::string& kept) {
    while (!tags.empty()) {
        const std::optional<std::size_t> size = field_size(tags);
        if (!size) return false;
        const std::string_view field = tags.substr(0, *size);
        if (!describes_alignment(field.substr(0, 2))) kept += field;
        if (strand == Strand::reverse && field.starts_with("OQZ")) {
            const auto value = kept.end() - static_cast<std::ptrdiff_t>(field.size() - 3);
            std::reverse(value, kept.end() - 1);   // all but the NUL
        }
        tags.remove_prefix(*size);
    }
    return true;
}

}  // namespace weft
