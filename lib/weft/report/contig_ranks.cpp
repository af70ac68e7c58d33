#include "weft/report/contig_ranks.hpp"

#include <utility>

namespace weft {

ContigRanks::ContigRanks(std::vector<ContigRecord> header) : contigs_(std::move(header)) {
    for (std::size_t i = 0; i < contigs_.size(); ++i) ranks_.emplace(contigs_[i].name, i);
}

std::size_t ContigRanks::rank_of(const std::string& name, std::int64_t length) {
    const auto [entry, is_new] = ranks_.try_emplace(name, contigs_.size());
    if (is_new) contigs_.push_back({name, length, ""});
    return entry->second;
}

}  // namespace weft
