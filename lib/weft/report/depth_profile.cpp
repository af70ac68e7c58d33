#include "weft/report/depth_profile.hpp"

#include <algorithm>
#include <numeric>

namespace weft {
namespace {

constexpr std::int64_t narrowest_bin = 64;      // bases
constexpr std::int64_t most_fine_bins = 8'192;  // per contig; more than a plot may have, so that bins are only ever joined

std::int64_t bins_of(std::int64_t length, std::int64_t bin) { return (length + bin - 1) / bin; }

std::int64_t fine_bin(std::int64_t length) {
    std::int64_t bin = narrowest_bin;
    while (bins_of(length, bin) > most_fine_bins) bin *= 2;
    return bin;
}

// Ranks of the contigs that are shown: all that have bases, or the longest, in their order.
std::vector<std::size_t> shown_contigs(std::span<const ContigRecord> contigs, std::size_t most) {
    std::vector<std::size_t> ranks;
    for (std::size_t i = 0; i < contigs.size(); ++i)
        if (contigs[i].length > 0) ranks.push_back(i);
    if (ranks.size() <= most) return ranks;
    std::stable_sort(ranks.begin(), ranks.end(), [&](std::size_t a, std::size_t b) { return contigs[a].length > contigs[b].length; });
    ranks.resize(most);
    std::sort(ranks.begin(), ranks.end());
    return ranks;
}

}  // namespace

void DepthProfile::add(std::size_t contig, const AlignmentRecord& record) {
    if (contigs_.size() <= contig) contigs_.resize(contig + 1);
    ContigDepth& depth = contigs_[contig];
    if (depth.bases.empty()) {
        depth.length = std::max(record.contig_length, record.reference.end);
        depth.bin = fine_bin(depth.length);
        depth.bases.resize(static_cast<std::size_t>(bins_of(depth.length, depth.bin)));
    }
    ReferenceInterval block{record.reference.begin, record.reference.begin};
    for (const CigarElement& element : record.cigar) {
        if (element.op == CigarOp::skip) {
            add_block(depth, block);
            block.begin = block.end += element.length;
        } else if (consumes_reference(element.op)) {
            block.end += element.length;
        }
    }
    add_block(depth, record.cigar.empty() ? record.reference : block);
}

void DepthProfile::add_block(ContigDepth& depth, ReferenceInterval block) {
    block.end = std::min(block.end, depth.length);
    depth.covered.add(block);
    while (!block.empty()) {
        const std::int64_t bin = block.begin / depth.bin;
        const std::int64_t end = std::min(block.end, (bin + 1) * depth.bin);
        depth.bases[static_cast<std::size_t>(bin)] += end - block.begin;
        block.begin = end;
    }
}

void DepthProfile::merge(const DepthProfile& other) {
    if (contigs_.size() < other.contigs_.size()) contigs_.resize(other.contigs_.size());
    for (std::size_t i = 0; i < other.contigs_.size(); ++i) {
        ContigDepth& own = contigs_[i];
        const ContigDepth& more = other.contigs_[i];
        if (more.bases.empty()) continue;
        if (own.bases.empty()) {
            own = more;
            continue;
        }
        std::transform(own.bases.begin(), own.bases.end(), more.bases.begin(), own.bases.begin(), std::plus<>{});
        own.covered.merge(more.covered);
    }
}

double DepthProfile::mean(std::size_t contig) const {
    if (contig >= contigs_.size() || contigs_[contig].length == 0) return 0;
    const std::vector<std::int64_t>& bases = contigs_[contig].bases;
    return static_cast<double>(std::accumulate(bases.begin(), bases.end(), std::int64_t{0})) / static_cast<double>(contigs_[contig].length);
}

double DepthProfile::breadth(std::size_t contig) const {
    if (contig >= contigs_.size() || contigs_[contig].length == 0) return 0;
    return static_cast<double>(contigs_[contig].covered.bases()) / static_cast<double>(contigs_[contig].length);
}

std::vector<DepthBins> DepthProfile::bins(std::span<const ContigRecord> contigs, std::size_t most) const {
    const std::vector<std::size_t> shown = shown_contigs(contigs, most);
    const auto bins_in_all = [&](std::int64_t bin) {
        std::size_t sum = 0;
        for (const std::size_t contig : shown) sum += static_cast<std::size_t>(bins_of(contigs[contig].length, bin));
        return sum;
    };
    std::int64_t bin = narrowest_bin;
    while (bins_in_all(bin) > most) bin *= 2;
    std::vector<DepthBins> result;
    for (const std::size_t contig : shown) {
        const std::int64_t length = contigs[contig].length;
        std::vector<std::int64_t> bases(static_cast<std::size_t>(bins_of(length, bin)));
        if (contig < contigs_.size())
            for (std::size_t i = 0; i < contigs_[contig].bases.size(); ++i)
                bases[std::min(bases.size() - 1, i * static_cast<std::size_t>(contigs_[contig].bin) / static_cast<std::size_t>(bin))] +=
                    contigs_[contig].bases[i];
        DepthBins depth{contig, bin, {}};
        for (std::size_t i = 0; i < bases.size(); ++i) {
            const std::int64_t width = std::min(bin, length - static_cast<std::int64_t>(i) * bin);
            depth.mean.push_back(static_cast<double>(bases[i]) / static_cast<double>(width));
        }
        result.push_back(std::move(depth));
    }
    return result;
}

}  // namespace weft
