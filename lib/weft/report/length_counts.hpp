// How often each length occurs: exact where single bases matter, coarser above, so that a table stays short whatever is put in.
#pragma once

#include <cstdint>
#include <map>

namespace weft {

/// Counts by length. Lengths up to 1,000 bases are exact, longer ones are rounded down to two digits (1,234 counts as 1,200).
class LengthCounts {
public:
    void add(std::int64_t length, std::int64_t times = 1);
    void merge(const LengthCounts& other);

    /// Length and count, by rising length; none of the counts is 0.
    const std::map<std::int64_t, std::int64_t>& counts() const { return counts_; }

private:
    std::map<std::int64_t, std::int64_t> counts_{};
};

}  // namespace weft
