// Contigs as small numbers: those of the header in its order, then others in the order in which they appear (PAF has no header).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "weft/model/reference.hpp"

namespace weft {

class ContigRanks {
public:
    explicit ContigRanks(std::vector<ContigRecord> header = {});

    /// The rank of a contig; a new name gets the next one. O(1).
    std::size_t rank_of(const std::string& name, std::int64_t length);

    std::span<const ContigRecord> contigs() const { return contigs_; }

private:
    std::vector<ContigRecord> contigs_;
    std::unordered_map<std::string, std::size_t> ranks_{};
};

}  // namespace weft
