#include "weft/seed/query.hpp"

#include <algorithm>

#include "weft/kernel/exact_run.hpp"
#include "weft/model/error.hpp"

namespace weft {

void Query::prepare(std::string_view letters) {
    if (letters.size() >= (std::uint64_t{1} << 32))
        throw UsageError({.problem = "a query of " + std::to_string(letters.size()) + " bases; weft takes at most 4,294,967,295",
                          .advice = "cut it into pieces"});
    std::vector<Code>& forward = codes_[0];
    forward.resize(letters.size());
    encode(letters, forward);
    codes_[1].resize(letters.size());
    reverse_complement(forward, codes_[1]);
    for (std::size_t strand = 0; strand < 2; ++strand) {
        packed_[strand].resize(static_cast<std::size_t>(packed_words(length())));
        pack(codes_[strand], packed_[strand]);
    }
    ambiguous_.clear();
    for (std::size_t i = 0; i < forward.size(); ++i)
        if (forward[i] == ambiguous_code) ambiguous_.push_back(static_cast<std::int64_t>(i));
}

QueryInterval Query::unambiguous_stretch(Strand strand, std::int64_t position) const {
    if (ambiguous_.empty()) return {0, length()};
    const std::int64_t given = strand == Strand::forward ? position : length() - 1 - position;
    const auto after = std::lower_bound(ambiguous_.begin(), ambiguous_.end(), given);
    if (after != ambiguous_.end() && *after == given) return {position, position};
    const QueryInterval stretch{after == ambiguous_.begin() ? 0 : *(after - 1) + 1, after == ambiguous_.end() ? length() : *after};
    return turned(strand, stretch);
}

}  // namespace weft
