// How many alignments lie over each stretch of the contigs, and how much of each contig has any.
//
// Depth is summed in bins whose width is a power of two, fine enough for any picture: so bins can be joined into wider ones later,
// when it is known how many contigs share the picture, and memory does not grow with the genome. What is covered is exact.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "weft/model/coordinates.hpp"
#include "weft/model/reference.hpp"
#include "weft/record/alignment_reader.hpp"
#include "weft/report/interval_union.hpp"

namespace weft {

/// One contig of a depth plot.
struct DepthBins {
    std::size_t contig = 0;             // rank
    std::int64_t bin = 0;               // bases per bin; the last bin may be shorter
    std::vector<double> mean{};         // alignments over a base, per bin
};

/// Depth over contigs that are known by their rank (ContigRanks). An alignment lies over the bases it deletes, not over its introns.
class DepthProfile {
public:
    void add(std::size_t contig, const AlignmentRecord& record);
    /// The ranks must mean the same contigs.
    void merge(const DepthProfile& other);

    /// Alignments over a base of a contig, on average over all its bases; 0 for a contig without alignments.
    double mean(std::size_t contig) const;
    /// Share of the bases of a contig that lie under an alignment.
    double breadth(std::size_t contig) const;

    /// Bins of one width for all contigs, the narrowest (64 bases or more) with which there are no more than `most`. Of more contigs than
    /// that, the longest are shown.
    std::vector<DepthBins> bins(std::span<const ContigRecord> contigs, std::size_t most) const;

private:
    struct ContigDepth {
        std::int64_t length = 0;
        std::int64_t bin = 0;
        std::vector<std::int64_t> bases{};   // aligned, per bin; empty while there are none
        IntervalUnion covered{};
    };

    void add_block(ContigDepth& depth, ReferenceInterval block);

    std::vector<ContigDepth> contigs_{};   // by rank, as far as there are alignments
};

}  // namespace weft
